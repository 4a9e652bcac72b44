import {
  SourceError,
  type RepositoryKeeper,
  type RepositoryLocation,
  type RepositorySettings,
  type RepositoryTree,
  type StepEntity,
} from 'backstage-plugin-fettle-node';
import type { Values } from '../policies/language/words';
import type { StandardTarget } from './evaluateStandard';
import type { LoadedStandard } from './LoadedStandard';

const WHY = {
  binary: 'it is no text',
  'too-large': 'it is larger than 1 MiB',
  'not-a-file': 'it is a link or a submodule',
};

/** A repository that is held against standards. */
export interface LookedAt {
  repository: RepositoryLocation;
  defaultBranch: string | null;
  tree: RepositoryTree;
  entities: readonly StepEntity[];
  /** Values of facts by their ids; those that are not known are left out. */
  facts: Record<string, unknown>;
  conditions: Values;
  keeper: RepositoryKeeper | undefined;
  signal: AbortSignal;
}

/** Reads of a repository all that these standards are about. */
export async function readTarget(
  standards: readonly LoadedStandard[],
  at: LookedAt,
): Promise<Omit<StandardTarget, 'bases'>> {
  const { repository, defaultBranch, tree, entities, facts } = at;
  const paths = [
    ...new Set(standards.flatMap(({ files }) => files.map(f => f.path))),
  ].sort();
  const read = paths.length > 0 ? await tree.read(paths) : new Map();
  const files = new Map<string, string | null | { unreadable: string }>();
  for (const path of paths) {
    const file = read.get(path);
    files.set(
      path,
      file?.omitted
        ? { unreadable: WHY[file.omitted as keyof typeof WHY] }
        : file?.text ?? null,
    );
  }
  const wantsSettings = standards.some(
    ({ settings }) => Object.keys(settings).length > 0,
  );
  const [entity] = [...entities].sort(
    (a, b) => a.subpath.length - b.subpath.length,
  );
  return {
    ...{ files, conditions: at.conditions },
    settings: wantsSettings ? await readSettings(at) : {},
    values: {
      repository: { ...repository, defaultBranch },
      entities,
      entity: entity ?? {},
      facts,
    },
  };
}

/** Undefined where they are not shown. */
async function readSettings({
  keeper,
  repository,
  signal,
}: LookedAt): Promise<RepositorySettings | undefined> {
  if (!keeper?.readSettings) return undefined;
  try {
    return await keeper.readSettings(repository, { signal });
  } catch (error) {
    const hidden =
      error instanceof SourceError &&
      (error.code === 'unauthorized' || error.code === 'not-found');
    if (!hidden) throw error;
    return undefined;
  }
}
