import type { Subject } from '../../policies/subject/Subject';
import type { PlaybookStore } from '../../store/playbooks/PlaybookStore';
import type { SeeOptions } from './Trigger';

/** What is stored of a repository, unless it was read a moment ago; undefined where it is gone. */
export async function readSubject(
  store: Pick<PlaybookStore, 'subjects'>,
  repositoryId: string,
  { subject }: SeeOptions = {},
): Promise<Subject | undefined> {
  if (subject) return subject;
  const [found] = await store.subjects([repositoryId]);
  return found;
}
