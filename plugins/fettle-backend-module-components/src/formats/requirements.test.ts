import { runScan } from 'backstage-plugin-fettle-node/testUtils';
import { componentsScanner } from '../componentsScanner';
import { problemOf, readBriefly } from '../testing/readBriefly';

it('reads every kind of line that pip reads', async () => {
  const text = `# what we need
--index-url https://example.com/simple
-r other.txt
-c constraints.txt
-e ./here
./there/x.whl
Django==4.2.1 ; python_version > "3.8"  # pinned
zope.interface>=5,<6
requests[socks, security] == 2.19.0 \\
    --hash=sha256:abc \\
    --hash=sha256:def
Flask_Login(>=0.6)
numpy==1.*
six
secret==\${VERSION}
exact===1.0.post1
git+https://example.com/x.git
name @ https://example.com/x.whl
`;
  expect(await readBriefly({ 'requirements.txt': text })).toEqual([
    '!django@4.2.1 (==4.2.1) runtime',
    '!exact@1.0.post1 (===1.0.post1) runtime',
    '!flask-login@ (>=0.6) runtime',
    '!name@ (@ https://example.com/x.whl) runtime',
    '!numpy@ (==1.*) runtime',
    '!requests@2.19.0 (== 2.19.0) runtime',
    '!secret@ (==${VERSION}) runtime',
    '!six@ runtime',
    '!zope-interface@ (>=5,<6) runtime',
  ]);
});

it('knows from whom each came where pip-compile or uv wrote it', async () => {
  const text = `django==4.2.1 \\
    --hash=sha256:abc
    # via -r requirements.in
requests==2.19.0
    # via
    #   shop (pyproject.toml)
    #   tool
sqlparse==0.4.4           # via django
odd==1.0
`;
  expect(await readBriefly({ 'requirements.txt': text })).toEqual([
    '!django@4.2.1 (==4.2.1) runtime',
    '!requests@2.19.0 (==2.19.0) runtime',
    '?odd@1.0 (==1.0) runtime',
    '~sqlparse@0.4.4 (==0.4.4) runtime',
  ]);
});

it.each([
  ['requirements.txt', 'runtime'],
  ['device/requirements.txt', 'runtime'],
  ['requirements-dev.txt', 'development'],
  ['test_requirements.txt', 'development'],
  ['requirements/docs.txt', 'development'],
  ['requirements/base.txt', 'runtime'],
])('takes %s for %s', async (path, scope) => {
  expect(await readBriefly({ [path]: 'a==1' })).toEqual([
    `!a@1 (==1) ${scope}`,
  ]);
});

it('tells lines, also after lines that go on', async () => {
  const { components } = await runScan(componentsScanner, {
    'requirements.txt': 'a==1 \\\n  --hash=sha256:1\n\nb==2\n',
  });
  expect(components!.map(({ name, line }) => `${name} ${line}`)).toEqual([
    'a 1',
    'b 4',
  ]);
});

it('says which line names nothing', async () => {
  const said = await problemOf('requirements.txt', 'a==1\nb 2.0\n');
  expect(said).toMatch(/Line 2 names no requirement/);
});

it.each([
  ['many empty lines', '\n'.repeat(500_000)],
  ['a line that goes on and on', 'a \\\n'.repeat(100_000)],
  ['spaces', `a${' '.repeat(500_000)}`],
])('is not slow over %s', async (_, text) => {
  const { components = [] } = await runScan(componentsScanner, {
    'requirements.txt': text,
  });
  expect(components.length).toBeLessThanOrEqual(1);
});
