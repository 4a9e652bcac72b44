import { problemOf, readBriefly } from '../testing/readBriefly';
import { SHOP, SHOP_COMPONENTS } from '../testing/shop';

// As pnpm 7, 8 and 9 wrote them, without hashes and engines.
const VERSION_5 = `lockfileVersion: 5.4

importers:

  .:
    specifiers:
      debug: 4.3.4
      fsevents: ^2.3.3
      is-odd: ^3.0.1
      old-ms: npm:ms@2.0.0
    dependencies:
      debug: 4.3.4
      old-ms: /ms/2.0.0
    optionalDependencies:
      fsevents: 2.3.3
    devDependencies:
      is-odd: 3.0.1

  packages/web:
    specifiers:
      debug: 2.6.9
      once: ^1.4.0
    dependencies:
      once: 1.4.0
    devDependencies:
      debug: 2.6.9

packages:

  /debug/2.6.9:
    dependencies:
      ms: 2.0.0
    dev: true

  /debug/4.3.4:
    dependencies:
      ms: 2.1.2
    dev: false

  /fsevents/2.3.3:
    dev: false
    optional: true

  /is-number/6.0.0:
    dev: true

  /is-odd/3.0.1:
    dependencies:
      is-number: 6.0.0
    dev: true

  /ms/2.0.0:

  /ms/2.1.2:
    dev: false

  /once/1.4.0:
    dependencies:
      wrappy: 1.0.2
    dev: false

  /wrappy/1.0.2:
    dev: false
`;
const VERSION_6 = `lockfileVersion: '6.0'

settings:
  autoInstallPeers: true
  excludeLinksFromLockfile: false

importers:

  .:
    dependencies:
      debug:
        specifier: 4.3.4
        version: 4.3.4
      old-ms:
        specifier: npm:ms@2.0.0
        version: /ms@2.0.0
    optionalDependencies:
      fsevents:
        specifier: ^2.3.3
        version: 2.3.3
    devDependencies:
      is-odd:
        specifier: ^3.0.1
        version: 3.0.1

  packages/web:
    dependencies:
      once:
        specifier: ^1.4.0
        version: 1.4.0
    devDependencies:
      debug:
        specifier: 2.6.9
        version: 2.6.9

packages:

  /debug@2.6.9:
    dependencies:
      ms: 2.0.0
    dev: true

  /debug@4.3.4:
    dependencies:
      ms: 2.1.2
    dev: false

  /fsevents@2.3.3:
    dev: false
    optional: true

  /is-number@6.0.0:
    dev: true

  /is-odd@3.0.1:
    dependencies:
      is-number: 6.0.0
    dev: true

  /ms@2.0.0:

  /ms@2.1.2:
    dev: false

  /once@1.4.0:
    dependencies:
      wrappy: 1.0.2
    dev: false

  /wrappy@1.0.2:
    dev: false
`;
const VERSION_9 = `lockfileVersion: '9.0'

settings:
  autoInstallPeers: true
  excludeLinksFromLockfile: false

importers:

  .:
    dependencies:
      debug:
        specifier: 4.3.4
        version: 4.3.4
      old-ms:
        specifier: npm:ms@2.0.0
        version: ms@2.0.0
    optionalDependencies:
      fsevents:
        specifier: ^2.3.3
        version: 2.3.3
    devDependencies:
      is-odd:
        specifier: ^3.0.1
        version: 3.0.1

  packages/web:
    dependencies:
      once:
        specifier: ^1.4.0
        version: 1.4.0
    devDependencies:
      debug:
        specifier: 2.6.9
        version: 2.6.9

packages:

  debug@2.6.9:

  debug@4.3.4:

  fsevents@2.3.3:

  is-number@6.0.0:

  is-odd@3.0.1:

  ms@2.0.0:

  ms@2.1.2:

  once@1.4.0:

  wrappy@1.0.2:

snapshots:

  debug@2.6.9:
    dependencies:
      ms: 2.0.0

  debug@4.3.4:
    dependencies:
      ms: 2.1.2

  fsevents@2.3.3:
    optional: true

  is-number@6.0.0: {}

  is-odd@3.0.1:
    dependencies:
      is-number: 6.0.0

  ms@2.0.0: {}

  ms@2.1.2: {}

  once@1.4.0:
    dependencies:
      wrappy: 1.0.2

  wrappy@1.0.2: {}
`;

it.each([
  ['5.4', VERSION_5],
  ['6.0', VERSION_6],
  ['9.0', VERSION_9],
])('reads what pnpm wrote in version %s', async (_, text) => {
  expect(await readBriefly({ ...SHOP, 'pnpm-lock.yaml': text })).toEqual(
    SHOP_COMPONENTS,
  );
});

it.each([
  [
    '5.4',
    `lockfileVersion: 5.4
specifiers: { '@s/b': ^2.0.0 }
dependencies: { '@s/b': 2.10.0_a@1.10.0 }
packages:
  /a/1.10.0: { dev: false }
  /@s/b/2.10.0_a@1.10.0: { peerDependencies: { a: '*' }, dependencies: { a: 1.10.0 } }
`,
  ],
  [
    '9.0',
    `lockfileVersion: '9.0'
importers:
  .:
    dependencies: { '@s/b': { specifier: ^2.0.0, version: 2.10.0(a@1.10.0(x@1.0.0)) } }
packages:
  a@1.10.0: {}
  '@s/b@2.10.0': {}
snapshots:
  a@1.10.0(x@1.0.0): {}
  '@s/b@2.10.0(a@1.10.0(x@1.0.0))': { dependencies: { a: 1.10.0(x@1.0.0) } }
`,
  ],
])('takes peers for no part of a version in version %s', async (_, text) => {
  expect(await readBriefly({ 'pnpm-lock.yaml': text })).toEqual([
    '!@s/b@2.10.0 (^2.0.0) runtime',
    '~a@1.10.0 runtime <- @s/b',
  ]);
});

it('knows what comes from elsewhere, and leaves out what is linked', async () => {
  const text = `lockfileVersion: '6.0'
dependencies:
  ours: { specifier: 'workspace:*', version: 'link:../ours' }
  forked: { specifier: 'github:x/forked', version: github.com/x/forked/0123456 }
packages:
  github.com/x/forked/0123456: { name: forked, version: 1.2.3 }
`;
  expect(await readBriefly({ 'pnpm-lock.yaml': text })).toEqual([
    '!forked@1.2.3 (github:x/forked) runtime',
  ]);
});

it.each([
  ["lockfileVersion: '12.0'", /of version 12.0; 5 to 9 are read/],
  ['packages: {}', /of version undefined/],
  ['lockfileVersion: 9\na: &a [x]\nb: [*a, *a]', /anchors of YAML/],
  ['lockfileVersion: 9\n  a: b\nc', /It is no YAML, in line 2/],
  ['- a\n', /It holds no mapping/],
  [`a: ${'['.repeat(20_000)}`, /It is no YAML/],
])('says why it cannot read %.40j', async (text, said) => {
  expect(await problemOf('pnpm-lock.yaml', text)).toMatch(said);
});
