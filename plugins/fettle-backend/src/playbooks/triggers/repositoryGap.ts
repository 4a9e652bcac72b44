import type { Reason } from 'backstage-plugin-fettle-common';
import type { Subject } from '../../policies/subject/Subject';

/** What is seen of a repository that is not there. */
export function goneRepository(id: string) {
  const gap: Reason = {
    code: 'no-repository',
    message: `There is no repository '${id}' any more.`,
    action: 'See whether the catalog or a source still names it.',
  };
  return { gap, commit: null, readAt: null };
}

/** Why what is stored of a repository may not be how it is. */
export function readingGap({
  name,
  state,
  collectedAt,
}: Pick<Subject, 'name' | 'state' | 'collectedAt'>): Reason | null {
  if (collectedAt !== null && state !== 'failing') return null;
  return {
    code: collectedAt === null ? 'never-read' : 'reading-failed',
    message:
      collectedAt === null
        ? `${name} was never read.`
        : `The last reading of ${name} failed.`,
    action: 'See on its page why; it is read again by itself.',
  };
}
