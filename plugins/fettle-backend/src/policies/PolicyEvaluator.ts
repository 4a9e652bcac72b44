import { createHash } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  Evaluation,
  PolicyChange,
  PolicyStore,
} from '../store/policies/PolicyStore';
import { evaluatePolicy, type Outcome } from './evaluatePolicy';
import type { Portal } from './gaps';
import { needsOf } from './needsOf';
import { DeadlineError, withDeadline } from './language/withDeadline';
import type { CompiledPolicy } from './Policy';
import type { Subject } from './subject/Subject';
import { toValues } from './subject/toValues';

/** Told of each evaluation that was stored. */
export type OnEvaluated = (evaluated: {
  subject: Subject;
  outcomes: ReadonlyMap<string, Outcome>;
  changes: PolicyChange[];
  revision: number | null;
}) => void;

/** Days and ages move: at least this often everything is looked at again. */
const AGAIN_MS = 6 * 60 * 60 * 1000;
const BATCH = 50;
/** A deadline for each costs more than most conditions. */
const TOGETHER_MS = 1_000;
/** What breaks a policy is stored up to here, and counted beyond. */
export const MOST_NAMED = 20;

/** Judges repositories by all policies and stores what came of it. */
export class PolicyEvaluator {
  readonly #stopped = new AbortController();

  constructor(
    private readonly options: {
      policies: readonly CompiledPolicy[];
      store: PolicyStore;
      /** What the portal has to know things by, now. */
      portal: () => Promise<Portal>;
      logger: LoggerService;
      clock: () => Date;
      onEvaluated: OnEvaluated;
    },
  ) {}

  /** To its stored end. */
  async evaluate(repositoryIds: readonly string[]): Promise<void> {
    const { policies, store, portal, clock, onEvaluated } = this.options;
    const known = await portal();
    const { subjects, seenRevision } = await store.loadSubjects(
      repositoryIds,
      needsOf(policies),
    );
    for (const subject of subjects) {
      const now = clock();
      const outcomes = judge(policies, subject, known, now);
      const evaluation: Evaluation = {
        ...{ repositoryId: subject.id, outcomes, seenRevision },
        digest: this.#digest(known),
        dueAt: nextLook(subject, now),
        commit: subject.headCommit,
      };
      const saved = await store.save(evaluation, now);
      onEvaluated({ subject, outcomes, ...saved });
    }
  }

  /** Evaluates every repository that something changed for: a policy, a fact, or the day. */
  async sweep(): Promise<void> {
    const { store, portal, clock, logger } = this.options;
    const digest = this.#digest(await portal());
    let after = '';
    while (!this.#stopped.signal.aborted) {
      const ids = await store.due({
        ...{ digest, after, limit: BATCH },
        now: clock(),
      });
      if (ids.length === 0) return;
      after = ids[ids.length - 1];
      try {
        await this.evaluate(ids);
      } catch (error) {
        // The others do not wait for these; they are due again at the next sweep.
        logger.error('Policies could not be evaluated', error as Error);
      }
    }
  }

  stop(): void {
    this.#stopped.abort();
  }

  /** Changes with the policies, and with what a portal knows of anything. */
  #digest({ scanners, matchers }: Portal): string {
    const policies = this.options.policies.map(({ described }) => described);
    return createHash('sha256')
      .update(JSON.stringify([policies, scanners, matchers]))
      .digest('hex')
      .slice(0, 16);
  }
}

/** A repository by policies; those that it is out of the scope of are left out. */
export function judge(
  policies: readonly CompiledPolicy[],
  subject: Subject,
  portal: Portal,
  now: Date,
  mostNamed = MOST_NAMED,
): Map<string, Outcome> {
  const scanners = portal.scanners.map(({ id }) => id);
  const values = toValues(subject, scanners, now);
  const evaluated = { subject, values, mostNamed };
  const all = () => {
    const outcomes = new Map<string, Outcome>();
    for (const policy of policies) {
      const outcome = evaluatePolicy(policy, evaluated, portal);
      if (outcome) outcomes.set(policy.described.id, outcome);
    }
    return outcomes;
  };
  try {
    return withDeadline(TOGETHER_MS, all);
  } catch (error) {
    if (!(error instanceof DeadlineError)) throw error;
    // One of them takes too long; each has its own deadline then.
    return all();
  }
}

/** When a finding gets overdue, or else after some hours. */
function nextLook({ findings }: Subject, now: Date): Date {
  const next = findings
    .flatMap(({ dueAt }) => (dueAt === null ? [] : Date.parse(dueAt) + 1))
    .filter(due => due > now.getTime());
  return new Date(Math.min(now.getTime() + AGAIN_MS, ...next));
}
