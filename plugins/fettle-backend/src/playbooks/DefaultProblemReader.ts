import type { Reason } from 'backstage-plugin-fettle-common';
import type { StepProblem } from 'backstage-plugin-fettle-node';
import { fitsLists } from '../policies/inScope';
import type { Expression } from '../policies/language/compile';
import { evaluate } from '../policies/language/evaluate';
import { withDeadline } from '../policies/language/withDeadline';
import type { Values } from '../policies/language/words';
import type { Subject } from '../policies/subject/Subject';
import { toValues } from '../policies/subject/toValues';
import type { PlaybookStore } from '../store/playbooks/PlaybookStore';
import type {
  LoadedPlaybook,
  ProblemReader,
  SeenProblems,
} from './LoadedPlaybook';
import { readSubject } from './triggers/readSubject';
import { goneRepository } from './triggers/repositoryGap';
import type { SeeOptions, Trigger } from './triggers/Trigger';

const BATCH = 500;
/** Scopes are evaluated by the batch: a deadline of its own for each costs more than most expressions. */
const BATCH_MS = 1_000;

/** Reads problems from the store. */
export class DefaultProblemReader implements ProblemReader {
  constructor(
    private readonly options: {
      store: PlaybookStore;
      triggers: ReadonlyMap<string, Trigger>;
      /** Ids of the scanners of this portal. */
      scanners: () => readonly string[];
      clock: () => Date;
    },
  ) {}

  async read(
    playbook: LoadedPlaybook,
    repositoryId: string,
    options: SeeOptions = {},
  ): Promise<SeenProblems> {
    const { store } = this.options;
    const subject = await readSubject(store, repositoryId, options);
    const nothing = { problems: [], gap: null, commit: null, readAt: null };
    if (!subject) {
      return { inScope: false, ...nothing, ...goneRepository(repositoryId) };
    }
    const values = this.#valuesOf(subject);
    const scope = this.#scope(playbook, subject, values);
    if (scope.value !== true) {
      // Where it cannot be told nothing is done, and nothing counts as gone.
      const gap = scope.failure ?? null;
      return { ...nothing, inScope: gap !== null, gap };
    }
    const { trigger, triggerParameters, condition } = playbook;
    const seen = await trigger.see?.(repositoryId, triggerParameters, options);
    if (!seen) {
      const holds = condition && this.#evaluate(condition, subject, values);
      return {
        ...nothing,
        inScope: holds?.value !== false,
        gap: holds?.failure ?? null,
        commit: subject.headCommit,
        readAt: subject.collectedAt,
      };
    }
    const problems: StepProblem[] = [];
    let failure: Reason | undefined;
    for (const one of seen.problems) {
      const holds = condition
        ? this.#evaluate(condition, subject, { ...values, ...one.values })
        : { value: true };
      if (holds.value) problems.push(one.problem);
      failure ??= holds.failure;
    }
    const { gap, commit, readAt } = seen;
    return {
      inScope: true,
      problems,
      gap: gap ?? failure ?? null,
      commit,
      readAt,
    };
  }

  readSubject(repositoryId: string): Promise<Subject | undefined> {
    return readSubject(this.options.store, repositoryId);
  }

  async readAll(
    repositoryId: string,
    options: SeeOptions = {},
  ): Promise<StepProblem[]> {
    const seen = await Promise.all(
      [...this.options.triggers.values()].map(trigger =>
        trigger.see?.(
          repositoryId,
          trigger.parameters.parse(trigger.everything ?? {}),
          { ...options, quick: true },
        ),
      ),
    );
    return seen.flatMap(
      one => one?.problems.map(({ problem }) => problem) ?? [],
    );
  }

  async inScope({ view, when }: Pick<LoadedPlaybook, 'view' | 'when'>) {
    const { store } = this.options;
    const fitting = (await store.repositories()).filter(repository =>
      fitsLists(view.scope, repository),
    );
    const found: { id: string; name: string; host: string }[] = [];
    for (let i = 0; i < fitting.length; i += BATCH) {
      const batch = fitting.slice(i, i + BATCH);
      const inside = when ? await this.#fitting(when, batch) : undefined;
      for (const { id, name, host } of batch) {
        if (!inside || inside.has(id)) found.push({ id, name, host });
      }
    }
    return found;
  }

  /** Ids of those for which it holds; where it cannot be told, it does not. */
  async #fitting(
    when: Expression,
    batch: readonly { id: string }[],
  ): Promise<ReadonlySet<string>> {
    const ids = batch.map(({ id }) => id);
    const subjects = await this.options.store.subjects(ids);
    const of = subjects.map(subject => ({
      ...{ id: subject.id, subject, values: this.#valuesOf(subject) },
    }));
    try {
      return withDeadline(
        BATCH_MS,
        () =>
          new Set(of.filter(one => isInside(when, one)).map(({ id }) => id)),
      );
    } catch {
      // One of them takes too long; each has its own deadline then.
      return new Set(
        of
          .filter(
            ({ subject, values }) =>
              this.#evaluate(when, subject, values).value === true,
          )
          .map(({ id }) => id),
      );
    }
  }

  #scope(
    { view, when }: LoadedPlaybook,
    subject: Subject,
    values: Values,
  ): { value?: boolean; failure?: Reason } {
    if (!fitsLists(view.scope, subject)) return { value: false };
    return when ? this.#evaluate(when, subject, values) : { value: true };
  }

  #valuesOf(subject: Subject): Values {
    const { scanners, clock } = this.options;
    const { repository, entities, now } = toValues(
      ...([subject, scanners(), clock()] as const),
    );
    return { repository, entities, now };
  }

  #evaluate(expression: Expression, subject: Subject, values: Values) {
    const sizes = { entities: subject.entities.length };
    return evaluate(expression, values, { sizes, of: 'playbook' });
  }
}

function isInside(
  when: Expression,
  { subject, values }: { subject: Subject; values: Values },
) {
  // The whole batch gives up, and each is judged by itself.
  if (when.cost({ entities: subject.entities.length }) > 100_000) {
    throw new RangeError('It takes too many steps for a batch.');
  }
  try {
    return when.evaluate(values);
  } catch (error) {
    if (error instanceof RangeError) throw error;
    return false;
  }
}
