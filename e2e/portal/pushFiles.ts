import { repositoryPath } from '../../demo/buildFleet';
import { WorkingCopy } from '../../demo/scenarios/WorkingCopy';
import type { TestPortal } from './TestPortal';

/** Pushes one commit to the default branch, as a person would. */
export async function pushFiles(
  portal: TestPortal,
  repository: string,
  subject: string,
  files: Record<string, string>,
): Promise<void> {
  const remote = repositoryPath(portal.demoDir, repository);
  await WorkingCopy.use(remote, 'elif', new Date(), async copy => {
    const parent = await copy.commitOf(copy.branch);
    await copy.push(await copy.commit(parent, subject, files), copy.branch);
  });
}
