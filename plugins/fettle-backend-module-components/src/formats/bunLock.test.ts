import { problemOf, readBriefly } from '../testing/readBriefly';
import { SHOP, SHOP_COMPONENTS } from '../testing/shop';

// As Bun 1.2 wrote it, without hashes.
const LOCK = `{
  "lockfileVersion": 1,
  "workspaces": {
    "": {
      "name": "shop",
      "dependencies": {
        "debug": "4.3.4",
        "old-ms": "npm:ms@2.0.0",
      },
      "devDependencies": {
        "is-odd": "^3.0.1",
      },
      "optionalDependencies": {
        "fsevents": "^2.3.3",
      },
    },
    "packages/web": {
      "name": "@shop/web",
      "version": "1.0.0",
      "dependencies": {
        "once": "^1.4.0",
      },
      "devDependencies": {
        "debug": "2.6.9",
      },
    },
  },
  "packages": {
    "@shop/web": ["@shop/web@workspace:packages/web"],
    "debug": ["debug@4.3.4", "", { "dependencies": { "ms": "2.1.2" } }, "sha512-x"],
    "fsevents": ["fsevents@2.3.3", "", { "os": "darwin" }, "sha512-x"],
    "is-number": ["is-number@6.0.0", "", {}, "sha512-x"],
    "is-odd": ["is-odd@3.0.1", "", { "dependencies": { "is-number": "^6.0.0" } }, "sha512-x"],
    "ms": ["ms@2.1.2", "", {}, "sha512-x"],
    "old-ms": ["ms@2.0.0", "", {}, "sha512-x"],
    "once": ["once@1.4.0", "", { "dependencies": { "wrappy": "1" } }, "sha512-x"],
    "wrappy": ["wrappy@1.0.2", "", {}, "sha512-x"],
    "@shop/web/debug": ["debug@2.6.9", "", { "dependencies": { "ms": "2.0.0" } }, "sha512-x"],
    "@shop/web/debug/ms": ["ms@2.0.0", "", {}, "sha512-x"],
  }
}
`;

it('reads what Bun wrote', async () => {
  expect(await readBriefly({ ...SHOP, 'bun.lock': LOCK })).toEqual(
    SHOP_COMPONENTS,
  );
});

it('does not take a package of the same scope for a nested one', async () => {
  const text = `{
  "lockfileVersion": 1,
  "workspaces": { "": { "dependencies": { "@s/core": "1" } } },
  "packages": {
    "@s/core": ["@s/core@1.0.0", "", { "dependencies": { "types": "^1" }, "peerDependencies": { "need": "1", "may": "1" }, "optionalPeers": ["may"] }, ""],
    "@s/types": ["@s/types@9.0.0", "", {}, ""],
    "may": ["may@1.0.0", "", {}, ""],
    "need": ["need@1.0.0", "", {}, ""],
    "types": ["types@1.0.0", "", {}, ""],
    "tar": ["tar@https://example.com/tar.tgz", {}],
  }
}`;
  expect(await readBriefly({ 'bun.lock': text })).toEqual([
    '!@s/core@1.0.0 (1) runtime',
    '?@s/types@9.0.0 unknown',
    '?may@1.0.0 unknown',
    '?tar@ unknown',
    '~need@1.0.0 runtime <- @s/core',
    '~types@1.0.0 runtime <- @s/core',
  ]);
});

it.each([
  ['{ "lockfileVersion": 7 }', /of version 7; 0 and 1 are read/],
  ['{\n"lockfileVersion": 1,\n"packages": ', /It is no JSON, in line 3/],
  ['', /It is no JSON, in line 1/],
])('says why it cannot read %j', async (text, said) => {
  expect(await problemOf('bun.lock', text)).toMatch(said);
});
