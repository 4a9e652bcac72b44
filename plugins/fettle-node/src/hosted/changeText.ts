import type { ChangeRequest } from '../contracts/ChangeProposer';

const TRAILER = /^Fettle-Plan: .+$/m;
const MERGED = 'Fettle-Merged: yes';
const CLOSED = '<!-- fettle-closed -->';

/**
 * The message of a change's commit. Its last lines say which plan it is and
 * what it is for, so that the change is found again without its host.
 *
 * @public
 */
export function commitMessage(
  request: Pick<ChangeRequest, 'title' | 'marker' | 'base'>,
): string {
  return `${request.title}\n\n${planLine(request.marker)}\nFettle-Base: ${
    request.base
  }\n`;
}

/**
 * The message of a merge that Fettle does.
 *
 * @public
 */
export function mergeMessage(branch: string): string {
  return `Merge ${branch}\n\n${MERGED}\n`;
}

/**
 * The description of a change, with its marker.
 *
 * @public
 */
export function changeBody({
  body,
  marker,
}: Pick<ChangeRequest, 'body' | 'marker'>): string {
  const line = `<!-- ${planLine(marker)} -->`;
  return body.includes(line) ? body : `${body}\n\n${line}\n`;
}

/**
 * The description of a change that Fettle closes.
 *
 * @public
 */
export function closedBody(body: string): string {
  return body.includes(CLOSED) ? body : `${body}\n${CLOSED}\n`;
}

export function isClosedByUs(body: string): boolean {
  return body.includes(CLOSED);
}

/**
 * Whether the commit is a merge that Fettle did.
 *
 * @public
 */
export function isMergedByUs(message: string): boolean {
  return message.split('\n').includes(MERGED);
}

/**
 * Whether a commit is one that Fettle made, and nobody since: its message says
 * for which plan, and Fettle wrote it.
 *
 * @public
 */
export function isOwnCommit(
  commit: { message: string; emails: readonly string[] },
  own: readonly string[],
): boolean {
  return (
    TRAILER.test(commit.message) &&
    commit.emails.every(email => own.includes(email))
  );
}

/**
 * The base that a commit of Fettle's names.
 *
 * @public
 */
export function baseOf(message: string): string | undefined {
  return /^Fettle-Base: (.+)$/m.exec(message)?.[1];
}

/**
 * A description with a marker by which what it describes is found again.
 *
 * @public
 */
export function withMarker(body: string, marker: string): string {
  return `${body}\n\n${commentOf(marker)}\n`;
}

/**
 * Whether a description has exactly this marker.
 *
 * @public
 */
export function hasMarker(body: string, marker: string): boolean {
  return body.includes(commentOf(marker));
}

function commentOf(marker: string): string {
  // What ends a comment would show what follows.
  return `<!-- ${marker.replace(/[<>\r\n]|--/g, ' ')} -->`;
}

function planLine(marker: string): string {
  return `Fettle-Plan: ${marker.replace(/^fettle-plan: /i, '')}`;
}
