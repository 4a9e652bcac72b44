import { TestApiProvider } from '@backstage/test-utils';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { act } from '@testing-library/react';
import type {
  Fleet,
  RepositoryHealth,
  RepositoryQuery,
  RepositorySummary,
  Run,
  RunQuery,
} from 'backstage-plugin-fettle-common';
import type { PropsWithChildren } from 'react';
import { fettleApiRef, type FettleApi } from '../../api/FettleApi';
import { refused, Signals } from './World';

const counts = { pass: 1, warn: 0, fail: 0, unknown: 0, notApplicable: 0 };

export function summary(
  id: string,
  changes: Partial<RepositorySummary> = {},
): RepositorySummary {
  return {
    id,
    name: id,
    host: 'localhost',
    remote: `file:///${id}`,
    webUrl: null,
    defaultBranch: 'main',
    head: null,
    state: 'ready',
    reason: null,
    score: 50,
    upTo: 50,
    level: 'poor',
    trend: null,
    counts,
    worst: null,
    entities: [],
    owner: null,
    system: null,
    days: [],
    collectedAt: '2026-01-01T00:00:00.000Z',
    attemptedAt: '2026-01-01T00:00:00.000Z',
    changedAt: '2026-01-01T00:00:00.000Z',
    revision: 1,
    ...changes,
  };
}

function nothing(): never {
  throw refused(404);
}

/** The nth run of a repository; higher numbers are newer. */
export function run(number: number, changes: Partial<Run> = {}): Run {
  return {
    id: `run${number}`,
    repositoryId: 'a',
    source: 'ci',
    pipeline: { id: 'ci', name: 'ci' },
    runId: String(number),
    attempt: 1,
    number: String(number),
    title: null,
    state: 'succeeded',
    hostState: null,
    startedAt: null,
    finishedAt: null,
    branch: 'main',
    defaultBranch: true,
    commit: null,
    commitSubject: null,
    actor: null,
    event: 'push',
    queuedAt: null,
    seenAt: '2026-01-01T00:00:00.000Z',
    usualMs: null,
    webUrl: null,
    subpaths: null,
    jobs: [],
    jobCount: 0,
    can: { rerun: false, rerunFailed: false, cancel: false },
    requested: null,
    revision: 1,
    ...changes,
  };
}

/** A small backend in memory, sorted by name, that counts what it is asked. */
export class Portal {
  readonly signals = new Signals();
  readonly asked: string[] = [];
  rows = new Map<string, RepositorySummary>();
  entities = new Map<
    string,
    { repositoryId: string | null; subpath: string }
  >();
  /** Newest first. */
  runs: Run[] = [];
  /** What `since` asks for are too many changes to list. */
  manyRuns = false;
  collecting = false;
  revision = 1;
  fails?: Error;
  /** What lists wait for before they answer. */
  gate?: Promise<void>;

  constructor(...ids: string[]) {
    ids.forEach(id => this.rows.set(id, summary(id)));
  }

  readonly api: FettleApi = {
    listRepositories: query => this.#answer('list', () => this.#list(query)),
    getRepository: (id, target) =>
      this.#answer(`repository ${id}`, () => this.#health(id, target?.subpath)),
    getHistory: id =>
      this.#answer(`history ${id}`, () => ({ days: [], changes: [] })),
    getActivity: () =>
      this.#answer('activity', () => ({ items: [], revision: this.revision })),
    getChanges: ({ since, repository, of = 'repositories' }) =>
      this.#answer(
        of === 'repositories' ? `changes ${since}` : `${of} ${since}`,
        () => this.#changes(since, repository, of),
      ),
    getFleet: () => this.#answer('fleet', () => this.#fleet()),
    getEntity: entityRef =>
      this.#answer(`entity ${entityRef}`, () => {
        const found = this.entities.get(entityRef);
        const { repositoryId = null, subpath = '' } = found ?? {};
        const problem = { code: 'none', message: 'None', action: 'Add one' };
        return {
          entityRef,
          repositoryId,
          subpath,
          problem: repositoryId ? null : problem,
        };
      }),
    getChecks: () => this.#answer('checks', () => ({ items: [] })),
    refresh: repositoryId =>
      this.#answer('refresh', () => ({
        accepted: true as const,
        repositoryId,
      })),
    listRuns: (id, query) =>
      this.#answer(`list runs ${id}`, () => this.#listRuns(id, query)),
    getRun: id =>
      this.#answer(`run ${id}`, () => {
        const found = this.runs.find(one => one.id === id);
        if (!found) throw refused(404);
        return { run: found, jobs: [], attempts: [], revision: this.revision };
      }),
    getLog: () => this.#answer('log', nothing),
    rerunRun: () => this.#answer('rerun', nothing),
    cancelRun: () => this.#answer('cancel', nothing),
    getPipelines: () => this.#answer('pipelines', nothing),
    getFleetPipelines: () => this.#answer('fleet pipelines', nothing),
    getSources: () => this.#answer('sources', nothing),
    listDeliveries: () => this.#answer('deliveries', nothing),
    retryDelivery: () => this.#answer('retry', nothing),
  };

  readonly Wrapper = ({ children }: PropsWithChildren<{}>) => (
    <TestApiProvider
      apis={[
        [fettleApiRef, this.api],
        [signalApiRef, this.signals],
      ]}
    >
      {children}
    </TestApiProvider>
  );

  /** Changes or adds a row, as a committed transaction would. */
  change(id: string, changes: Partial<RepositorySummary>) {
    this.revision += 1;
    const before = this.rows.get(id) ?? summary(id);
    const { revision } = this;
    this.rows.set(id, { ...before, ...changes, revision });
  }

  async hint(...scopes: string[]) {
    await act(async () => {
      for (const scope of scopes) {
        const { revision } = this;
        this.signals.send(`fettle:${scope}`, { scope, revision });
      }
      await jest.advanceTimersByTimeAsync(0);
    });
  }

  async pass(ms: number) {
    await act(async () => {
      await jest.advanceTimersByTimeAsync(ms);
    });
  }

  async #answer<T>(what: string, read: () => T): Promise<T> {
    this.asked.push(what);
    if (this.fails) throw this.fails;
    const value = read();
    if (what === 'list') await this.gate;
    return value;
  }

  #list(query: Partial<RepositoryQuery>) {
    const { limit = 100, cursor = '', search = '' } = query;
    const matching = [...this.rows.values()]
      .filter(row => row.name.includes(search))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const rest = matching.filter(row => row.name > cursor);
    const items = rest.slice(0, limit);
    const more = rest.length > limit;
    return {
      items,
      nextCursor: more ? items[items.length - 1].name : null,
      total: matching.length,
      revision: this.revision,
    };
  }

  #changes(since: number, repository: string | undefined, of: string) {
    const rows = of === 'repositories' ? [...this.rows.values()] : [];
    const items = rows.filter(
      row => row.revision > since && (!repository || row.id === repository),
    );
    const changed =
      items.length > 0 ||
      (of === 'runs' && this.runs.some(one => one.revision > since));
    return { revision: this.revision, reset: false, items, changed };
  }

  #listRuns(id: string, query: Partial<RunQuery> = {}) {
    const { since, limit = 50, cursor, branch, state } = query;
    const { revision } = this;
    const matching = this.runs.filter(
      one =>
        one.repositoryId === id &&
        (!branch || branch.includes(one.branch ?? '')) &&
        (!state || state.includes(one.state)) &&
        one.revision > (since ?? 0),
    );
    if (since !== undefined) {
      return this.manyRuns
        ? { items: [], nextCursor: null, revision, reset: true }
        : { items: matching, nextCursor: null, revision, reset: false };
    }
    const from = cursor ? matching.findIndex(one => one.id === cursor) + 1 : 0;
    const items = matching.slice(from, from + limit);
    const more = from + limit < matching.length;
    const nextCursor = more ? items[items.length - 1].id : null;
    return { items, nextCursor, revision, reset: false };
  }

  #health(id: string, subpath = ''): RepositoryHealth {
    const row = this.rows.get(id);
    if (!row) throw refused(404);
    return {
      ...row,
      subpath,
      verdicts: [],
      groups: [],
      staleAfterSeconds: 3600,
      mayRefresh: true,
      collecting: this.collecting,
    };
  }

  #fleet(): Fleet {
    return {
      total: this.rows.size,
      median: null,
      trend: null,
      states: { pending: 0, ready: 0, empty: 0, failing: 0, stale: 0 },
      levels: { good: 0, fair: 0, poor: 0, unknown: 0 },
      owners: [],
      systems: [],
      checks: [],
      problems: [],
      revision: this.revision,
    };
  }
}
