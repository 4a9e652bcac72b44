import type { ComponentReport } from 'backstage-plugin-fettle-node';
import {
  runScan,
  scannerContract,
} from 'backstage-plugin-fettle-node/testUtils';
import { componentsScanner } from './componentsScanner';

const lock = (packages: object, more: object = {}) =>
  JSON.stringify({ lockfileVersion: 3, packages, ...more });

scannerContract(componentsScanner, {
  path: 'package-lock.json',
  text: lock({
    '': { dependencies: { lodash: '^4.17.0' } },
    'node_modules/lodash': { version: '4.17.15' },
  }),
});

/** `name@version`, with how it came: `!` direct, `~` not, `?` not told; then what for and by whom. */
function brief({ name, version, direct, scope, chain }: ComponentReport) {
  const how = direct === null ? '?' : { true: '!', false: '~' }[`${direct}`];
  const way = chain && chain.length > 0 ? ` <- ${chain.join(' ')}` : '';
  return `${how}${name}@${version ?? ''} ${scope}${way}`;
}

async function read(files: Record<string, string>): Promise<string[]> {
  const { components = [], problems } = await runScan(componentsScanner, files);
  expect(problems).toEqual([]);
  return components.map(brief).sort();
}

describe('npm', () => {
  it('reads package-lock.json: nesting, development, optional, aliases, links', async () => {
    const packages = {
      '': {
        dependencies: { a: '^1', ours: '*', alias: 'npm:real@1' },
        devDependencies: { tool: '1' },
        optionalDependencies: { maybe: '1' },
      },
      'node_modules/a': {
        version: '1.0.0',
        license: 'MIT',
        dependencies: { b: '^1' },
      },
      'node_modules/a/node_modules/b': { version: '1.5.0' },
      'node_modules/b': { version: '2.0.0', dev: true },
      'node_modules/tool': {
        version: '1.0.0',
        dependencies: { b: '^2', a: '1' },
      },
      'node_modules/maybe': { version: '1.0.0' },
      'node_modules/alias': { name: 'real', version: '1.2.3' },
      'node_modules/ours': { resolved: 'packages/ours', link: true },
      'packages/ours': { version: '1.0.0', dependencies: { c: '1' } },
      'packages/ours/node_modules/c': { version: '3.0.0' },
      'node_modules/@s/left': { version: '9.0.0', extraneous: true },
    };
    expect(await read({ 'package-lock.json': lock(packages) })).toEqual([
      '!a@1.0.0 runtime',
      '!c@3.0.0 runtime',
      '!maybe@1.0.0 optional',
      '!real@1.2.3 runtime',
      '!tool@1.0.0 development',
      '?@s/left@9.0.0 unknown',
      '~b@1.5.0 runtime <- a',
      '~b@2.0.0 development <- tool',
    ]);
  });

  it('reads the older tree', async () => {
    const text = JSON.stringify({
      lockfileVersion: 1,
      dependencies: {
        a: {
          ...{ version: '1.0.0', requires: { b: '^1' } },
          dependencies: { b: { version: '1.1.0' } },
        },
        b: { version: '2.0.0', dev: true },
      },
    });
    expect(await read({ 'package-lock.json': text })).toEqual([
      '!a@1.0.0 runtime',
      '?b@2.0.0 development',
      '~b@1.1.0 runtime <- a',
    ]);
  });

  it('ends where packages need each other', async () => {
    const packages = {
      '': { dependencies: { a: '1' } },
      'node_modules/a': { version: '1.0.0', dependencies: { b: '1' } },
      'node_modules/b': { version: '1.0.0', dependencies: { a: '1' } },
    };
    expect(await read({ 'package-lock.json': lock(packages) })).toEqual([
      '!a@1.0.0 runtime',
      '~b@1.0.0 runtime <- a',
    ]);
  });

  const manifest = JSON.stringify({
    dependencies: { a: '^1.0.0' },
    devDependencies: { b: '~2.0.0' },
  });

  it('reads yarn.lock of version 1', async () => {
    const text = `# yarn lockfile v1

a@^1.0.0:
  version "1.2.0"
  dependencies:
    c "^3.0.0"

b@~2.0.0, b@^2.0.0:
  version "2.0.5"

"c@^3.0.0":
  version "3.1.0"
`;
    expect(await read({ 'yarn.lock': text, 'package.json': manifest })).toEqual(
      ['!a@1.2.0 runtime', '!b@2.0.5 development', '~c@3.1.0 runtime <- a'],
    );
  });

  it('reads yarn.lock of later versions, with workspaces', async () => {
    const text = `__metadata:
  version: 8

"a@npm:^1.0.0":
  version: 1.2.0
  resolution: "a@npm:1.2.0"
  dependencies:
    c: "npm:^3.0.0"

"b@npm:~2.0.0":
  version: 2.0.5
  resolution: "b@npm:2.0.5"

"c@npm:^3.0.0":
  version: 3.1.0
  resolution: "c@npm:3.1.0"

"root@workspace:.":
  version: 0.0.0-use.local
  resolution: "root@workspace:."
  dependencies:
    a: "npm:^1.0.0"

"web@workspace:packages/web":
  version: 0.0.0-use.local
  resolution: "web@workspace:packages/web"
`;
    const files = {
      'yarn.lock': text,
      'package.json': '{"dependencies":{"a":"^1.0.0"}}',
      'packages/web/package.json': '{"devDependencies":{"b":"~2.0.0"}}',
    };
    expect(await read(files)).toEqual([
      '!a@1.2.0 runtime',
      '!b@2.0.5 development',
      '~c@3.1.0 runtime <- a',
    ]);
  });

  it.each([
    [
      '5.4',
      `lockfileVersion: 5.4
dependencies: { a: 1.0.0 }
devDependencies: { '@s/b': 2.0.0_a@1.0.0 }
packages:
  /a/1.0.0: { dependencies: { c: 3.0.0 } }
  /@s/b/2.0.0_a@1.0.0: { dev: true }
  /c/3.0.0: {}
`,
    ],
    [
      '6.0',
      `lockfileVersion: '6.0'
importers:
  .: { dependencies: { a: { specifier: ^1, version: 1.0.0 } }, devDependencies: { '@s/b': { specifier: ^2, version: 2.0.0(a@1.0.0) }, ours: { specifier: 'workspace:*', version: 'link:ours' } } }
packages:
  /a@1.0.0: { dependencies: { c: 3.0.0 } }
  /@s/b@2.0.0(a@1.0.0): {}
  /c@3.0.0: {}
`,
    ],
    [
      '9.0',
      `lockfileVersion: '9.0'
importers:
  .: { dependencies: { a: { specifier: ^1, version: 1.0.0 } }, devDependencies: { '@s/b': { specifier: ^2, version: 2.0.0(a@1.0.0) } } }
packages:
  a@1.0.0: {}
  '@s/b@2.0.0': {}
  c@3.0.0: {}
snapshots:
  a@1.0.0: { dependencies: { c: 3.0.0 } }
  '@s/b@2.0.0(a@1.0.0)': {}
  c@3.0.0: {}
`,
    ],
  ])('reads pnpm-lock.yaml of version %s', async (_, text) => {
    expect(await read({ 'pnpm-lock.yaml': text })).toEqual([
      '!@s/b@2.0.0 development',
      '!a@1.0.0 runtime',
      '~c@3.0.0 runtime <- a',
    ]);
  });

  it('reads bun.lock', async () => {
    const text = `{
  "lockfileVersion": 1,
  "workspaces": { "": { "dependencies": { "a": "^1" }, "devDependencies": { "b": "2" } } },
  "packages": {
    "a": ["a@1.0.0", "", { "dependencies": { "c": "^1" } }, "sha512-x"],
    "a/c": ["c@1.1.0", "", {}, "sha512-x"],
    "b": ["b@2.0.0", "", {}, "sha512-x"],
    "ours": ["ours@workspace:packages/ours"],
  },
}`;
    expect(await read({ 'bun.lock': text })).toEqual([
      '!a@1.0.0 runtime',
      '!b@2.0.0 development',
      '~c@1.1.0 runtime <- a',
    ]);
  });

  it('reads a manifest only where no lockfile covers it', async () => {
    expect(await read({ 'package.json': manifest })).toEqual([
      '!a@ runtime',
      '!b@ development',
    ]);
    const covered = {
      'package-lock.json': lock({ '': {}, 'packages/web': {} }),
      'packages/web/package.json': manifest,
    };
    expect(await read(covered)).toEqual([]);
  });
});

describe('Python', () => {
  const project = `[project]
dependencies = ["Django>=4", "zope.interface"]
[dependency-groups]
dev = ["pytest"]
`;

  it('reads requirements', async () => {
    const text = `# what we need
Django==4.2.1 ; python_version > "3.8"  # pinned
zope.interface>=5,<6
requests[socks] == 2.19.0 \\
    --hash=sha256:abc
-r other.txt
git+https://example.com/x.git
name @ https://example.com/x.whl
`;
    expect(await read({ 'requirements.txt': text })).toEqual([
      '!django@4.2.1 runtime',
      '!name@ runtime',
      '!requests@2.19.0 runtime',
      '!zope-interface@ runtime',
    ]);
  });

  it('reads what pip-compile wrote', async () => {
    const text = `django==4.2.1
    # via -r requirements.in
sqlparse==0.4.4
    # via django
`;
    expect(await read({ 'requirements.txt': text })).toEqual([
      '!django@4.2.1 runtime',
      '~sqlparse@0.4.4 runtime',
    ]);
  });

  it.each([
    [
      'poetry.lock',
      `[[package]]
name = "django"
version = "4.2.1"
[package.dependencies]
sqlparse = ">=0.3"
[[package]]
name = "pytest"
version = "7.0.0"
[[package]]
name = "sqlparse"
version = "0.4.4"
`,
    ],
    [
      'uv.lock',
      `version = 1
[[package]]
name = "ours"
version = "0.1.0"
source = { virtual = "." }
dependencies = [{ name = "django" }]
[package.dev-dependencies]
dev = [{ name = "pytest" }]
[[package]]
name = "django"
version = "4.2.1"
source = { registry = "https://pypi.org/simple" }
dependencies = [{ name = "sqlparse" }]
[[package]]
name = "pytest"
version = "7.0.0"
source = { registry = "https://pypi.org/simple" }
[[package]]
name = "sqlparse"
version = "0.4.4"
source = { registry = "https://pypi.org/simple" }
`,
    ],
    [
      'pdm.lock',
      `[[package]]
name = "django"
version = "4.2.1"
dependencies = ["sqlparse>=0.3.1"]
[[package]]
name = "pytest"
version = "7.0.0"
[[package]]
name = "sqlparse"
version = "0.4.4"
`,
    ],
  ])('reads %s', async (name, text) => {
    expect(await read({ [name]: text, 'pyproject.toml': project })).toEqual([
      '!django@4.2.1 runtime',
      '!pytest@7.0.0 development',
      '~sqlparse@0.4.4 runtime <- django',
    ]);
  });

  it('reads Pipfile.lock', async () => {
    const files = {
      'Pipfile.lock': JSON.stringify({
        default: {
          django: { version: '==4.2.1' },
          sqlparse: { version: '==0.4.4' },
        },
        develop: { pytest: { version: '==7.0.0' } },
      }),
      Pipfile: '[packages]\nDjango = "*"\n[dev-packages]\npytest = "*"\n',
    };
    expect(await read(files)).toEqual([
      '!django@4.2.1 runtime',
      '!pytest@7.0.0 development',
      '~sqlparse@0.4.4 runtime',
    ]);
  });

  it('reads a project file without a lockfile', async () => {
    expect(await read({ 'pyproject.toml': project })).toEqual([
      '!django@ runtime',
      '!pytest@ development',
      '!zope-interface@ runtime',
    ]);
  });
});

it.each<[string, string, string[]]>([
  [
    'go.mod',
    `module example.com/x

require golang.org/x/net v0.1.0
require (
	github.com/a/b/v2 v2.3.4 // indirect
	example.com/ours v0.0.0
	example.com/old v1.0.0
)
replace example.com/ours => ./ours
replace example.com/old v1.0.0 => example.com/new v1.1.0
`,
    [
      '!example.com/new@1.1.0 runtime',
      '!golang.org/x/net@0.1.0 runtime',
      '~github.com/a/b/v2@2.3.4 runtime',
    ],
  ],
  [
    'Cargo.lock',
    `[[package]]
name = "ours"
version = "0.1.0"
dependencies = ["serde", "rand 0.8.0"]
[[package]]
name = "serde"
version = "1.0.0"
source = "registry+https://github.com/rust-lang/crates.io-index"
dependencies = ["rand 0.7.0"]
[[package]]
name = "rand"
version = "0.7.0"
source = "registry+https://github.com/rust-lang/crates.io-index"
[[package]]
name = "rand"
version = "0.8.0"
source = "git+https://example.com/rand"
`,
    [
      '!rand@0.8.0 runtime',
      '!serde@1.0.0 runtime',
      '~rand@0.7.0 runtime <- serde',
    ],
  ],
  [
    'Gemfile.lock',
    `GEM
  remote: https://rubygems.org/
  specs:
    rack (2.2.3)
    rails (6.0.0)
      rack (~> 2.0)
    nokogiri (1.13.0-x86_64-linux)

PLATFORMS
  ruby

DEPENDENCIES
  rails (= 6.0.0)!
`,
    [
      '!rails@6.0.0 unknown',
      '?nokogiri@1.13.0 unknown',
      '~rack@2.2.3 unknown <- rails',
    ],
  ],
  [
    'composer.lock',
    JSON.stringify({
      packages: [{ name: 'a/b', version: 'v1.2.0', license: ['MIT'] }],
      'packages-dev': [{ name: 'c/d', version: 'dev-main' }],
    }),
    ['?a/b@1.2.0 runtime', '?c/d@ development'],
  ],
  [
    'gradle.lockfile',
    '# comment\norg.x:y:1.0=compileClasspath,testCompileClasspath\norg.t:z:2.0=testRuntimeClasspath\nempty=\n',
    ['?org.t:z@2.0 development', '?org.x:y@1.0 runtime'],
  ],
  [
    'packages.lock.json',
    JSON.stringify({
      version: 1,
      dependencies: {
        'net8.0': {
          A: {
            type: 'Direct',
            resolved: '1.0.0',
            dependencies: { B: '1.0.0' },
          },
          B: { type: 'Transitive', resolved: '1.0.1' },
        },
      },
    }),
    ['!A@1.0.0 runtime', '~B@1.0.1 runtime <- A'],
  ],
  [
    'src/App.csproj',
    '<Project><ItemGroup><PackageReference Include="A" Version="1.0.0" /><PackageReference Include="B" Version="[1,2)" /></ItemGroup></Project>',
    ['!A@1.0.0 runtime', '!B@ runtime'],
  ],
  [
    'packages.config',
    '<packages><package id="A" version="1.0.0" /></packages>',
    ['!A@1.0.0 runtime'],
  ],
  [
    'pubspec.lock',
    `packages:
  http: { dependency: "direct main", source: hosted, version: "1.0.0" }
  test: { dependency: "direct dev", source: hosted, version: "1.1.0" }
  path: { dependency: transitive, source: hosted, version: "1.8.0" }
  flutter: { dependency: "direct main", source: sdk, version: "0.0.0" }
`,
    ['!http@1.0.0 runtime', '!test@1.1.0 development', '~path@1.8.0 unknown'],
  ],
  [
    'mix.lock',
    '%{\n  "plug": {:hex, :plug, "1.14.0", "abc", [:mix], [], "hexpm", "x"},\n  "ours": {:git, "https://example.com/x.git", "abc", []},\n}\n',
    ['?plug@1.14.0 unknown'],
  ],
  [
    'Package.resolved',
    JSON.stringify({
      version: 2,
      pins: [
        {
          location: 'https://github.com/Apple/swift-nio.git',
          state: { version: '2.50.0' },
        },
        { location: 'git@github.com:a/b.git', state: { branch: 'main' } },
      ],
    }),
    ['?github.com/Apple/swift-nio@2.50.0 runtime', '?github.com/a/b@ runtime'],
  ],
  [
    '.github/workflows/ci.yml',
    `jobs:
  x:
    steps:
      - uses: actions/checkout@v4 # pinned later
      - uses: "a/b/sub@0123456789012345678901234567890123456789"
      - uses: ./local
      - uses: docker://alpine:3
`,
    [
      '!a/b@0123456789012345678901234567890123456789 development',
      '!actions/checkout@v4 development',
      '!alpine@3 development',
    ],
  ],
  [
    'Dockerfile',
    `ARG BASE=3.19
FROM --platform=linux/amd64 node:22-alpine AS build
FROM alpine:\${BASE} AS run
FROM registry.example.com:5000/x/y@sha256:abc
FROM build
FROM scratch
FROM \${UNKNOWN}
`,
    [
      '!alpine@3.19 runtime',
      '!node@22-alpine runtime',
      '!registry.example.com:5000/x/y@sha256:abc runtime',
    ],
  ],
  [
    'Cargo.toml',
    '[dependencies]\nserde = "1"\nours = { path = "../ours" }\n[dev-dependencies]\nrand = { version = "=0.8.5" }\n',
    ['!rand@0.8.5 development', '!serde@ runtime'],
  ],
])('reads %s', async (path, text, expected) => {
  expect(await read({ [path]: text })).toEqual(expected);
});

it('reads pom.xml with properties and a parent in the repository', async () => {
  const dependency = (artifact: string, more: string) =>
    `<dependency><groupId>org.x</groupId><artifactId>${artifact}</artifactId>${more}</dependency>`;
  const files = {
    'pom.xml': `<project><groupId>org.x</groupId><artifactId>parent</artifactId><version>9</version>
<properties><log.version>2.14.1</log.version><again>\${log.version}</again></properties>
<dependencyManagement><dependencies>${dependency(
      'managed',
      '<version>1.5</version>',
    )}</dependencies></dependencyManagement></project>`,
    'app/pom.xml': `<project><parent><groupId>org.x</groupId><artifactId>parent</artifactId><version>9</version></parent><artifactId>app</artifactId>
<dependencies>
${dependency('log', '<version>${again}</version>')}
${dependency('managed', '<scope>test</scope>')}
${dependency(
  'own',
  '<version>${project.version}</version><optional>true</optional>',
)}
${dependency('elsewhere', '<version>${not.known}</version>')}
${dependency('entity', '<version>&bomb;</version>')}
</dependencies></project>`,
  };
  expect(await read(files)).toEqual([
    '!org.x:elsewhere@ runtime',
    '!org.x:entity@ runtime',
    '!org.x:log@2.14.1 runtime',
    '!org.x:managed@1.5 development',
    '!org.x:own@9 optional',
  ]);
});

it('says what is wrong with one file, and reads the others', async () => {
  const good = lock({
    '': { dependencies: { a: '1' } },
    'node_modules/a': { version: '1.0.0' },
  });
  const { components, problems } = await runScan(componentsScanner, {
    'a/package-lock.json': good,
    'b/package-lock.json': `<<<<<<< HEAD\n${good}\n=======\n${good}\n>>>>>>> x\n`,
    'c/package-lock.json': good.slice(0, 40),
    'd/package-lock.json': '{"lockfileVersion":9}',
    'node_modules/x/package-lock.json': 'nonsense that nobody reads',
  });
  expect(components!.map(({ path }) => path)).toEqual(['a/package-lock.json']);
  expect(problems).toMatchObject(
    [
      { path: 'b/package-lock.json', message: /merge.*line 1/ },
      {
        path: 'c/package-lock.json',
        message: /cannot be read as package-lock/,
      },
      { path: 'd/package-lock.json', message: /of version 9/ },
    ].map(({ path, message }) => ({
      path,
      message: expect.stringMatching(message),
    })),
  );
});

it('does not expand what expands without end', async () => {
  const text = `a: &a [x,x,x,x,x,x,x,x,x]
b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]
c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]
d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]
packages: [*d,*d,*d,*d,*d,*d,*d,*d,*d]
`;
  const { problems } = await runScan(componentsScanner, {
    'pubspec.lock': text,
  });
  expect(problems).toHaveLength(1);
});

it('reads ten thousand components of a deep graph', async () => {
  const packages: Record<string, object> = {
    '': { dependencies: { p0: '1' } },
  };
  for (let i = 0; i < 10_000; i++) {
    packages[`node_modules/p${i}`] = {
      version: `1.0.${i}`,
      dependencies: { [`p${i + 1}`]: '1', [`p${(i * 7) % 10_000}`]: '1' },
    };
  }
  const { components } = await runScan(componentsScanner, {
    'package-lock.json': lock(packages),
  });
  expect(components).toHaveLength(10_000);
  expect(components!.at(-1)!.chain!.length).toBeLessThanOrEqual(20);
});
