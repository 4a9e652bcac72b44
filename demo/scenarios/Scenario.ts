import type { DemoComponent } from '../DemoRepository';
import type { WorkingCopy } from './WorkingCopy';

/** When it happens, and to what. */
export interface Setting {
  now: Date;
  /** The first of those that the repository backs. */
  component?: DemoComponent;
}

/** What a scenario pushed. */
export interface Played {
  branch: string;
  commit: string;
  /** For people: what happened. */
  summary: string;
}

/** Something that happens to a repository in real life. */
export interface Scenario {
  title: string;
  /** The repository that shows it best. */
  repository: string;
  /** Throws where it makes no sense, with the reason. */
  play(copy: WorkingCopy, setting: Setting): Promise<Played>;
}

/** The newest commit of the branch to work on; throws if there is none. */
export async function newestCommit(copy: WorkingCopy): Promise<string> {
  const commit = await copy.commitOf(copy.branch);
  if (!commit) {
    throw new Error('The repository has no commit yet; play `commit` first.');
  }
  return commit;
}
