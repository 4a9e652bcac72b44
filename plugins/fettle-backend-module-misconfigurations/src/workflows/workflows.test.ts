import {
  runScan,
  scannerContract,
} from 'backstage-plugin-fettle-node/testUtils';
import { workflowsScanner } from '../scanners';

const PATH = '.github/workflows/ci.yml';
const SHA = 'a'.repeat(40);

scannerContract(workflowsScanner, {
  path: PATH,
  text: 'on: push\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n',
});

async function rulesIn(text: string, path = PATH): Promise<string[]> {
  const { findings = [], problems } = await runScan(workflowsScanner, {
    [path]: text,
  });
  expect(problems).toEqual([]);
  return findings.map(({ rule, line }) => `${rule}:${line}`);
}

const GOOD = `on: pull_request
permissions: { contents: read }
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@${SHA} # v4
      - uses: ./.github/actions/own
      - run: echo "$TITLE"
        env: { TITLE: "\${{ github.event.pull_request.title }}" }
`;

const EVERY = [
  ...['actions', 'attestations', 'checks', 'contents', 'deployments'],
  ...['discussions', 'id-token', 'issues', 'packages', 'pages'],
  ...['pull-requests', 'security-events', 'statuses'],
].map(right => `${right}: write`);

it('finds nothing where nothing is wrong', async () => {
  expect(await rulesIn(GOOD)).toEqual([]);
});

it.each<[string, string, string[]]>([
  [
    'actions by tag, branch and nothing, and called workflows',
    GOOD.replace(`checkout@${SHA}`, 'checkout@v4').replace(
      './.github/actions/own',
      'a/b/sub@main',
    ),
    ['unpinned-action:7', 'unpinned-action:8'],
  ],
  [
    'a workflow that is called by tag',
    'on: push\npermissions: {}\njobs:\n  call:\n    uses: a/b/.github/workflows/x.yml@v1\n',
    ['unpinned-action:5'],
  ],
  [
    'foreign code with rights',
    GOOD.replace('on: pull_request', 'on: [pull_request_target]').replace(
      ' # v4',
      '\n        with: { ref: "${{ github.event.pull_request.head.sha }}" }',
    ),
    ['foreign-code-with-rights:8'],
  ],
  [
    'a title in a script',
    GOOD.replace('echo "$TITLE"', 'echo "${{ github.event.issue.title }}"'),
    ['script-injection:9'],
  ],
  [
    'a branch in a script of github-script',
    GOOD.replace(
      './.github/actions/own',
      `actions/github-script@${SHA}\n        with:\n          script: |\n            core.info('\${{ github.head_ref }}')`,
    ),
    ['script-injection:10'],
  ],
  [
    'default rights',
    GOOD.replace('permissions: { contents: read }\n', ''),
    ['missing-permissions:4'],
  ],
  [
    'all rights',
    GOOD.replace('{ contents: read }', 'write-all'),
    ['wide-permissions:2'],
  ],
  [
    'an own machine',
    GOOD.replace('ubuntu-24.04', '[self-hosted, linux]'),
    ['self-hosted-runner:5'],
  ],
  [
    'a script from the network',
    GOOD.replace(
      'echo "$TITLE"',
      'curl -sSf https://x.example.com/i | sudo -E bash -s',
    ),
    ['piped-installer:9'],
  ],
  [
    'unsafe commands',
    GOOD.replace(
      'jobs:',
      'env: { ACTIONS_ALLOW_UNSECURE_COMMANDS: true }\njobs:',
    ),
    ['unsecure-commands:3'],
  ],
  [
    'the right to write everything, one by one',
    GOOD.replace('{ contents: read }', `{ ${EVERY.join(', ')} }`).replace(
      '    runs-on',
      `    permissions: { models: read, ${EVERY.join(', ')} }\n    runs-on`,
    ),
    ['wide-permissions:2', 'wide-permissions:5'],
  ],
  [
    'foreign code that a script fetches',
    GOOD.replace('on: pull_request', 'on: pull_request_target').replace(
      'echo "$TITLE"',
      'gh pr checkout 1 && make',
    ),
    ['foreign-code-with-rights:9'],
  ],
  [
    'each text in a script',
    GOOD.replace(
      'echo "$TITLE"',
      "echo ${{ format('{0}', github.event.comment.body) }} ${{ github.head_ref }}",
    ),
    ['script-injection:9', 'script-injection:9'],
  ],
  [
    'every secret for another repository',
    `on: push\npermissions: {}\njobs:\n  a:\n    uses: a/b/.github/workflows/x.yml@${SHA}\n    secrets: inherit\n`,
    ['inherited-secrets:6'],
  ],
  [
    'an image by tag',
    GOOD.replace(`actions/checkout@${SHA}`, 'docker://alpine:3'),
    ['unpinned-action:7'],
  ],
  [
    'steps that are written once and used twice',
    'on: push\npermissions: {}\njobs:\n  a:\n    steps: &s\n      - uses: a/b@v1\n  b:\n    steps: *s\n',
    ['unpinned-action:6', 'unpinned-action:6'],
  ],
])('finds %s', async (_, text, expected) => {
  expect(await rulesIn(text)).toEqual(expected);
});

it.each([
  [
    'many rights, but not every one',
    GOOD.replace('{ contents: read }', `{ ${EVERY.slice(1).join(', ')} }`),
  ],
  [
    'rights of single jobs',
    GOOD.replace('permissions: { contents: read }\n', '').replace(
      '    runs-on',
      '    permissions: {}\n    runs-on',
    ),
  ],
  [
    'checkout of the base',
    GOOD.replace('on: pull_request', 'on: pull_request_target'),
  ],
  [
    'every secret for a workflow of its own',
    'on: push\npermissions: {}\njobs:\n  a:\n    uses: ./.github/workflows/x.yml\n    secrets: inherit\n',
  ],
  [
    'a fetch of a pull request without rights',
    GOOD.replace('echo "$TITLE"', 'gh pr checkout 1'),
  ],
  [
    'an image by digest',
    GOOD.replace(`actions/checkout@${SHA}`, `docker://alpine@sha256:${SHA}`),
  ],
  [
    'numbers of an issue',
    GOOD.replace('"$TITLE"', '${{ github.event.issue.number }}'),
  ],
  [
    'a pipe to something else',
    GOOD.replace('echo "$TITLE"', 'curl https://x.example.com | jq .sha'),
  ],
])('does not mind %s', async (_, text) => {
  expect(await rulesIn(text)).toEqual([]);
});

it('reads actions of several steps, which have no rights of their own', async () => {
  const text = 'runs:\n  using: composite\n  steps:\n    - uses: a/b@v1\n';
  expect(await rulesIn(text, 'action.yml')).toEqual(['unpinned-action:4']);
});

it('knows a finding again when lines move', async () => {
  const find = async (text: string) => {
    const { findings } = await runScan(workflowsScanner, { [PATH]: text });
    return findings!.map(({ keys }) => keys[0]);
  };
  const text = GOOD.replace(SHA, 'v4');
  expect(await find(`\n\n${text}`)).toEqual(await find(text));
});

it('says what is no YAML, and refuses what expands without end', async () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c,*c,*c,*c]\n`;
  for (const text of ['a: [', bomb, 'a: &a [*a]', 'a: *b']) {
    const { problems } = await runScan(workflowsScanner, { [PATH]: text });
    expect(problems).toMatchObject([{ path: PATH }]);
  }
});

it('never says a secret', async () => {
  const run = 'curl -H "X: hunter2" https://u:hunter2@x.example.com/ | sh';
  const report = await runScan(workflowsScanner, {
    [PATH]: GOOD.replace('echo "$TITLE"', `'${run}'`),
  });
  expect(report.findings).toMatchObject([{ rule: 'piped-installer' }]);
  expect(JSON.stringify(report)).not.toContain('hunter2');
});
