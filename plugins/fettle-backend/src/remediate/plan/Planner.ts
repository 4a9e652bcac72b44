import { NotFoundError } from '@backstage/errors';
import {
  SourceError,
  type RepositorySnapshot,
  type RepositorySource,
  type RepositoryTree,
  type StepEntity,
  type StepHost,
} from 'backstage-plugin-fettle-node';
import { CachedTree } from '../../collect/CachedTree';
import type { LoadedPlaybook } from '../../playbooks/LoadedPlaybook';
import type { ChangeRegistry } from '../../registry/ChangeRegistry';
import type { Registry } from '../../registry/Registry';
import { ReleaseReader } from '../../releases/ReleaseReader';
import type { FettleStore, StoredRepository } from '../../store/FettleStore';
import type { DatabaseRemediationStore } from '../../store/remediation/DatabaseRemediationStore';
import type { PlanProblem } from '../../store/remediation/StoredPlan';
import type { Lookups } from './Lookups';
import type { MadePlan } from './MadePlan';
import { makePlan } from './makePlan';
import { hashPlan } from './hashPlan';

/** A repository, and who can change it. */
export interface Place {
  repository: StoredRepository;
  entities: StepEntity[];
  host: StepHost;
}

/** It as it is now. */
export interface Target extends Place {
  snapshot: RepositorySnapshot;
  /** At the head of the snapshot. */
  openTree: () => Promise<RepositoryTree>;
  lookups: Lookups;
}

/** What a plan is asked for. */
export interface PlanOrder {
  playbook: LoadedPlaybook;
  repositoryId: string;
  problems: readonly PlanProblem[];
  /** Entity ref; `fettle` for itself. */
  requestedBy: string;
  campaignId?: string | null;
  /** It needs as many approvals, even where its playbook asks for fewer. */
  leastApprovals?: number;
}

const STEP_MS = 2 * 60 * 1000;

/** Looks at a repository as it is now and keeps what a playbook would do to it. */
export class Planner {
  readonly #releases: ReleaseReader;

  constructor(
    private readonly options: {
      store: DatabaseRemediationStore;
      repositories: Pick<FettleStore, 'getRepository'>;
      registry: Registry;
      changes: ChangeRegistry;
      entitiesOf: (repositoryId: string) => Promise<StepEntity[]>;
      clock: () => Date;
      stepMs?: number;
    },
  ) {
    this.#releases = new ReleaseReader(options);
  }

  async plan(
    order: PlanOrder,
    signal: AbortSignal,
  ): Promise<{ id: string; isNew: boolean; revision: number | null }> {
    const { playbook, problems, requestedBy, campaignId = null } = order;
    const { leastApprovals = 0 } = order;
    const target = await this.look(order.repositoryId, signal);
    const made = await this.make(playbook, problems, target, signal);
    const now = this.options.clock();
    const { view } = playbook;
    const needed = Math.max(approvalsNeeded(playbook, made), leastApprovals);
    const waits = made.state === 'possible' && needed > 0;
    const possible = waits ? 'waiting' : 'ready';
    const end = now.getTime() + view.approval.expiresAfterSeconds * 1000;
    return this.options.store.savePlan(
      {
        ...made,
        ...{ playbookId: view.id, playbookDigest: view.digest },
        ...{ playbookTitle: view.title, level: view.level },
        ...{ repositoryId: order.repositoryId, campaignId, requestedBy },
        host: target.repository.host,
        title: titleOf(playbook, problems),
        state: made.state === 'possible' ? possible : made.state,
        problems: [...problems],
        approvalsNeeded: needed,
        expiresAt: waits ? new Date(end).toISOString() : null,
      },
      now,
    );
  }

  /** What the playbook would do now; keeps nothing. */
  async make(
    playbook: LoadedPlaybook,
    problems: readonly PlanProblem[],
    target: Target,
    signal: AbortSignal,
  ): Promise<MadePlan> {
    const { repository, entities, host, snapshot, lookups } = target;
    if (!snapshot.head) {
      return headless(playbook, problems, target);
    }
    return makePlan({
      ...{ playbook, repository, entities, host, snapshot, lookups, signal },
      problems: problems.map(({ id, ...problem }) => problem),
      tree: await target.openTree(),
      now: this.options.clock(),
      stepMs: this.options.stepMs ?? STEP_MS,
    });
  }

  /** Reads nothing but the database. Throws NotFoundError where it is gone. */
  async place(repositoryId: string): Promise<Place> {
    const { repositories, registry, changes, entitiesOf } = this.options;
    const [repository, entities] = await Promise.all([
      repositories.getRepository(repositoryId),
      entitiesOf(repositoryId),
    ]);
    if (!repository) {
      throw new NotFoundError(`There is no repository '${repositoryId}'.`);
    }
    const host = changes.hostOf(repository, registry);
    return { repository, entities, host };
  }

  /** The repository as it is now. Throws NotFoundError where it is gone. */
  async look(
    repositoryId: string,
    signal: AbortSignal,
    known?: Place,
  ): Promise<Target> {
    const place = known ?? (await this.place(repositoryId));
    const { repository } = place;
    const source = this.options.registry.sources.get(repository.sourceId);
    if (!source) {
      throw new SourceError(
        'failed',
        `${repository.name} was read by the source '${repository.sourceId}', which is not in this portal any more.`,
        'Add its module again.',
      );
    }
    const snapshot = await source.snapshot(repository, { signal });
    let tree: Promise<RepositoryTree> | undefined;
    return {
      ...{ ...place, snapshot },
      lookups: this.#lookups(source, repository, signal),
      openTree: () => {
        tree ??= source
          .readTree(repository, snapshot.head!.commit, { signal })
          .then(opened => new CachedTree(opened));
        return tree;
      },
    };
  }

  #lookups(
    source: RepositorySource,
    repository: StoredRepository,
    signal: AbortSignal,
  ): Lookups {
    const mayAsk = this.options.registry.releases.size > 0;
    return {
      treeAt: async commit =>
        new CachedTree(await source.readTree(repository, commit, { signal })),
      ...(source.readCommit && {
        readCommit: commit =>
          source.readCommit!(repository, commit, { signal }),
      }),
      ...(mayAsk && {
        releases: (ecosystem, name) =>
          this.#releases.read(ecosystem, name, signal),
      }),
    };
  }
}

/** What is no change of files is not merged by anyone: under `propose` a person says yes to it first. */
export function approvalsNeeded(
  { view }: LoadedPlaybook,
  { actions }: Pick<MadePlan, 'actions'>,
): number {
  const least = view.level === 'propose' && actions.length > 0 ? 1 : 0;
  return Math.max(view.approval.by, least);
}

function titleOf(
  { view }: LoadedPlaybook,
  problems: readonly PlanProblem[],
): string {
  const [first, ...others] = problems;
  if (!first) return view.title;
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  return `${view.title}: ${first.title}${more}`.slice(0, 200);
}

function headless(
  { view }: LoadedPlaybook,
  problems: readonly PlanProblem[],
  { repository, snapshot }: Target,
): MadePlan {
  const told = snapshot.headless;
  return {
    ...hashPlan({
      playbook: { id: view.id, digest: view.digest },
      repository: repository.remote,
      problems: problems.map(({ key }) => key),
      ...{ files: [], actions: [] },
    }),
    state: 'impossible',
    ...{ commit: null, base: null, files: [], edits: [], actions: [] },
    ...{ filesChanged: 0, linesChanged: 0, notes: [], unmended: [] },
    obstacles: [
      {
        code: 'empty',
        message: told?.message ?? `${repository.name} has no commit.`,
        action: told?.action ?? 'Push a first commit.',
      },
    ],
    ...{ inputs: {}, reversible: true },
  };
}
