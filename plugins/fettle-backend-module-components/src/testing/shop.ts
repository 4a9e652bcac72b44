/** A small repository with a workspace, an alias, and one package in two versions. */
export const SHOP = {
  'package.json': JSON.stringify({
    name: 'shop',
    workspaces: ['packages/*'],
    dependencies: { debug: '4.3.4', 'old-ms': 'npm:ms@2.0.0' },
    devDependencies: { 'is-odd': '^3.0.1' },
    optionalDependencies: { fsevents: '^2.3.3' },
  }),
  'packages/web/package.json': JSON.stringify({
    name: '@shop/web',
    dependencies: { once: '^1.4.0' },
    devDependencies: { debug: '2.6.9' },
  }),
};

/** What each tool locked for it, as `npm ls --all` tells it: every lockfile must come to the same. */
export const SHOP_COMPONENTS = [
  '!debug@2.6.9 (2.6.9) development',
  '!debug@4.3.4 (4.3.4) runtime',
  '!fsevents@2.3.3 (^2.3.3) optional',
  '!is-odd@3.0.1 (^3.0.1) development',
  '!ms@2.0.0 (npm:ms@2.0.0) runtime',
  '!once@1.4.0 (^1.4.0) runtime',
  '~is-number@6.0.0 development <- is-odd',
  '~ms@2.1.2 runtime <- debug',
  '~wrappy@1.0.2 runtime <- once',
];
