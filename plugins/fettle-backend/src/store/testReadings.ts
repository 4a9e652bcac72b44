import { mockServices } from '@backstage/backend-test-utils';
import { scoreVerdicts } from 'backstage-plugin-fettle-common';
import type {
  Evidence,
  RepositoryQuery,
  VerdictStatus,
} from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import { DatabaseFettleStore } from './DatabaseFettleStore';
import type {
  Collection,
  DiscoveredClaim,
  DiscoveredRepository,
  Evaluation,
} from './FettleStore';

/** Noon of a day in March 2026, some seconds later. */
export function at(day: number, seconds = 0): Date {
  return new Date(Date.UTC(2026, 2, day, 12, 0, seconds));
}

export function clockAt(now: Date, staleAfterSeconds = 3600) {
  return { now, staleAfterSeconds };
}

export function createStore(knex: Knex): Promise<DatabaseFettleStore> {
  return DatabaseFettleStore.create({
    database: mockServices.database({ knex }),
  });
}

export function repository(
  id: string,
  overrides: Partial<DiscoveredRepository> = {},
): DiscoveredRepository {
  return {
    id,
    sourceId: 'git',
    remote: `https://git.example.com/${id}`,
    name: id,
    host: 'git.example.com',
    ...overrides,
  };
}

export function claim(
  name: string,
  repositoryId: string | null,
  overrides: Partial<DiscoveredClaim> = {},
): DiscoveredClaim {
  return {
    entityRef: `component:default/${name}`,
    repositoryId,
    subpath: '',
    owner: 'group:default/team-a',
    system: null,
    problem: null,
    ...overrides,
  };
}

export interface GivenVerdict {
  status: VerdictStatus;
  weight?: number;
  message?: string;
  title?: string;
  evidence?: Evidence[];
  moreEvidence?: number;
}

/** An evaluation with a real score from `{ check: status }`. */
export function evaluation(
  given: Record<string, VerdictStatus | GivenVerdict>,
  subpath = '',
): Evaluation {
  const verdicts = Object.entries(given).map(([checkId, value]) => {
    const verdict: GivenVerdict =
      typeof value === 'string' ? { status: value } : value;
    return {
      checkId,
      title: verdict.title ?? `The ${checkId}`,
      status: verdict.status,
      message: verdict.message ?? `${checkId}: ${verdict.status}`,
      evidence: verdict.evidence ?? [],
      moreEvidence: verdict.moreEvidence ?? 0,
      weight: verdict.weight ?? 1,
    };
  });
  const { lines, ...score } = scoreVerdicts(verdicts);
  return {
    subpath,
    ...score,
    verdicts: verdicts.map((verdict, i) => ({ ...verdict, ...lines[i] })),
  };
}

/** A reading that began at `startedAt` and took a second. */
export function reading(
  repositoryId: string,
  startedAt: Date,
  evaluations: Evaluation[],
  overrides: Partial<Collection> & { commit?: string } = {},
): Collection {
  const { commit = 'c1', ...rest } = overrides;
  return {
    repositoryId,
    snapshot: {
      defaultBranch: 'main',
      head: {
        commit,
        committedAt: '2026-02-01T00:00:00.000Z',
        author: 'Ada',
        subject: `Commit ${commit}`,
      },
      branches: [],
      branchCount: 1,
      shallow: false,
    },
    facts: [],
    evaluations,
    startedAt,
    finishedAt: new Date(startedAt.getTime() + 1000),
    dueAt: new Date(startedAt.getTime() + 600_000),
    ...rest,
  };
}

export function query(
  overrides: Partial<RepositoryQuery> = {},
): RepositoryQuery {
  return { sort: 'score', order: 'asc', limit: 100, ...overrides };
}
