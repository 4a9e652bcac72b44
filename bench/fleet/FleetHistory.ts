import {
  configureChecks,
  type ConfiguredCheck,
} from '../../plugins/fettle-backend/src/evaluate/ConfiguredCheck';
import { evaluateTarget } from '../../plugins/fettle-backend/src/evaluate/evaluateTarget';
import { repositoryId } from '../../plugins/fettle-backend/src/discover/repositoryId';
import type {
  Collection,
  FettleStore,
  StoredFact,
} from '../../plugins/fettle-backend/src/store/FettleStore';
import { now } from '../measure/clock';
import {
  chance,
  checks,
  factCollectors,
  factValue,
  type BenchFleet,
} from './BenchFleet';

const BATCH = 500;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Gives every repository readings, as a portal that ran for long has them. */
export class FleetHistory {
  readonly #checks: readonly ConfiguredCheck[] = configureChecks(
    new Map(checks.map(check => [check.id, check])),
    new Map(),
  );
  /** How often each repository has changed. */
  readonly #versions = new Map<string, number>();

  constructor(
    private readonly store: FettleStore,
    private readonly fleet: BenchFleet,
  ) {}

  /** One reading of each repository on each of so many days; each day one in ten has changed. */
  async fill(days: number, until: Date): Promise<void> {
    for (let day = 1 - days; day <= 0; day++) {
      const at = new Date(until.getTime() + day * DAY_MS);
      const first = day === 1 - days;
      await this.#save(at, remote => first || chance(remote, day) % 10 === 0);
    }
  }

  /**
   * A reading of every repository, or of so many, each with a new commit and one changed
   * value: evaluates and stores all.
   *
   * @returns seconds, and how many of them were evaluating
   */
  async round(
    at: Date,
    options: { batch?: number; repositories?: number } = {},
  ): Promise<{ seconds: number; evaluating: number }> {
    return this.#save(at, () => true, options);
  }

  async #save(
    at: Date,
    changes: (remote: string) => boolean,
    options: { batch?: number; repositories?: number } = {},
  ): Promise<{ seconds: number; evaluating: number }> {
    let seconds = 0;
    let evaluating = 0;
    const { batch: size = BATCH, repositories } = options;
    const locations = this.fleet.locations.slice(0, repositories);
    for (let start = 0; start < locations.length; start += size) {
      const batch = locations.slice(start, start + size).map(({ remote }) => {
        const before = this.#versions.get(remote);
        const changed = changes(remote);
        const version = (before ?? chance(remote) % 30) + (changed ? 1 : 0);
        this.#versions.set(remote, version);
        const facts = factsOf(remote, version, at);
        return { remote, version, changed, facts };
      });
      const began = now();
      const readings = batch.map(({ remote, version, changed, facts }) =>
        this.#reading(remote, version, facts, changed, at),
      );
      const evaluated = now();
      if (size === 1) await this.store.saveCollection(readings[0]);
      else await this.store.saveCollections(readings);
      evaluating += (evaluated - began) / 1000;
      seconds += (now() - began) / 1000;
    }
    return { seconds, evaluating };
  }

  #reading(
    remote: string,
    version: number,
    facts: StoredFact[],
    changed: boolean,
    at: Date,
  ): Collection {
    return {
      repositoryId: repositoryId(remote),
      snapshot: {
        defaultBranch: 'main',
        head: {
          commit: commitOf(remote, version),
          committedAt: at.toISOString(),
          author: 'Ada',
          subject: `Change ${version}`,
        },
        branches: [],
        branchCount: 1,
        recent: { commits: version, authors: 3 },
        shallow: false,
      },
      // Those of an unchanged commit are stored already.
      facts: changed ? facts : [],
      evaluations: [
        evaluateTarget({ subpath: '', checks: this.#checks, facts, now: at }),
      ],
      startedAt: at,
      finishedAt: new Date(at.getTime() + 1000),
      // Nothing is due while the bench runs.
      dueAt: new Date(at.getTime() + 1000 * DAY_MS),
    };
  }
}

function factsOf(remote: string, version: number, at: Date): StoredFact[] {
  return factCollectors.map(({ fact }, i) => ({
    subpath: '',
    factId: fact.id,
    version: 1,
    commit: commitOf(remote, version),
    collectedAt: at.toISOString(),
    value: factValue(remote, i, version),
  }));
}

function commitOf(remote: string, version: number): string {
  return chance(remote, 'commit', version).toString(16).padStart(40, '0');
}
