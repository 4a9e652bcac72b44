import type { ProposedChange } from 'backstage-plugin-fettle-node';
import { after, type StateContext } from './StateContext';

/**
 * A change as its host knows it; where the host does not tell of checks, with
 * what CI told the portal of its head. One run that passed may be the first of
 * several, so they are given some time to begin.
 */
export async function seeChange(
  context: StateContext,
  branch: string,
): Promise<ProposedChange | undefined> {
  const { services, remediation, signal } = context;
  const { host, repository } = await context.place();
  const found = await host.changes?.find(repository, branch, { signal });
  if (!found || found.state !== 'open' || found.checks !== 'unknown') {
    return found;
  }
  const { repositoryId } = remediation;
  const told = await services.checksOf(repositoryId, found.headCommit);
  const early = told === 'passed' && !hasSettled(context, found);
  return { ...found, checks: early ? 'pending' : told };
}

/** Whether checks let it be merged. Without checks only where the repository has no CI, after some time. */
export async function isGreen(
  context: StateContext,
  change: ProposedChange,
): Promise<boolean> {
  if (change.checks === 'passed') return true;
  if (change.checks !== 'none' || !hasSettled(context, change)) return false;
  const { services, remediation } = context;
  return !(await services.hasPipelines(remediation.repositoryId));
}

function hasSettled(
  { remediation, playbook, now }: StateContext,
  { openedAt }: ProposedChange,
): boolean {
  const from = openedAt ?? remediation.progress.effectAt;
  const { settleSeconds } = playbook.view.verification;
  return from !== null && after(new Date(from), settleSeconds) <= now;
}
