import { randomBytes } from 'node:crypto';
import type { Expected } from './Fault';
import { fileKinds } from './fileKinds';
import { CHECK } from './healthyFiles';
import { holds, Injection, proposedBranch } from './Injection';
import type { Outside } from './Outside';

/** Every kind of fault that is injected; a new one is a function here. */
const KINDS: ((into: Injection) => Promise<void>)[] = [
  ...[wrongFiles, mergedBranches, staleBranches],
  ...[brokenBuilds, chanceFailures, lastingFailures, unknownFailures, secrets],
  ...[refusedFix, movingRepository, closedFix],
];

/** Makes real repositories, and much that is wrong in them. */
export async function injectFaults(
  root: string,
  outside: Outside,
): Promise<Injection> {
  const injection = new Injection(root, outside);
  for (const inject of KINDS) await inject(injection);
  return injection;
}

async function wrongFiles(into: Injection) {
  for (const [i, { repositories, kinds }] of fileKinds(
    into.outside,
  ).entries()) {
    for (let n = 1; n <= repositories; n += 1) {
      const name = `files-${i + 1}-${n}`;
      const { repository } = await into.make(
        name,
        Object.assign({}, ...kinds.map(one => one.broken(name))),
        Object.assign({}, ...kinds.map(one => one.right(name))),
      );
      for (const { kind, playbook, right } of kinds) {
        into.faults.push({
          kind,
          playbook,
          repository,
          curable: true,
          isRight: () => holds(repository, right(name)),
        });
      }
    }
  }
}

/** One is of a release that is merged, and is to stay. */
async function mergedBranches(into: Injection) {
  const own = await into.make('merged', {});
  const { repository, branches } = own;
  branches.push('release/1.0');
  const old = await commit(own, { 'old.txt': 'Old\n' }, 200);
  for (const name of ['release/1.0', 'topic-1', 'topic-2', 'topic-3']) {
    await repository.branch(name, old);
    if (branches.includes(name)) continue;
    into.faults.push({
      kind: 'merged branch left over',
      playbook: 'delete-merged-branches',
      repository,
      curable: true,
      isRight: async () => !(await repository.branches()).has(name),
    });
  }
}

/** One is not stale yet, and is to stay. */
async function staleBranches(into: Injection) {
  const { repository, branches } = await into.make('stale', {});
  branches.push('fresh');
  for (const name of ['fresh', 'old-1', 'old-2', 'old-3']) {
    await repository.commit(
      'Begin something',
      { 'topic.txt': `${name}\n` },
      { branch: name, daysAgo: branches.includes(name) ? 3 : 150 },
    );
    if (branches.includes(name)) continue;
    into.faults.push({
      kind: 'stale branch',
      playbook: 'delete-merged-branches',
      repository,
      curable: true,
      isRight: async () => !(await repository.branches()).has(name),
    });
  }
}

async function brokenBuilds(into: Injection) {
  for (const n of [1, 2, 3]) {
    const passes = 'exit 0\n';
    const own = await into.make(`broken-${n}`, { [CHECK]: passes });
    const { repository, commits } = own;
    into.later(async (ci, signal) => {
      await ci.quiet(signal);
      commits.push(
        await repository.commit('Break it', {
          [CHECK]: 'echo "AssertionError: 1 is not 2"\nexit 1\n',
          'new.txt': 'New\n',
        }),
      );
    });
    into.faults.push({
      kind: 'commit that broke the default branch',
      playbook: 'revert-breaking-commit',
      repository,
      curable: true,
      isRight: async ci =>
        commits.length > 1 &&
        (await holds(repository, { [CHECK]: passes })) &&
        ci.lastRun(repository)?.about.commit === (await repository.head()) &&
        ci.lastRun(repository)?.state === 'success',
    });
  }
}

async function chanceFailures(into: Injection) {
  for (const n of [1, 2, 3]) {
    const { repository } = await into.make(`chance-${n}`, {
      [CHECK]: `if [ "$CI_BRANCH" = main ] && [ "$CI_ATTEMPT" = 1 ]; then
  echo "curl: (6) Could not resolve host: packages.example.com"
  exit 6
fi
`,
    });
    into.faults.push({
      kind: 'run that failed by chance',
      playbook: 'rerun-transient-failures',
      repository,
      curable: true,
      isRight: async ci => {
        const run = ci.lastRun(repository);
        return run?.about.attempt === 2 && run.state === 'success';
      },
    });
  }
}

/** Looks like chance, and is not: to run it again does not help. */
async function lastingFailures(into: Injection) {
  for (const n of [1, 2]) {
    const { repository } = await into.make(`lasting-${n}`, {
      [CHECK]:
        'echo "curl: (6) Could not resolve host: gone.example.com"\nexit 6\n',
    });
    into.faults.push({
      kind: 'run that fails again and again',
      playbook: 'rerun-transient-failures',
      repository,
      curable: false,
      isRight: async ci => ci.lastRun(repository)?.state === 'success',
    });
  }
}

async function unknownFailures(into: Injection) {
  for (const n of [1, 2]) {
    const { repository } = await into.make(`unknown-${n}`, {
      [CHECK]: 'echo "It did not work out."\nexit 3\n',
    });
    into.faults.push({
      kind: 'run that failed nobody knows why',
      playbook: 'ask-about-failures',
      repository,
      curable: false,
      isRight: async ci => ci.lastRun(repository)?.state === 'success',
    });
  }
}

async function secrets(into: Injection) {
  for (const n of [1, 2]) {
    // Made here, so that none stands in this repository.
    const letters = randomBytes(60).toString('base64').replace(/\W/g, '');
    const secret = `ghp_${letters.slice(0, 36)}`;
    const { repository } = await into.make(`secret-${n}`, {
      'deploy.sh': `TOKEN=${secret}\n`,
    });
    into.faults.push({
      kind: 'secret',
      playbook: 'ask-about-secrets',
      repository,
      curable: false,
      isRight: async () => {
        const files = Object.values(await repository.files());
        return files.every(content => !content.includes(secret));
      },
    });
  }
}

async function refusedFix(into: Injection) {
  const own = await into.make('refused', {});
  const { repository } = own;
  into.later(async (ci, signal) => {
    await ci.quiet(signal);
    await commit(own, { LICENSE: null, [CHECK]: 'test ! -f LICENSE\n' });
  });
  into.faults.push({
    kind: 'fix that the build refuses',
    playbook: 'add-licence',
    repository,
    curable: false,
    isRight: async () => 'LICENSE' in (await repository.files()),
  });
}

async function movingRepository(into: Injection) {
  const own = await into.make('moves', {});
  const { repository } = own;
  const licence = own.files.LICENSE;
  into.later(async (ci, signal) => {
    await ci.quiet(signal);
    await commit(own, { LICENSE: null, [CHECK]: 'sleep 3\n' });
    own.files.LICENSE = licence;
    await proposedBranch(repository, signal);
    await commit(own, { 'moved.txt': 'Moved\n' });
  });
  into.faults.push({
    kind: 'missing licence, and the repository moves',
    playbook: 'add-licence',
    repository,
    curable: true,
    isRight: () => holds(repository, { ...own.files, LICENSE: licence }),
  });
}

async function closedFix(into: Injection) {
  const own = await into.make('closed', {});
  const { repository } = own;
  into.later(async (ci, signal) => {
    await ci.quiet(signal);
    await commit(own, { CODEOWNERS: null, [CHECK]: 'sleep 5\n' });
    const branch = await proposedBranch(repository, signal);
    if (branch) await repository.deleteBranch(branch);
  });
  into.faults.push({
    kind: 'fix that a person closes',
    playbook: 'add-codeowners',
    repository,
    curable: false,
    isRight: async () => 'CODEOWNERS' in (await repository.files()),
  });
}

/** Someone commits what is to be there from now on. */
async function commit(
  { repository, commits, files }: Expected,
  changes: Record<string, string | null>,
  daysAgo = 0,
): Promise<string> {
  for (const [path, content] of Object.entries(changes)) {
    if (content === null) delete files[path];
    else files[path] = content;
  }
  const made = await repository.commit('Change it', changes, { daysAgo });
  commits.push(made);
  return made;
}
