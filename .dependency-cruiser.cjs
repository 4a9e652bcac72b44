// One direction between packages:
//   common <- node <- backend, modules <- packages/backend
//   common <- react <- fettle <- packages/app
const plugin = name => `^plugins/${name}/`;
const OURS = '^(plugins|packages)/';
// What only tests use may stand on anything that its package declares.
const TESTING =
  '\\.test\\.tsx?$|\\.testing\\.tsx?$|/testing/|/testUtils|/setupTests|/test[A-Z]\\w+\\.tsx?$';

const MAY_USE = {
  'fettle-common': [],
  'fettle-node': ['fettle-common'],
  'fettle-backend': ['fettle-common', 'fettle-node'],
  'fettle-react': ['fettle-common'],
  fettle: ['fettle-common', 'fettle-react'],
};

const direction = Object.entries(MAY_USE).map(([name, used]) => ({
  name: `${name}-uses-only-${used.join('-and-') || 'itself'}`,
  severity: 'error',
  from: { path: plugin(name), pathNot: TESTING },
  to: { path: OURS, pathNot: [name, ...used].map(plugin) },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...direction,
    {
      name: 'a-module-uses-only-common-and-node',
      comment: 'Above all never another module.',
      severity: 'error',
      from: { path: '^plugins/(fettle-backend-module-[^/]+)/' },
      to: {
        path: OURS,
        pathNot: [
          '^plugins/$1/',
          plugin('fettle-common'),
          plugin('fettle-node'),
        ],
      },
    },
    {
      name: 'no-test-code-in-what-is-shipped',
      severity: 'error',
      from: { path: OURS, pathNot: TESTING },
      to: { path: TESTING, pathNot: 'node_modules' },
    },
    {
      name: 'backend-and-frontend-stay-apart',
      severity: 'error',
      from: { path: '^packages/(app|backend)/' },
      to: {
        path: OURS,
        pathNot: ['^packages/$1/', plugin('fettle[^/]*')],
      },
    },
    {
      name: 'only-through-the-front-door',
      comment: 'Another package is entered by what its package.json exports.',
      severity: 'error',
      from: { path: '^(?:plugins|packages)/([^/]+)/' },
      to: {
        path: '^plugins/',
        pathNot: [
          '^plugins/$1/',
          '^plugins/[^/]+/src/(index|testUtils|legacy)\\.ts$',
        ],
      },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-undeclared-imports',
      severity: 'error',
      from: { path: OURS },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-development-dependency-in-what-is-shipped',
      severity: 'error',
      from: {
        path: OURS,
        pathNot: [TESTING, '^plugins/[^/]+/(migrations|\\.eslintrc)'],
      },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only', 'npm-peer'],
        path: 'node_modules',
      },
    },
    {
      name: 'no-import-that-leads-nowhere',
      severity: 'error',
      from: { path: OURS },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', 'dist'] },
    exclude: { path: ['/dist/', '/coverage/', '\\.eslintrc\\.js$'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['main', 'types'],
    },
  },
};
