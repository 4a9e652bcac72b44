import { runScan } from 'backstage-plugin-fettle-node/testUtils';
import { componentsScanner } from '../componentsScanner';
import { readBriefly } from '../testing/readBriefly';

const WORKFLOW = `on: push
jobs:
  call:
    uses: example/shared/.github/workflows/release.yml@v2
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - name: Pinned
        uses: a/b/sub@0123456789012345678901234567890123456789 # v3.1.0 for now
      - {name: x}
      - "uses": 'c/d@main'
      # - uses: not/this@v1
      - uses: ./.github/actions/ours
      - uses: docker://ghcr.io/e/f:1.2
      - uses: g/h@\${{ matrix.version }}
      - run: echo "uses the force"
`;

it.each([
  '.github/workflows/ci.yml',
  '.gitea/workflows/ci.yaml',
  '.forgejo/workflows/deep/ci.yml',
  'tools/setup/action.yml',
])('reads what is used by %s', async path => {
  expect(await readBriefly({ [path]: WORKFLOW })).toEqual([
    '!a/b@0123456789012345678901234567890123456789 (v3.1.0) development',
    '!actions/checkout@v4 development',
    '!c/d@main development',
    '!example/shared@v2 development',
    '!ghcr.io/e/f@1.2 development',
  ]);
});

it('reads the image of an action, and has addresses and lines', async () => {
  const { components } = await runScan(componentsScanner, {
    'action.yml': 'runs:\n  using: docker\n  image: docker://alpine:3.20\n',
    '.github/workflows/ci.yml': WORKFLOW,
  });
  expect(
    components!.map(({ purl, line }) => `${purl} ${line}`).slice(1, 3),
  ).toEqual([
    'pkg:githubactions/actions/checkout@v4 8',
    'pkg:githubactions/a/b@0123456789012345678901234567890123456789 10',
  ]);
  expect(components!.at(-1)).toMatchObject({
    ...{ ecosystem: 'docker', name: 'alpine', version: '3.20', line: 3 },
  });
});

it('reads nothing where workflows are not', async () => {
  expect(await readBriefly({ 'docs/ci.yml': WORKFLOW })).toEqual([]);
});
