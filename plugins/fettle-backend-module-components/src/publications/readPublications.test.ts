import { runScan } from 'backstage-plugin-fettle-node/testUtils';
import { componentsScanner } from '../componentsScanner';

async function published(files: Record<string, string>) {
  const { publishes = [], problems } = await runScan(componentsScanner, files);
  expect(problems).toEqual([]);
  return publishes.map(({ ecosystem, name }) => `${ecosystem} ${name}`);
}

it.each([
  [
    'package.json',
    '{"name":"@acme/ledger","version":"1.0.0"}',
    'npm @acme/ledger',
  ],
  ['package.json', '{"name":"ledger","version":"1.0.0","private":true}', null],
  ['package.json', '{"name":"ledger"}', null],
  ['package.json', '{"name":7,"version":"1.0.0"}', null],
  ['pyproject.toml', '[project]\nname = "Acme_Ledger"', 'PyPI acme-ledger'],
  ['pyproject.toml', '[tool.poetry]\nname = "ledger"', 'PyPI ledger'],
  ['pyproject.toml', '[tool.poetry]\nname = "x"\npackage-mode = false', null],
  [
    'pyproject.toml',
    '[project]\nname = "x"\nclassifiers = ["Private :: Do Not Upload"]',
    null,
  ],
  ['pyproject.toml', '[tool.black]\nline-length = 80', null],
  ['Cargo.toml', '[package]\nname = "ledger"', 'crates.io ledger'],
  ['Cargo.toml', '[package]\nname = "ledger"\npublish = false', null],
  ['Cargo.toml', '[workspace]\nmembers = []', null],
  [
    'go.mod',
    'module example.com/acme/ledger // x\n',
    'Go example.com/acme/ledger',
  ],
  ['go.mod', 'module ledger\n', null],
  ['composer.json', '{"name":"acme/ledger"}', 'Packagist acme/ledger'],
  ['composer.json', '{"name":"acme/app","type":"project"}', null],
  ['test/fixtures/a/package.json', '{"name":"a","version":"1.0.0"}', null],
  ['vendor/a/package.json', '{"name":"a","version":"1.0.0"}', null],
])('tells what %s publishes (%#)', async (path, text, name) => {
  expect(await published({ [path]: text })).toEqual(name ? [name] : []);
});

it('tells what projects of Maven are called, with what their parents say', async () => {
  const parent =
    '<project><groupId>com.acme</groupId><artifactId>all</artifactId><properties><p>led</p></properties></project>';
  const child =
    '<project><parent><groupId>com.acme</groupId><artifactId>all</artifactId></parent><artifactId>${p}ger</artifactId></project>';
  const odd =
    '<project><groupId>${unknown}</groupId><artifactId>x</artifactId></project>';
  expect(
    await published({
      ...{ 'pom.xml': parent, 'ledger/pom.xml': child, 'odd/pom.xml': odd },
    }),
  ).toEqual(['Maven com.acme:ledger', 'Maven com.acme:all']);
});

it('tells of a manifest that cannot be read once, also beside a lockfile', async () => {
  const lock = '{"lockfileVersion":3,"packages":{}}';
  const broken = { 'package.json': '{"name":' };
  for (const files of [broken, { ...broken, 'package-lock.json': lock }]) {
    const { publishes, problems } = await runScan(componentsScanner, files);
    expect(publishes).toEqual([]);
    expect(problems).toMatchObject([
      {
        path: 'package.json',
        message: expect.stringContaining('package.json'),
      },
    ]);
  }
});
