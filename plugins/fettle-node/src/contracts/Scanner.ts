import type {
  ComponentScope,
  FindingKind,
  Severity,
} from 'backstage-plugin-fettle-common';
import type { RepositorySettings } from './RepositoryKeeper';
import type { TreeEntry } from './RepositoryTree';

/**
 * A file as a scanner is given it.
 *
 * @public
 */
export interface ScanFile {
  /** Path from the root of the repository. */
  path: string;
  /** Bytes. */
  size: number;
  text: string;
  /** In a history: the commit that added the text, the rest of the file being left blank. */
  commit?: string;
}

/**
 * What a scan gets. It is copied to another thread: data only.
 *
 * @public
 */
export interface ScanInput {
  /** The files that {@link Scanner.wants} asked for, sorted by path; those over the limits, and those that are no text, are missing and told of as problems already. */
  files: readonly ScanFile[];
  /** The scanner's own `options`. */
  options: unknown;
  /** For fingerprints of what must not be guessed from them: a secret of this portal, the same on each scan. */
  key: string;
}

/**
 * A package at a version, as a file names it.
 *
 * @public
 */
export interface ComponentReport {
  /** As OSV calls it, for example `npm`, `PyPI`, `crates.io`; the purl type for packages that OSV does not know. */
  ecosystem: string;
  /** As OSV writes it, for example `@babel/core`, `org.slf4j:slf4j-api`; PyPI names normalised. */
  name: string;
  /** Package URL, without version where there is none. */
  purl: string;
  /** Exactly what is installed; null where the file only asks. */
  version: string | null;
  /** What is asked for, where the file says so. */
  requirement?: string;
  /** SPDX expression or the package's own words. */
  licence?: string;
  path: string;
  /** First line is 1. */
  line?: number;
  /** Null where the file does not tell. */
  direct: boolean | null;
  scope: ComponentScope;
  /** The packages by which it came, from the one that is asked for to the last before it; the shortest way. */
  chain?: readonly string[];
}

/**
 * One problem in one place, as one scanner sees it.
 *
 * @public
 */
export interface FindingReport {
  kind: FindingKind;
  /** What it is known by, for example the id of a rule. */
  rule: string;
  /** In one line, without the place. */
  title: string;
  severity: Severity;
  /** Null for what is not in a file. */
  path: string | null;
  line?: number;
  /**
   * By which it is found again, here or by another scanner, when lines move:
   * two reports of one kind and path that share a key are one finding. Made of
   * what the problem is, not of where in the file it stands.
   */
  keys: readonly [string, ...string[]];
  /** What was seen, one sentence; never a secret. */
  message: string;
  /** Why it matters, plain text. */
  description?: string;
  /** What to do, in the imperative. */
  fix?: string;
  /** Addresses of pages about it. */
  references?: readonly string[];
  /** False where the scanner cannot tell for sure. Default true. */
  certain?: boolean;
  /** Of a threat about settings: as they were before, those that were changed. */
  was?: RepositorySettings;
}

/**
 * A package that a file says the repository publishes.
 *
 * @public
 */
export interface PublicationReport {
  /** As in {@link ComponentReport}. */
  ecosystem: string;
  /** As in {@link ComponentReport}. */
  name: string;
  path: string;
}

/**
 * What a scan gives. A list that is left out is empty.
 *
 * @public
 */
export interface ScanReport {
  components?: readonly ComponentReport[];
  findings?: readonly FindingReport[];
  /** Only where {@link Scanner.publishes} says so. */
  publishes?: readonly PublicationReport[];
  /** What could not be read, and so may hold more than was found. */
  problems?: readonly ScanProblem[];
}

/**
 * A file, or the whole where `path` is null, that could not be read.
 *
 * @public
 */
export interface ScanProblem {
  path: string | null;
  /** What happened. */
  message: string;
  /** What to do, in the imperative. */
  action: string;
}

/**
 * What the `program` of a {@link Scanner} exports as `scan`. Pure: the same
 * input gives the same report. It executes nothing that a repository contains,
 * reads no file and opens no connection.
 *
 * @public
 */
export type Scan = (input: ScanInput) => ScanReport | Promise<ScanReport>;

/**
 * Finds components and problems in the files of a repository. It runs once for
 * a commit, in a thread of its own with limits of time and memory; one that
 * runs over them fails alone, and what it found before stays.
 *
 * @public
 */
export interface Scanner {
  /** Unique among scanners, lower case with dashes. */
  readonly id: string;
  readonly title: string;
  /** Raise it when the same files would give another report: every repository is then scanned again. */
  readonly version: number;
  /** The kinds of findings that it looks for; any where it is left out. A policy about a kind that nobody looks for is not taken for kept. */
  readonly finds?: readonly FindingKind[];
  /** True where it tells what repositories publish: names that are like those are then told as threats. */
  readonly publishes?: boolean;
  /** Which files it reads. Pure, called for each file of a tree. */
  wants(entry: TreeEntry): boolean;
  /** Larger files are not read, and told of as problems. Default 1 MiB. */
  readonly maxFileBytes?: number;
  /**
   * Which of the files that it wants are data where they are binary or larger:
   * those are not told of as problems. What was found in them before stays all
   * the same. None where it is left out.
   */
  mayBeData?(entry: TreeEntry): boolean;
  /** Absolute path of the module with {@link Scan}, which is loaded in the thread. */
  readonly program: string;
  /**
   * Also scans what each commit added, where the source has histories: for what
   * is not undone by removing it. `version` and `options` count for both.
   */
  readonly history?: boolean;
  /** From config, for the scan; JSON. A change of it has every repository scanned again. */
  readonly options?: unknown;
}
