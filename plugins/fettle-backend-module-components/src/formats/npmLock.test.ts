import { runScan } from 'backstage-plugin-fettle-node/testUtils';
import { componentsScanner } from '../componentsScanner';
import { problemOf, readBriefly } from '../testing/readBriefly';
import { SHOP, SHOP_COMPONENTS } from '../testing/shop';

// Both as npm 11 wrote them, without addresses and hashes.
const VERSION_1 = `{
  "name": "shop",
  "version": "1.0.0",
  "lockfileVersion": 1,
  "requires": true,
  "dependencies": {
    "@shop/web": {
      "version": "file:packages/web",
      "requires": {
        "debug": "2.6.9",
        "once": "^1.4.0"
      },
      "dependencies": {
        "debug": {
          "version": "2.6.9",
          "dev": true,
          "requires": {
            "ms": "2.0.0"
          }
        },
        "ms": {
          "version": "2.0.0",
          "dev": true
        }
      }
    },
    "debug": {
      "version": "4.3.4",
      "requires": {
        "ms": "2.1.2"
      }
    },
    "fsevents": {
      "version": "2.3.3",
      "optional": true
    },
    "is-number": {
      "version": "6.0.0",
      "dev": true
    },
    "is-odd": {
      "version": "3.0.1",
      "dev": true,
      "requires": {
        "is-number": "^6.0.0"
      }
    },
    "ms": {
      "version": "2.1.2"
    },
    "old-ms": {
      "version": "npm:ms@2.0.0"
    },
    "once": {
      "version": "1.4.0",
      "requires": {
        "wrappy": "1"
      }
    },
    "wrappy": {
      "version": "1.0.2"
    }
  }
}`;
const VERSION_3 = `{
  "name": "shop",
  "version": "1.0.0",
  "lockfileVersion": 3,
  "requires": true,
  "packages": {
    "": {
      "name": "shop",
      "version": "1.0.0",
      "workspaces": [
        "packages/*"
      ],
      "dependencies": {
        "debug": "4.3.4",
        "old-ms": "npm:ms@2.0.0"
      },
      "devDependencies": {
        "is-odd": "^3.0.1"
      },
      "optionalDependencies": {
        "fsevents": "^2.3.3"
      }
    },
    "node_modules/@shop/web": {
      "resolved": "packages/web",
      "link": true
    },
    "node_modules/debug": {
      "version": "4.3.4",
      "license": "MIT",
      "dependencies": {
        "ms": "2.1.2"
      },
      "peerDependenciesMeta": {
        "supports-color": {
          "optional": true
        }
      }
    },
    "node_modules/fsevents": {
      "version": "2.3.3",
      "license": "MIT",
      "optional": true
    },
    "node_modules/is-number": {
      "version": "6.0.0",
      "dev": true,
      "license": "MIT"
    },
    "node_modules/is-odd": {
      "version": "3.0.1",
      "dev": true,
      "license": "MIT",
      "dependencies": {
        "is-number": "^6.0.0"
      }
    },
    "node_modules/ms": {
      "version": "2.1.2",
      "license": "MIT"
    },
    "node_modules/old-ms": {
      "name": "ms",
      "version": "2.0.0",
      "license": "MIT"
    },
    "node_modules/once": {
      "version": "1.4.0",
      "license": "ISC",
      "dependencies": {
        "wrappy": "1"
      }
    },
    "node_modules/wrappy": {
      "version": "1.0.2",
      "license": "ISC"
    },
    "packages/web": {
      "name": "@shop/web",
      "version": "1.0.0",
      "dependencies": {
        "once": "^1.4.0"
      },
      "devDependencies": {
        "debug": "2.6.9"
      }
    },
    "packages/web/node_modules/debug": {
      "version": "2.6.9",
      "dev": true,
      "license": "MIT",
      "dependencies": {
        "ms": "2.0.0"
      }
    },
    "packages/web/node_modules/ms": {
      "version": "2.0.0",
      "dev": true,
      "license": "MIT"
    }
  }
}`;

const lockOf = (packages: object) =>
  JSON.stringify({ lockfileVersion: 3, packages });

const chainOf = (length: number) => {
  const packages: Record<string, object> = {
    '': { dependencies: { p0: '1' } },
  };
  for (let i = 0; i < length; i++) {
    packages[`node_modules/p${i}`] = {
      version: `1.0.${i}`,
      dependencies: { [`p${(i + 1) % length}`]: '1' },
    };
  }
  return packages;
};

it.each([
  ['1', VERSION_1],
  ['3', VERSION_3],
  [
    '2',
    JSON.stringify({
      ...JSON.parse(VERSION_3),
      lockfileVersion: 2,
      dependencies: JSON.parse(VERSION_1).dependencies,
    }),
  ],
])('reads what npm wrote in version %s', async (_, text) => {
  expect(await readBriefly({ ...SHOP, 'package-lock.json': text })).toEqual(
    SHOP_COMPONENTS,
  );
});

it('tells lines and licences', async () => {
  const { components } = await runScan(componentsScanner, {
    'a/npm-shrinkwrap.json': VERSION_3,
  });
  const wrappy = components!.find(({ name }) => name === 'wrappy')!;
  const line = VERSION_3.split('\n').findIndex(one =>
    one.includes('"node_modules/wrappy"'),
  );
  expect(wrappy).toEqual({
    ...{ ecosystem: 'npm', name: 'wrappy', version: '1.0.2' },
    ...{ purl: 'pkg:npm/wrappy@1.0.2', licence: 'ISC' },
    ...{ path: 'a/npm-shrinkwrap.json', line: line + 1 },
    ...{ direct: false, scope: 'runtime', chain: ['once'] },
  });
});

it('resolves as Node does, and follows the shortest way', async () => {
  const packages = {
    '': { dependencies: { a: '1', b: '1' }, devDependencies: { t: '1' } },
    'node_modules/a': { version: '1.0.0', dependencies: { c: '1' } },
    'node_modules/b': {
      ...{ version: '1.0.0', dependencies: { d: '1' } },
      ...{ optionalDependencies: { maybe: '1' } },
    },
    'node_modules/b/node_modules/c': { version: '1.9.0' },
    'node_modules/c': { version: '1.0.0', dependencies: { d: '1' } },
    'node_modules/d': { version: '1.0.0', dependencies: { c: '1' } },
    'node_modules/maybe': { version: '1.0.0', optional: true },
    'node_modules/t': {
      version: '1.0.0',
      dev: true,
      peerDependencies: { d: '1', absent: '1' },
    },
    'node_modules/stray': { version: '1.0.0', extraneous: true },
    'node_modules/linked': { resolved: 'packages/linked', link: true },
    'packages/linked': { version: '2.0.0', dependencies: { '@s/x': '*' } },
    'packages/linked/node_modules/@s/x': { version: '1.0.0' },
    'node_modules/from-git': {
      ...{ version: '3.0.0', resolved: 'git+ssh://git@example.com/x.git#1' },
    },
  };
  expect(await readBriefly({ 'package-lock.json': lockOf(packages) })).toEqual([
    '!@s/x@1.0.0 (*) runtime',
    '!a@1.0.0 (1) runtime',
    '!b@1.0.0 (1) runtime',
    '!t@1.0.0 (1) development',
    '?c@1.9.0 unknown',
    '?from-git@3.0.0 unknown',
    '?stray@1.0.0 unknown',
    '~c@1.0.0 runtime <- a',
    '~d@1.0.0 runtime <- b',
    '~maybe@1.0.0 optional <- b',
  ]);
});

it('ends in circles, and cuts long ways', async () => {
  const { components } = await runScan(componentsScanner, {
    'package-lock.json': lockOf(chainOf(60)),
  });
  const last = components!.find(({ name }) => name === 'p59')!;
  expect(last.chain).toEqual(Array.from({ length: 20 }, (_, i) => `p${i}`));
});

it('takes any name for what it is', async () => {
  const text = `{"lockfileVersion":3,"packages":{"":{"dependencies":{"__proto__":"1"}},
"node_modules/__proto__":{"version":"1.0.0","dependencies":{"constructor":"1"}},
"node_modules/constructor":{"version":"2.0.0"}}}`;
  expect(await readBriefly({ 'package-lock.json': text })).toEqual([
    '!__proto__@1.0.0 (1) runtime',
    '~constructor@2.0.0 runtime <- __proto__',
  ]);
});

it.each([
  ['{"lockfileVersion": 4}', /of version 4; 1 to 3 are read/],
  [VERSION_3.slice(0, 700), /It ends in the middle/],
  ['{\n"a": 1,\n]', /It is no JSON, in line 3/],
  ['[]', /It holds no object/],
  ['', /It is empty/],
  [
    lockOf({ [`node_modules/${'a/node_modules/'.repeat(400)}b`]: {} }),
    /nested too deep/,
  ],
  [
    `{"lockfileVersion":1${',"dependencies":{"a":{"version":"1"'.repeat(
      400,
    )}${'}}'.repeat(400)}}`,
    /nested too deep/,
  ],
  [lockOf({ [`node_modules/${'a'.repeat(600)}`]: {} }), /name .* too long/],
])('says why it cannot read %.30s', async (text, said) => {
  expect(await problemOf('package-lock.json', text)).toMatch(said);
});
