import type { LoggerService } from '@backstage/backend-plugin-api';
import { CollectQueue } from '../collect/CollectQueue';
import type {
  LoadedPlaybook,
  PlaybookSet,
  ProblemReader,
} from '../playbooks/LoadedPlaybook';
import { problemName } from '../playbooks/PlaybookNumbers';
import type { SeeOptions } from '../playbooks/triggers/Trigger';
import type { DatabaseRemediationStore } from '../store/remediation/DatabaseRemediationStore';
import type { OpenProblem } from '../store/remediation/observeProblems';
import { keysOf } from '../store/remediation/plans';
import { hasEnded } from '../store/remediation/StoredRemediation';
import { sha256 } from './plan/sha256';
import { FETTLE, type RemediationService } from './RemediationService';
import type { Remediator } from './Remediator';
import { startScheduled } from './startScheduled';

/** Changes of a repository that follow each other faster are one. */
const DEBOUNCE_MS = 500;
const AGAIN_MS = 60 * 60 * 1000;
/** A plan that cannot be applied is made anew after this: a host may be back. */
const RETRY_MS = 15 * 60 * 1000;
const BATCH = 50;

/** Looks, after each change of a repository, which problems playbooks are for, and has them planned and applied. */
export class Lookout {
  readonly #queue: CollectQueue;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #stopped = new AbortController();

  constructor(
    private readonly options: {
      store: DatabaseRemediationStore;
      playbooks: PlaybookSet;
      problems: ProblemReader;
      service: RemediationService;
      remediator: Remediator;
      clock: () => Date;
      logger: LoggerService;
      debounceMs?: number;
      onChange: (repositoryId: string, revision: number) => void;
    },
  ) {
    this.#queue = new CollectQueue((id, signal) => this.look(id, signal), 1);
  }

  /** Something that playbooks look at may have changed. */
  onChange(repositoryId: string): void {
    if (this.#timers.has(repositoryId) || this.#stopped.signal.aborted) return;
    const timer = setTimeout(() => {
      this.#timers.delete(repositoryId);
      this.#nudge(repositoryId);
      this.#add(repositoryId);
    }, this.options.debounceMs ?? DEBOUNCE_MS);
    timer.unref();
    this.#timers.set(repositoryId, timer);
  }

  /** What was missed, and what time changes. */
  async sweep(): Promise<void> {
    const { store, clock, remediator } = this.options;
    await startScheduled(
      { ...this.options, planner: remediator.services.planner },
      this.#stopped.signal,
    );
    let after = '';
    while (!this.#stopped.signal.aborted) {
      const ids = await store.dueLookouts({
        ...{ digest: this.#digest(), now: clock(), after, limit: BATCH },
      });
      if (ids.length === 0) return;
      after = ids[ids.length - 1];
      await Promise.all(ids.map(id => this.#queue.add(id, 'routine')));
    }
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    await this.#queue.stop();
  }

  /** One repository, to the end. */
  async look(repositoryId: string, signal: AbortSignal): Promise<void> {
    const { store, playbooks, problems, clock, logger } = this.options;
    const seenRevision = await store.lookoutRevision();
    const digest = this.#digest();
    const names = new Set<string>();
    const subject = problems.readSubject(repositoryId);
    await subject;
    for (const playbook of playbooks.all()) {
      if (signal.aborted) return;
      if (playbooks.unread(playbook.view.id)) continue;
      try {
        const open = await this.#observe(playbook, repositoryId, { subject });
        open.forEach(({ problem }) => names.add(problemName(problem)));
        await this.#plan(playbook, repositoryId, open, signal);
      } catch (error) {
        // The other playbooks do not wait for this one.
        if (!signal.aborted) {
          logger.warn(
            `'${playbook.view.title}' is looked at again later: ${error}`,
          );
        }
      }
    }
    const all = await problems.readAll(repositoryId, { subject });
    const every = new Set([...all.map(problemName), ...names]);
    await store.saveLookout({
      ...{ repositoryId, digest, seenRevision },
      dueAt: new Date(clock().getTime() + AGAIN_MS),
      ...{ problems: every.size, covered: names.size },
    });
  }

  async #observe(
    playbook: LoadedPlaybook,
    repositoryId: string,
    options: SeeOptions,
  ): Promise<OpenProblem[]> {
    const { store, problems, clock } = this.options;
    if (!playbook.trigger.see) return [];
    const seen = await problems.read(playbook, repositoryId, options);
    const { id: playbookId, digest } = playbook.view;
    return store.observe(
      {
        ...{ playbookId, digest, repositoryId, problems: seen.problems },
        ...{ complete: seen.gap === null, outOfScope: !seen.inScope },
      },
      clock(),
    );
  }

  /** Plans what nothing is under way for. */
  async #plan(
    playbook: LoadedPlaybook,
    repositoryId: string,
    open: readonly OpenProblem[],
    signal: AbortSignal,
  ): Promise<void> {
    const { store, onChange } = this.options;
    const { id: playbookId, group } = playbook.view;
    if (!playbook.trigger.see) return;
    const free: OpenProblem[] = [];
    for (const one of open) {
      if (await this.#isFree(playbook, one)) free.push(one);
    }
    const together = free.length > 0 ? [free] : [];
    const groups = group === 'problem' ? free.map(one => [one]) : together;
    const keys = groups.map(one => keysOf(one.map(({ problem }) => problem)));
    const revision = await store.supersedeOthers({
      ...{ playbookId, repositoryId, keys },
    });
    if (revision !== null) onChange(repositoryId, revision);
    for (const [i, one] of groups.entries()) {
      if (signal.aborted) return;
      await this.#planGroup(playbook, repositoryId, one, keys[i]);
    }
  }

  /** A problem that came to an outcome stays as it is until its playbook changes, or what it would do. */
  async #isFree(
    { view }: LoadedPlaybook,
    { outcome, playbookDigest, remediationId }: OpenProblem,
  ): Promise<boolean> {
    if (remediationId === null) return true;
    const last = await this.options.store.get(remediationId);
    if (last && !hasEnded(last.state)) return false;
    if (outcome === null || outcome === 'healed') return true;
    return outcome === 'cancelled' || playbookDigest !== view.digest;
  }

  async #planGroup(
    playbook: LoadedPlaybook,
    repositoryId: string,
    group: readonly OpenProblem[],
    keys: string,
  ): Promise<void> {
    const { store, service, clock } = this.options;
    const { view } = playbook;
    const now = clock();
    const live = await store.findLivePlan(
      { playbookId: view.id, repositoryId, keys },
      now,
    );
    const age = live ? now.getTime() - Date.parse(live.checked_at) : 0;
    const isCurrent =
      live?.playbook_digest === view.digest &&
      (live.state !== 'ready' || view.level === 'observe') &&
      age < (live.state === 'impossible' ? RETRY_MS : AGAIN_MS) &&
      live.commit === (await store.headOf(repositoryId));
    if (isCurrent) return;
    const plan = await service.planFor(playbook, {
      ...{ repositoryId, requestedBy: FETTLE },
      problems: group.map(({ id, problem }) => ({ id, ...problem })),
    });
    if (plan.state !== 'ready' || plan.requestedBy !== FETTLE) return;
    if (view.level === 'observe' || plan.remediationId !== null) return;
    // What a person closed is left alone until its content differs.
    if (await store.isClosed(plan)) return;
    await service.apply(plan.id, plan.hash, FETTLE);
  }

  /** Remediations that wait for the repository look at it. */
  #nudge(repositoryId: string): void {
    const { store, remediator, clock, logger } = this.options;
    store
      .nudge(repositoryId, clock())
      .then(ids => Promise.all(ids.map(id => remediator.drive(id))))
      .catch(error =>
        logger.warn(`Remediations of ${repositoryId} look later: ${error}`),
      );
  }

  #add(repositoryId: string): void {
    this.#queue
      .add(repositoryId, 'routine')
      .catch(error =>
        this.options.logger.warn(
          `Problems of ${repositoryId} are looked at later: ${error}`,
        ),
      );
  }

  #digest(): string {
    const { playbooks } = this.options;
    const all = playbooks
      .all()
      .map(({ view }) =>
        playbooks.unread(view.id) ? `${view.digest} unread` : view.digest,
      );
    return sha256(all.join(' ')).slice(0, 16);
  }
}
