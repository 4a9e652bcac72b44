const { existsSync } = require('node:fs');
const { basename, join } = require('node:path');
const {
  createConfigForRole,
  createPackageConfig,
} = require('@backstage/cli/config/eslint-factory');

// A vendor's name in these packages means that something belongs into a module.
const NEUTRAL = [
  'fettle-common',
  'fettle-node',
  'fettle-backend',
  'fettle-react',
];
const VENDORS = ['github', 'gitlab', 'gitea', 'forgejo', 'bitbucket'];

const TESTING = [
  'src/testUtils/**',
  'src/**/testing/**',
  'src/**/*.testing.*',
  'src/**/test[A-Z]*.ts',
];

const NO_VENDORS = [
  'Identifier[name',
  'JSXIdentifier[name',
  'JSXText[value',
  'Literal[value',
  'TemplateElement[value.raw',
].map(node => ({
  selector: `${node}=/${VENDORS.join('|')}/i]`,
  message:
    'No vendor is named here: what is true of one host only belongs into its module.',
}));

// Backstage gives these to frontend packages in a way that replaces our own.
const NO_DEFAULT_REACT = {
  selector: "ImportDeclaration[source.value='react'] ImportDefaultSpecifier",
  message: 'Import from react by name.',
};

// What others build on is in fettle-node.
const ONLY_THE_PLUGIN = {
  'no-restricted-syntax': [
    'error',
    {
      selector:
        "ExportAllDeclaration, ExportSpecifier:not([exported.name='default']), ExportNamedDeclaration > :matches(VariableDeclaration, FunctionDeclaration, ClassDeclaration, TSTypeAliasDeclaration, TSInterfaceDeclaration)",
      message: 'This package exports its plugin and nothing else.',
    },
  ],
};

/** Backstage's rules for a package or a folder of programs, and what Fettle adds. */
module.exports = function fettleConfig(dir) {
  const neutral = NEUTRAL.includes(basename(dir));
  const frontend = basename(dir) === 'fettle-react';
  const create = existsSync(join(dir, 'package.json'))
    ? config => createPackageConfig(dir, config)
    : config => createConfigForRole(dir, 'cli', config);
  return create({
    restrictedSyntax: neutral && !frontend ? NO_VENDORS : [],
    overrides: [
      {
        files: ['**/*.{ts,tsx}'],
        excludedFiles: ['**/*.d.ts'],
        parserOptions: { project: join(__dirname, 'tsconfig.json') },
        rules: {
          '@typescript-eslint/no-floating-promises': [
            'error',
            {
              // They report to the test runner by themselves.
              allowForKnownSafeCalls: [
                {
                  from: 'package',
                  name: ['describe', 'it'],
                  package: 'node:test',
                },
              ],
            },
          ],
          '@typescript-eslint/no-misused-promises': [
            'error',
            { checksVoidReturn: false },
          ],
          // What a function does may stand below the one that calls it.
          '@typescript-eslint/no-use-before-define': [
            'error',
            { functions: false, classes: false, variables: false },
          ],
          'no-loop-func': 'off',
          '@typescript-eslint/no-loop-func': 'error',
        },
      },
      {
        // Test code that is no test itself: contract suites, worlds, fixtures.
        files: TESTING,
        rules: {
          'jest/no-export': 'off',
          'jest/no-standalone-expect': 'off',
          'jest/expect-expect': 'off',
          // Tells test code by other names; .dependency-cruiser.cjs knows these.
          '@backstage/no-undeclared-imports': 'off',
        },
      },
      {
        files: ['**/*.{ts,tsx,mjs}'],
        rules: { 'max-lines': ['error', { max: 400 }] },
      },
      ...(neutral
        ? [
            {
              files: ['src/**/*.{ts,tsx}', 'config.d.ts'],
              rules: {
                'no-warning-comments': [
                  'error',
                  { terms: VENDORS, location: 'anywhere' },
                ],
              },
            },
          ]
        : []),
      ...(basename(dir) === 'fettle-backend'
        ? [{ files: ['src/index.ts'], rules: ONLY_THE_PLUGIN }]
        : []),
      ...(frontend
        ? [
            {
              files: ['src/**/*.{ts,tsx}'],
              rules: {
                'no-restricted-syntax': [
                  'error',
                  ...NO_VENDORS,
                  NO_DEFAULT_REACT,
                ],
              },
            },
          ]
        : []),
    ],
  });
};
