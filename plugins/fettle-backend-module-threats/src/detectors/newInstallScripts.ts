import type {
  FindingReport,
  RepositoryTree,
  ScanProblem,
  ThreatDetector,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import {
  isLockfile,
  readInstallScripts,
  type Scripted,
} from '../lockfiles/readInstallScripts';

const MOST_FILES = 50;
/** Parsed among the requests of people. */
const MOST_BYTES = 8 * 1024 * 1024;
/** A repository of a thousand packages has ten or twenty. */
const MOST_NAMES = 1_000;

/** What is vendored or installed is others'. */
const FOREIGN =
  /(?:^|\/)(?:node_modules|vendor|third_party|bower_components|\.yarn|\.pnpm|testdata)\//;

const memorySchema = z.object({
  /** Names that had a script when lockfiles were first read; null where there was none to read yet. */
  known: z.array(z.string()).nullable(),
  /** Lockfiles that could not be read then: what they name is not new. */
  unread: z.array(z.string()),
});
type Memory = z.output<typeof memorySchema>;

/** A package runs a script when it is installed, and no package of its name did before. */
export const newInstallScripts: ThreatDetector = {
  id: 'new-install-scripts',
  title: 'New install scripts',
  version: 1,
  perCommit: true,
  async detect({ memory, tree: openTree }) {
    const parsed = memorySchema.safeParse(memory);
    const before: Memory = parsed.success
      ? parsed.data
      : { known: null, unread: [] };
    const tree = await openTree();
    const { files, problems } = await readAll(tree);
    const isFirst = before.known === null;
    const baseline = isFirst ? [...files.keys()] : before.unread;
    const known = new Set(before.known);
    for (const path of baseline) {
      for (const { name } of files.get(path) ?? []) {
        if (known.size < MOST_NAMES) known.add(name);
      }
    }
    const failed = problems.flatMap(({ path }) => path ?? []);
    const stillUnread = isFirst
      ? failed
      : before.unread.filter(path => !files.has(path));
    const isNone = files.size === 0 && failed.length === 0;
    return {
      memory: {
        known: isFirst && isNone ? null : [...known].sort(),
        unread: stillUnread.slice(0, MOST_FILES),
      } satisfies Memory,
      findings: [...files].flatMap(([path, scripted]) =>
        byName(scripted)
          .filter(({ name }) => !known.has(name))
          .map(one => toFinding(path, one)),
      ),
      problems,
    };
  },
};

/** One lockfile after the other: each may be large. */
async function readAll(tree: RepositoryTree) {
  const paths = (await tree.list())
    .filter(({ path, type }) => type === 'file' && isLockfile(path))
    .map(({ path }) => path)
    .filter(path => !FOREIGN.test(path));
  const files = new Map<string, Scripted[]>();
  const problems: ScanProblem[] = paths
    .slice(MOST_FILES)
    .map(path => unread(path, `there are more than ${MOST_FILES} lockfiles`));
  const names = new Set<string>();
  for (const path of paths.slice(0, MOST_FILES)) {
    const file = (await tree.read([path], { maxBytes: MOST_BYTES })).get(path);
    if (file?.text === undefined) {
      problems.push(unread(path, 'it is no text, or larger than 8 MiB'));
      continue;
    }
    try {
      const scripted = readInstallScripts(path, file.text);
      const more = scripted.map(({ name }) => name);
      const all = new Set([...names, ...more]);
      if (all.size > MOST_NAMES) {
        throw new Error(`more than ${MOST_NAMES} packages have a script`);
      }
      for (const name of more) names.add(name);
      files.set(path, scripted);
    } catch (error) {
      problems.push(unread(path, (error as Error).message));
    }
  }
  return { files, problems };
}

/** Each name once, with all of its versions. */
function byName(scripted: readonly Scripted[]) {
  const found = new Map<string, Scripted & { versions: Set<string> }>();
  for (const one of scripted) {
    const same = found.get(one.name) ?? { ...one, versions: new Set() };
    if (one.version !== null) same.versions.add(one.version);
    found.set(one.name, same);
  }
  return [...found.values()];
}

function toFinding(
  path: string,
  { name, line, versions }: ReturnType<typeof byName>[number],
): FindingReport {
  const told = [name, [...versions].slice(0, 5).join(', ')].join(' ').trim();
  return {
    kind: 'threat',
    rule: 'install-script-added',
    title: 'A dependency runs a script when it is installed',
    severity: 'medium',
    ...{ path, line },
    keys: [`install-script-added:${name}`],
    message: `${told} runs a script when it is installed; no package of that name did before.`,
    description:
      'Such a script runs on the machines of developers and of CI, with their rights, before any code is imported. Packages that were taken over use it most.',
    fix: 'Read the script. Install without it (`ignore-scripts`) or take another package; if it is meant, accept it.',
  };
}

function unread(path: string, why: string): ScanProblem {
  return {
    path,
    message: `It was not looked at for install scripts: ${why}.`,
    action: 'Have it written anew by its tool, or split it.',
  };
}
