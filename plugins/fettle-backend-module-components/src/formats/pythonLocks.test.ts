import { problemOf, readBriefly } from '../testing/readBriefly';

const PROJECT = `[project]
name = "ours"
dependencies = ["Django[argon2]>=4 ; python_version > '3.8'", "zope.interface"]
[project.optional-dependencies]
s3 = ["boto3 (>=1.0)"]
[dependency-groups]
dev = ["pytest==7.0.0", { include-group = "lint" }]
lint = []
`;

const EXPECTED = [
  '!boto3@1.34.0 (>=1.0) optional',
  '!django@4.2.1 (>=4) runtime',
  '!pytest@7.0.0 (==7.0.0) development',
  '~argon2-cffi@21.0 runtime <- django',
  '~sqlparse@0.4.4 runtime <- django',
];

const pinned = (list: [name: string, version: string, more?: string][]) =>
  list
    .map(
      ([name, version, more = '']) =>
        `[[package]]\nname = "${name}"\nversion = "${version}"\n${more}\n`,
    )
    .join('\n');

const UV = '\nsource = { registry = "https://pypi.org/simple" }\n';

it.each([
  [
    'poetry.lock',
    pinned([
      ['argon2-cffi', '21.0'],
      ['boto3', '1.34.0', 'optional = true\ngroups = ["main"]'],
      [
        'Django',
        '4.2.1',
        'groups = ["main", "dev"]\n[package.dependencies]\nargon2-cffi = "*"\nsqlparse = ">=0.3"',
      ],
      ['pytest', '7.0.0', 'groups = ["dev"]'],
      ['sqlparse', '0.4.4', 'optional = false'],
      ['beside', '1', '[package.source]\ntype = "directory"\nurl = "beside"'],
    ]),
  ],
  [
    'uv.lock',
    `version = 1\n${pinned([
      ['argon2-cffi', '21.0', UV],
      ['boto3', '1.34.0', UV],
      [
        'django',
        '4.2.1',
        `${UV}dependencies = [{ name = "sqlparse" }]
[package.optional-dependencies]
argon2 = [{ name = "argon2-cffi" }]`,
      ],
      [
        'ours',
        '0.1.0',
        `source = { editable = "." }
dependencies = [{ name = "django", extra = ["argon2"] }]
[package.optional-dependencies]
s3 = [{ name = "boto3" }]
[package.dev-dependencies]
dev = [{ name = "pytest" }]`,
      ],
      ['pytest', '7.0.0', UV],
      ['sqlparse', '0.4.4', UV],
    ])}`,
  ],
  [
    'pdm.lock',
    pinned([
      ['argon2-cffi', '21.0', 'groups = ["default"]'],
      ['boto3', '1.34.0', ''],
      [
        'django',
        '4.2.1',
        'groups = ["default"]\ndependencies = ["argon2-cffi>=19.1.0", "sqlparse>=0.3.1"]',
      ],
      ['pytest', '7.0.0', 'groups = ["dev"]'],
      ['sqlparse', '0.4.4'],
    ]),
  ],
])('reads %s with the project beside it', async (name, text) => {
  const found = await readBriefly({ [name]: text, 'pyproject.toml': PROJECT });
  expect(found).toEqual(EXPECTED);
});

it('reads older lockfiles of poetry, by their categories', async () => {
  const text = pinned([
    ['a', '1.0', 'category = "main"\noptional = false'],
    ['b', '1.0', 'category = "dev"\noptional = false'],
    ['c', '1.0', 'category = "main"\noptional = true'],
  ]);
  const project =
    '[tool.poetry.dependencies]\npython = "^3.8"\na = "^1.0"\nc = { version = "*", optional = true }\n[tool.poetry.group.dev.dependencies]\nb = "1.0"\n';
  expect(
    await readBriefly({ 'poetry.lock': text, 'pyproject.toml': project }),
  ).toEqual([
    '!a@1.0 (^1.0) runtime',
    '!b@1.0 (1.0) development',
    '!c@1.0 (*) optional',
  ]);
});

it('keeps each version where one differs by platform, and tells no more than it knows', async () => {
  const text = pinned([
    ['numpy', '1.26.0'],
    ['numpy', '2.0.0'],
  ]);
  expect(await readBriefly({ 'poetry.lock': text })).toEqual([
    '?numpy@1.26.0 unknown',
    '?numpy@2.0.0 unknown',
  ]);
});

it('reads the project where there is no lockfile', async () => {
  expect(await readBriefly({ 'pyproject.toml': PROJECT })).toEqual([
    '!boto3@ (>=1.0) optional',
    '!django@ (>=4) runtime',
    '!pytest@7.0.0 (==7.0.0) development',
    '!zope-interface@ runtime',
  ]);
});

it('reads Pipfile.lock, and what is direct from the Pipfile', async () => {
  const lock = JSON.stringify({
    default: {
      django: { version: '==4.2.1' },
      sqlparse: { version: '==0.4.4' },
      ours: { path: '.', editable: true },
    },
    develop: { pytest: { version: '==7.0.0' } },
  });
  const pipfile =
    '[packages]\nDjango = ">=4"\n[dev-packages]\npytest = {version = "*"}\n';
  expect(await readBriefly({ 'Pipfile.lock': lock, Pipfile: pipfile })).toEqual(
    [
      '!django@4.2.1 (>=4) runtime',
      '!pytest@7.0.0 development',
      '~sqlparse@0.4.4 runtime',
    ],
  );
  expect(await readBriefly({ 'Pipfile.lock': lock })).toContain(
    '?django@4.2.1 runtime',
  );
});

it.each([
  ['poetry.lock', '[[package]]\nname = ', /It is no TOML, in line 2/],
  ['uv.lock', '[package]\nname = "a"', /no list of packages/],
  ['pdm.lock', '[[package]]\nversion = "1"', /without a name/],
  ['Pipfile.lock', '{"_meta":{}}', /neither packages/],
  ['pyproject.toml', 'a = ', /It is no TOML, in line 1/],
])('says why it cannot read %s', async (path, text, said) => {
  expect(await problemOf(path, text)).toMatch(said);
});
