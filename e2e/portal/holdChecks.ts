import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { firstRun } from './firstRun';
import { pushFiles } from './pushFiles';
import type { TestPortal } from './TestPortal';

/**
 * Gives a repository's pipeline a job that waits, on branches of Fettle: so a
 * test says when the checks of a change pass.
 *
 * @returns lets them pass
 */
export async function holdChecks(
  portal: TestPortal,
  repository: string,
): Promise<() => void> {
  const word = join(
    portal.dataDir,
    `checks-of-${repository.replace('/', '-')}-may-pass`,
  );
  await pushFiles(portal, repository, 'Wait for the machine of the tests', {
    '.ci/ci/machine.sh': `#!/bin/sh
# step: Wait for the machine
case $CI_BRANCH in
fettle/*)
  until test -e '${word}'; do sleep 0.2; done
  ;;
esac
`,
  });
  await firstRun(portal, repository);
  return () => writeFileSync(word, '');
}
