import { firstRun } from './firstRun';
import { pushFiles } from './pushFiles';
import type { TestPortal } from './TestPortal';

/** Gives a repository a pipeline that the CI runs: where one is only defined, nobody knows how a change does. */
export async function addPipeline(
  portal: TestPortal,
  repository: string,
): Promise<void> {
  await pushFiles(portal, repository, 'Check it with every change', {
    '.ci/ci/check.sh': '#!/bin/sh\n# step: Read it\ntest -r README.md\n',
  });
  await firstRun(portal, repository);
}
