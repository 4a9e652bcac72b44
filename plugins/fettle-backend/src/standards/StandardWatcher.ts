import type { LoggerService } from '@backstage/backend-plugin-api';
import { SourceError, type StepEntity } from 'backstage-plugin-fettle-node';
import { fitsLists } from '../policies/inScope';
import type { Subject } from '../policies/subject/Subject';
import { toValues } from '../policies/subject/toValues';
import type { ChangeRegistry } from '../registry/ChangeRegistry';
import type { Registry } from '../registry/Registry';
import { diffFile } from '../remediate/plan/diffFile';
import type { FettleStore, StoredRepository } from '../store/FettleStore';
import type { PolicyStore } from '../store/policies/PolicyStore';
import type {
  FoundDrift,
  StandardStore,
} from '../store/standards/StandardStore';
import { evaluateStandard } from './evaluateStandard';
import { factsOf } from './factsOf';
import type { LoadedStandard } from './LoadedStandard';
import { readTarget } from './readTarget';
import type { StandardSet } from './StandardSet';

/** Settings and the catalog change without a commit. */
const AGAIN_MS = 60 * 60 * 1000;
const AGAIN_AFTER_FAILURE_MS = 5 * 60 * 1000;
const BATCH = 50;
const NOTHING = { verdicts: false, components: false, findings: false };

/** Holds repositories against standards after each change, and keeps what came of it. */
export class StandardWatcher {
  readonly #stopped = new AbortController();

  constructor(
    private readonly options: {
      standards: StandardSet;
      store: StandardStore;
      repositories: Pick<FettleStore, 'getRepository' | 'getFacts'>;
      subjects: Pick<PolicyStore, 'loadSubjects'>;
      registry: Registry;
      changes: ChangeRegistry;
      entitiesOf: (repositoryId: string) => Promise<StepEntity[]>;
      clock: () => Date;
      logger: LoggerService;
      timeoutSeconds: number;
      onChange: (repositoryId: string, revision: number | null) => void;
    },
  ) {}

  /** To its stored end; what cannot be read is a stored state, not an error. */
  async check(repositoryId: string, stop?: AbortSignal): Promise<void> {
    const { standards, store, repositories, clock, onChange } = this.options;
    const repository = await repositories.getRepository(repositoryId);
    if (!repository?.headCommit) return;
    const digest = standards.digest();
    const wasRead = standards.wasRead();
    const signal = AbortSignal.any([
      ...[this.#stopped.signal, ...(stop ? [stop] : [])],
      AbortSignal.timeout(this.options.timeoutSeconds * 1000),
    ]);
    const now = clock();
    const { subjects } = await this.options.subjects.loadSubjects(
      ...([[repositoryId], NOTHING] as const),
    );
    const [subject] = subjects;
    if (!subject) return;
    const { inScope, unclear } = this.#inScope(subject, now);
    let drifts: FoundDrift[];
    let failed = false;
    try {
      drifts = await this.#evaluate(repository, subject, inScope, signal);
    } catch (error) {
      if (this.#stopped.signal.aborted || stop?.aborted) return;
      failed = true;
      drifts = inScope.map(standard => unknown(standard, error as Error));
    }
    const wait = failed ? AGAIN_AFTER_FAILURE_MS : AGAIN_MS;
    const revision = await store.save(
      {
        ...{ repositoryId, digest, commit: repository.headCommit },
        drifts: [...drifts, ...unclear],
        keepOthers: !wasRead,
        dueAt: new Date(now.getTime() + wait),
      },
      now,
    );
    onChange(repositoryId, revision);
  }

  /** All that something changed for: a commit, a standard, the hour. */
  async sweep(): Promise<void> {
    const { store, standards, clock, logger } = this.options;
    let after = '';
    while (!this.#stopped.signal.aborted) {
      const ids = await store.due({
        ...{ digest: standards.digest(), now: clock() },
        ...{ after, limit: BATCH },
      });
      if (ids.length === 0) return;
      after = ids[ids.length - 1];
      for (const id of ids) {
        try {
          await this.check(id);
        } catch (error) {
          logger.error(`The standards of ${id} wait`, error as Error);
        }
      }
    }
  }

  stop(): void {
    this.#stopped.abort();
  }

  #inScope(
    subject: Subject,
    now: Date,
  ): { inScope: LoadedStandard[]; unclear: FoundDrift[] } {
    const inScope: LoadedStandard[] = [];
    const unclear: FoundDrift[] = [];
    const values = toValues(subject, [], now);
    for (const standard of this.options.standards.all()) {
      if (!fitsLists(standard.view.scope, subject)) continue;
      try {
        if (standard.when && !standard.when.evaluate(values)) continue;
        inScope.push(standard);
      } catch (error) {
        unclear.push(unknown(standard, error as Error));
      }
    }
    return { inScope, unclear };
  }

  async #evaluate(
    repository: StoredRepository,
    subject: Subject,
    standards: readonly LoadedStandard[],
    signal: AbortSignal,
  ): Promise<FoundDrift[]> {
    const { store, registry, repositories, changes, clock } = this.options;
    const source = registry.sources.get(repository.sourceId);
    if (!source) {
      throw new SourceError(
        'failed',
        `${repository.name} was read by the source '${repository.sourceId}', which is not in this portal any more.`,
        'Add its module again.',
      );
    }
    const [tree, entities, facts, bases] = await Promise.all([
      source.readTree(repository, repository.headCommit!, { signal }),
      this.options.entitiesOf(repository.id),
      repositories.getFacts(repository.id),
      store.bases(repository.id),
    ]);
    const target = await readTarget(standards, {
      ...{ repository, tree, entities, signal },
      defaultBranch: subject.defaultBranch,
      facts: factsOf(facts),
      conditions: toValues(subject, [], clock()),
      keeper: changes.hostOf(repository, registry).keeper,
    });
    return standards.map(standard => {
      const { id, version } = standard.view;
      const found = evaluateStandard(standard, {
        ...target,
        bases: bases.get(id) ?? new Map(),
      });
      const { state, reason, edits, settings, rendered } = found;
      return {
        ...{ standardId: id, version, state, reason, settings, rendered },
        files: edits.flatMap(edit => {
          const text = target.files.get(edit.path);
          const before =
            typeof text === 'string'
              ? { path: edit.path, size: text.length, text }
              : undefined;
          return diffFile(before, edit) ?? [];
        }),
      };
    });
  }
}

function unknown({ view }: LoadedStandard, error: Error): FoundDrift {
  const reason =
    error instanceof SourceError
      ? error.toReason()
      : {
          code: 'failed',
          message: `It could not be held against '${view.title}'. ${error.message}`,
          action:
            'It is looked at again by itself; correct the standard if that stays.',
        };
  return {
    ...{ standardId: view.id, version: view.version, state: 'unknown', reason },
    ...{ files: [], settings: [], rendered: new Map() },
  };
}
