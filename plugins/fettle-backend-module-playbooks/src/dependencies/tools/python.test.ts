import { planContext } from 'backstage-plugin-fettle-node/testUtils';
import { updateDependency } from '../../steps/updateDependency';
import { dependencyConfig } from '../../testing/dependencyConfig';
import { FileServer } from '../../testing/FileServer';
import { vulnerability } from '../../testing/problems';
import { withProgram } from '../../testing/withProgram';
import { zip } from '../../testing/zip';

jest.setTimeout(120_000);

let server: FileServer;

beforeAll(async () => {
  server = await FileServer.start();
  publish('leaf', ['1.0.0', '1.0.1', '1.5.0']);
  publish('other', ['1.0.0', '1.9.0']);
});
afterAll(() => server.stop());

/** https://packaging.python.org/en/latest/specifications/simple-repository-api/ */
function publish(name: string, versions: string[]) {
  const links = versions.map(version => {
    const file = `${name}-${version}-py3-none-any.whl`;
    const info = `${name}-${version}.dist-info`;
    server.put(
      `/files/${file}`,
      zip({
        [`${info}/METADATA`]: `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`,
        [`${info}/WHEEL`]:
          'Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
        [`${info}/RECORD`]: '',
      }),
    );
    return `<a href="/files/${file}">${file}</a>`;
  });
  server.put(`/simple/${name}/`, `<!DOCTYPE html>${links.join('')}`, {
    'content-type': 'text/html',
  });
}

function plan(files: Record<string, string>, given = {}) {
  const config = dependencyConfig({ pypi: `${server.baseUrl}/simple` }, given);
  const step = updateDependency(config);
  const problems = [
    vulnerability('PyPI', 'leaf', '1.0.1', { versions: ['1.0.0'] }),
  ];
  return step.plan(planContext(step.parameters.parse({}), files, { problems }));
}

const manifest = (leaf: string) => `[project]
name = "app"
version = "0.1.0"
requires-python = ">=3.9"
dependencies = ["leaf${leaf}", "other>=1"]
`;
const locked = (name: string) => `
[[package]]
name = "${name}"
version = "1.0.0"
source = { registry = "${server.baseUrl}/simple" }
wheels = [
    { url = "${server.baseUrl}/files/${name}-1.0.0-py3-none-any.whl" },
]
`;
const uvFiles = (leaf: string) => ({
  'pyproject.toml': manifest(leaf),
  'uv.lock': `version = 1
requires-python = ">=3.9"

[[package]]
name = "app"
version = "0.1.0"
source = { virtual = "." }
dependencies = [
    { name = "leaf" },
    { name = "other" },
]

[package.metadata]
requires-dist = [
    { name = "leaf", specifier = "${leaf}" },
    { name = "other", specifier = ">=1" },
]
${locked('leaf')}${locked('other')}`,
});

withProgram('uv', () => {
  it('updates a package, and leaves the others', async () => {
    const result = await plan(uvFiles('>=1'));
    expect(result).toMatchObject({ obstacles: [], unmended: [] });
    expect(result.files!.map(({ path }) => path)).toEqual(['uv.lock']);
    const { content } = result.files![0];
    expect(content).toMatch(/name = "leaf"\nversion = "1\.0\.1"/);
    expect(content).toMatch(/name = "other"\nversion = "1\.0\.0"/);
  });

  it('says what does not allow it', async () => {
    expect(await plan(uvFiles('==1.0.0'))).toMatchObject({
      files: [],
      unmended: [{ reason: expect.stringMatching(/leaf/) }],
    });
  });
});

const poetryFiles = (more = '') => ({
  'pyproject.toml': `[tool.poetry]\nname = "app"\n${more}`,
  'poetry.lock': '[[package]]\nname = "leaf"\nversion = "1.0.0"\n',
});

it('says what stands in the way', async () => {
  const tools = new Map([
    ['uv', '/nowhere/uv'],
    ['poetry', '/nowhere/poetry'],
  ]);
  const codes = async (files: Record<string, string>, given = {}) =>
    ((await plan(files, { tools, ...given })).obstacles ?? []).map(
      ({ code }) => code,
    );
  const [uv, poetry] = [uvFiles('>=1'), poetryFiles()];
  expect(await codes(uv)).toEqual(['tool-missing']);
  expect(await codes(uv, { registries: new Map() })).toContain(
    'registry-missing',
  );
  const foreign = uv['uv.lock'].replace(
    /\{ registry = "[^"]*" \}/,
    '{ git = "https://x.test/y?rev=abc" }',
  );
  expect(await codes({ ...uv, 'uv.lock': foreign })).toContain('not-supported');
  const open = { pypi: 'https://pypi.org/simple' };
  const { registries } = dependencyConfig(open);
  expect(await codes(poetry, { registries })).toEqual([
    ...['executes-code', 'tool-missing'],
  ]);
  // It takes another registry only from the manifest.
  expect(await codes(poetry, { allowBuilds: true })).toContain('not-supported');
});
