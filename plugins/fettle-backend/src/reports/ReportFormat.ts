import type { Reason } from 'backstage-plugin-fettle-common';
import type {
  ComponentReport,
  FindingReport,
  ScanProblem,
} from 'backstage-plugin-fettle-node';

/** What a tool's supplier says of a vulnerability in a component. */
export interface Statement {
  /** Every name of the vulnerability. */
  names: string[];
  /** Package URLs that it is about; empty for the whole. */
  purls: string[];
  /** Why it does not concern this repository. */
  reason: string;
}

/** What the report of one tool comes to. */
export interface ReportReading {
  /** By which a later report of the same tool and kind is known. */
  tool: string;
  /** Left out where the report is no inventory: what is known stays. */
  components?: ComponentReport[];
  /** Left out where the report tells of no findings. */
  findings?: FindingReport[];
  /** Keys of findings that someone accepted in the tool: they open nothing and are not fixed. */
  closed?: string[];
  /** Vulnerabilities that are none here. */
  statements?: Statement[];
  /** The tool did not look: it is told, and what is known stays. */
  failed?: Reason;
  /** By which something may be missing. */
  problems: ScanProblem[];
  /** What its sender should know, and by which nothing is missing. */
  told?: ScanProblem[];
}

/** One form of report. Another is a file beside those in `formats`, and a line in `readReport`. */
export interface ReportFormat {
  readonly id: string;
  /** For people. */
  readonly title: string;
  /** Whether a parsed document is of this form. */
  matches(document: unknown): boolean;
  /**
   * One reading for each tool that the document is of.
   *
   * @param options.key a secret of this portal, for fingerprints of what must not be guessed from them
   * @throws InputError that says what is wrong with it
   */
  read(document: unknown, options: { key: string }): ReportReading[];
}
