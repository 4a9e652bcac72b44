import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ProposedChange } from 'backstage-plugin-fettle-node';
import type {
  LoadedPlaybook,
  PlaybookSet,
  ProblemReader,
} from '../playbooks/LoadedPlaybook';
import type { DatabaseRemediationStore } from '../store/remediation/DatabaseRemediationStore';
import { FETTLE, type RemediationService } from './RemediationService';
import type { Planner } from './plan/Planner';

const START_MS = 5 * 60 * 1000;

interface Services {
  store: DatabaseRemediationStore;
  playbooks: PlaybookSet;
  problems: ProblemReader;
  planner: Pick<Planner, 'place'>;
  service: RemediationService;
  clock: () => Date;
  logger: LoggerService;
}

/**
 * Starts playbooks whose time has come, in every repository that they are for.
 * A schedule stays due until all of them were started, so another process goes
 * on where one died; what was begun for it already is not begun again.
 */
export async function startScheduled(
  services: Services,
  stop: AbortSignal,
): Promise<void> {
  const { playbooks, logger } = services;
  for (const playbook of playbooks.all()) {
    if (stop.aborted) return;
    if (playbooks.unread(playbook.view.id)) continue;
    try {
      await startOne(playbook, services, stop);
    } catch (error) {
      // The other playbooks do not wait for this one.
      logger.error(
        `'${playbook.view.title}' is started later, as it is due: ${error}`,
      );
    }
  }
}

async function startOne(
  playbook: LoadedPlaybook,
  services: Services,
  stop: AbortSignal,
): Promise<void> {
  const { store, problems, clock, logger } = services;
  const { view, trigger, triggerParameters } = playbook;
  if (!trigger.nextAfter) return;
  const nextAfter = (after: Date) =>
    trigger.nextAfter!(triggerParameters, after);
  const now = clock();
  const claimed = await store.schedules.claim(
    ...([
      { playbookId: view.id, digest: view.digest },
      nextAfter,
      now,
    ] as const),
  );
  if (!claimed) return;
  let due = claimed;
  for (const { id, name } of await problems.inScope(playbook)) {
    const kept = await store.schedules.extend(due, clock());
    if (!kept) return;
    due = kept;
    try {
      const signal = AbortSignal.any([stop, AbortSignal.timeout(START_MS)]);
      stop.throwIfAborted();
      await startIn(playbook, id, { ...services, signal, since: due.dueAt });
    } catch (error) {
      if (stop.aborted) {
        await store.schedules.end(due, 'still-due');
        return;
      }
      logger.error(
        `'${view.title}' was not started in ${name}, and is when it is due again: ${error}`,
      );
    }
  }
  await store.schedules.end(due, nextAfter(now));
}

/** Out of its condition, or beside what it does there already, there is nothing to start. */
async function startIn(
  playbook: LoadedPlaybook,
  repositoryId: string,
  services: Services & { signal: AbortSignal; since: string },
): Promise<void> {
  const { store, problems, service, signal, since } = services;
  const { id: playbookId, level } = playbook.view;
  const { begun, leftOpen } = await store.schedules.startedIn({
    ...{ playbookId, repositoryId, since },
  });
  if (begun) return;
  const seen = await problems.read(playbook, repositoryId);
  if (!seen.inScope) return;
  // A condition that cannot be told is no match.
  if (seen.gap) throw new Error(seen.gap.message);
  if (await isOpen(leftOpen, repositoryId, services)) return;
  const plan = await service.plan({
    ...{ playbookId, repositoryId, requestedBy: FETTLE, signal },
  });
  if (plan.state !== 'ready' || level === 'observe') return;
  if (await store.isClosed(plan)) return;
  await service.apply(plan.id, plan.hash, FETTLE);
}

/** Whether any of these changes is still open, as its host says. */
async function isOpen(
  changes: readonly ProposedChange[],
  repositoryId: string,
  { planner, signal }: Pick<Services, 'planner'> & { signal: AbortSignal },
): Promise<boolean> {
  if (changes.length === 0) return false;
  const { host, repository } = await planner.place(repositoryId);
  for (const { branch } of changes) {
    const found = await host.changes?.find(repository, branch, { signal });
    if (found?.state === 'open') return true;
  }
  return false;
}
