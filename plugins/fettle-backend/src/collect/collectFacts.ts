import type { Reason } from 'backstage-plugin-fettle-common';
import {
  SourceError,
  type FactCollector,
  type PipelineReading,
  type RepositorySnapshot,
  type RepositoryTree,
} from 'backstage-plugin-fettle-node';
import type { StoredFact } from '../store/FettleStore';
import { CachedTree } from './CachedTree';
import { SubTree } from './SubTree';

/** Of these a collector may fail alone; any other source error ends the reading. */
const LOCAL_PROBLEMS = new Set(['too-large', 'timeout']);
/** A fact is small; what is larger is a mistake of its collector. */
const MAX_FACT_BYTES = 256 * 1024;

class FactProblem extends Error {
  constructor(readonly reason: Reason) {
    super(reason.message);
  }
}

const NO_TREE: RepositoryTree = {
  commit: '',
  list: () => noTree(),
  read: () => noTree(),
  findLines: () => noTree(),
};

/**
 * Brings the facts of a repository up to date: those that were read at the same
 * commit by the same version of their collector are kept, the others collected.
 *
 * A collector that fails leaves a fact with a problem and does not disturb the
 * others; a source that fails throws.
 *
 * @returns the facts that were collected now
 */
export async function collectFacts(options: {
  collectors: Iterable<FactCollector>;
  subpaths: readonly string[];
  snapshot: RepositorySnapshot;
  pipelines?: readonly PipelineReading[];
  known: readonly StoredFact[];
  openTree: () => Promise<RepositoryTree>;
  now: Date;
}): Promise<StoredFact[]> {
  const { collectors, subpaths, snapshot, known, openTree, now } = options;
  const { pipelines } = options;
  const commit = snapshot.head?.commit ?? null;
  const stored = new Map(known.map(f => [`${f.factId}\0${f.subpath}`, f]));
  const wanted: { collector: FactCollector; subpath: string }[] = [];
  for (const collector of collectors) {
    const places = collector.scope === 'path' ? subpaths : [''];
    for (const subpath of places) {
      const fact = stored.get(`${collector.fact.id}\0${subpath}`);
      const fresh =
        !collector.volatile &&
        fact !== undefined &&
        fact.problem === undefined &&
        fact.version === collector.version &&
        fact.commit === commit;
      if (!fresh) wanted.push({ collector, subpath });
    }
  }
  const needsTree = wanted.some(({ collector }) => !collector.volatile);
  const tree =
    needsTree && snapshot.head ? new CachedTree(await openTree()) : NO_TREE;

  return Promise.all(
    wanted.map(async ({ collector, subpath }): Promise<StoredFact> => {
      const base = {
        subpath,
        factId: collector.fact.id,
        version: collector.version,
        commit,
        collectedAt: now.toISOString(),
      };
      if (!snapshot.head && !collector.volatile) {
        return { ...base, problem: noCommit(snapshot) };
      }
      try {
        if (subpath !== '' && !collector.volatile) {
          await assertFolder(tree, subpath);
        }
        const value = await collector.collect({
          tree: subpath === '' ? tree : new SubTree(tree, subpath),
          whole: tree,
          snapshot,
          pipelines,
          subpath,
          now,
        });
        assertSmall(collector, value);
        return { ...base, value };
      } catch (error) {
        return { ...base, problem: asProblem(collector, error) };
      }
    }),
  );
}

function noCommit(snapshot: RepositorySnapshot): Reason {
  return {
    code: 'empty',
    message: snapshot.headless?.message ?? 'There is no commit to read.',
    action: snapshot.headless?.action ?? 'Push a first commit.',
  };
}

async function assertFolder(tree: RepositoryTree, subpath: string) {
  const entries = await tree.list();
  if (!entries.some(entry => entry.path.startsWith(`${subpath}/`))) {
    throw new FactProblem({
      code: 'no-such-folder',
      message: `The folder '${subpath}' is not in the repository at ${tree.commit.slice(
        0,
        7,
      )}.`,
      action: "Correct the folder in the entity's annotation.",
    });
  }
}

function assertSmall(collector: FactCollector, value: unknown) {
  const bytes = JSON.stringify(value)?.length ?? 0;
  if (bytes === 0 || bytes > MAX_FACT_BYTES) {
    throw new FactProblem({
      code: 'too-large',
      message: `The fact '${collector.fact.id}' came to ${bytes} bytes; 1 to ${MAX_FACT_BYTES} can be stored.`,
      action: 'Report this to the author of the collector.',
    });
  }
}

function asProblem(collector: FactCollector, error: unknown): Reason {
  if (error instanceof FactProblem) return error.reason;
  if (error instanceof SourceError) {
    if (LOCAL_PROBLEMS.has(error.code)) return error.toReason();
    throw error;
  }
  return {
    code: 'collector-failed',
    message: `Collecting the fact '${collector.fact.id}' failed: ${
      error instanceof Error ? error.message : error
    }`,
    action: 'See the log of the backend; the next reading tries again.',
  };
}

function noTree(): never {
  throw new Error('A volatile collector does not read the tree.');
}
