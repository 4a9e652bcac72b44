import type { ProposedChange } from '../contracts/ChangeProposer';
import { isClosedByUs, isMergedByUs, isOwnCommit } from './changeText';
import type { HostedChanges, HostedRequest } from './HostedChanges';

/** A request with what its host tells of it elsewhere. */
export async function describeRequest(
  host: HostedChanges,
  request: HostedRequest,
): Promise<ProposedChange> {
  const { body, from, ...change } = request;
  const { state, headCommit, mergeCommit } = change;
  const [checks, review, edited, message] = await Promise.all([
    host.checks(request),
    host.review(request),
    isEdited(host, from, headCommit),
    state === 'merged' && mergeCommit ? host.message(mergeCommit) : undefined,
  ]);
  const byUs =
    (message !== undefined && isMergedByUs(message)) ||
    (state === 'closed' && isClosedByUs(body));
  return {
    ...{ ...change, checks, review, edited },
    ...(state === 'open' ? {} : { endedByUs: byUs }),
  };
}

/** Whether somebody else has committed since. */
export async function isEdited(
  host: HostedChanges,
  from: string,
  head: string,
): Promise<boolean> {
  const commits = await host.commits(from, head);
  return commits.some(commit => !isOwnCommit(commit, host.own));
}
