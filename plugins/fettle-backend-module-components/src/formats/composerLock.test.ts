import { runScan } from 'backstage-plugin-fettle-node/testUtils';
import { componentsScanner } from '../componentsScanner';
import { problemOf, readBriefly } from '../testing/readBriefly';

const LOCK = JSON.stringify(
  {
    packages: [
      {
        ...{ name: 'a/b', version: 'v1.2.0', license: ['MIT', 'GPL-2.0-only'] },
        require: { php: '>=8.1', 'e/f': '^2' },
      },
      { name: 'e/f', version: '2.0.1', license: ['BSD-3-Clause'] },
    ],
    'packages-dev': [
      { name: 'c/d', version: 'dev-main', require: { 'e/f': '*' } },
    ],
  },
  null,
  4,
);
const MANIFEST = JSON.stringify({
  require: { php: '>=8.1', 'ext-json': '*', 'a/b': '^1.0' },
  'require-dev': { 'c/d': 'dev-main' },
});

it('reads what is locked, and what is direct from the manifest', async () => {
  expect(
    await readBriefly({ 'composer.lock': LOCK, 'composer.json': MANIFEST }),
  ).toEqual([
    '!a/b@1.2.0 (^1.0) runtime',
    '!c/d@ (dev-main) development',
    '~e/f@2.0.1 runtime <- a/b',
  ]);
  expect(await readBriefly({ 'composer.lock': LOCK })).toEqual([
    '?a/b@1.2.0 runtime',
    '?c/d@ development',
    '?e/f@2.0.1 runtime',
  ]);
});

it('tells licences, lines and addresses', async () => {
  const { components } = await runScan(componentsScanner, {
    'composer.lock': LOCK,
  });
  expect(components![0]).toMatchObject({
    ...{ licence: 'MIT OR GPL-2.0-only', line: 4 },
    purl: 'pkg:composer/a/b@1.2.0',
  });
});

it('reads the manifest where there is no lockfile', async () => {
  expect(await readBriefly({ 'composer.json': MANIFEST })).toEqual([
    '!a/b@ (^1.0) runtime',
    '!c/d@ (dev-main) development',
  ]);
});

it.each([
  ['{}', /no list of packages/],
  ['{"packages":[{}]}', /without a name/],
])('says why it cannot read %s', async (text, said) => {
  expect(await problemOf('composer.lock', text)).toMatch(said);
});
