import { newestCommit, type Scenario } from './Scenario';

/** A branch with a pipeline that takes a minute, to watch or to cancel. */
export const slowBuild: Scenario = {
  title: 'pushes a branch with a pipeline that takes a minute',
  repository: 'payments/ledger',
  async play(copy, { now }) {
    const parent = await newestCommit(copy);
    const branch = `soak-${now.getTime()}`;
    const pushed = await copy.commit(parent, 'Soak for a minute', {
      '.ci/ci/soak.sh': [
        '#!/bin/sh',
        '# step: Warm up',
        'sleep 2',
        '# step: Soak',
        'for second in $(seq 60); do echo "second $second"; sleep 1; done',
        '',
      ].join('\n'),
    });
    await copy.push(pushed, branch);
    return { branch, commit: pushed, summary: `pushed the branch ${branch}` };
  },
};
