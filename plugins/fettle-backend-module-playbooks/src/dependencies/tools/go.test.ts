import { planContext } from 'backstage-plugin-fettle-node/testUtils';
import { updateDependency } from '../../steps/updateDependency';
import { dependencyConfig } from '../../testing/dependencyConfig';
import { FileServer } from '../../testing/FileServer';
import { vulnerability } from '../../testing/problems';
import { withProgram } from '../../testing/withProgram';
import { zip } from '../../testing/zip';

jest.setTimeout(120_000);

const LEAF = 'example.com/leaf';
const STIFF = 'example.com/stiff';

let server: FileServer;

beforeAll(async () => {
  server = await FileServer.start();
  publish(LEAF, 'v1.0.0');
  publish(LEAF, 'v1.0.1');
  publish(LEAF, 'v1.1.0');
  publish(STIFF, 'v1.0.0', `require ${LEAF} v1.0.0\n`);
});
afterAll(() => server.stop());

/** https://go.dev/ref/mod#goproxy-protocol */
function publish(name: string, version: string, requires = '') {
  const mod = `module ${name}\n\ngo 1.17\n\n${requires}`;
  const time = '2026-01-01T00:00:00Z';
  const source = `package ${name.split('/').at(-1)}\n`;
  server
    .put(
      `/${name}/@v/${version}.info`,
      JSON.stringify({ Version: version, Time: time }),
    )
    .put(`/${name}/@v/${version}.mod`, mod)
    .put(
      `/${name}/@v/${version}.zip`,
      zip({
        [`${name}@${version}/go.mod`]: mod,
        [`${name}@${version}/a.go`]: source,
      }),
    );
}

function plan(files: Record<string, string>, fixedIn: string, given = {}) {
  const config = dependencyConfig({ go: server.baseUrl }, given);
  const step = updateDependency(config);
  const problems = [
    vulnerability('Go', LEAF, fixedIn, { versions: ['1.0.0'] }),
  ];
  return step.plan(planContext(step.parameters.parse({}), files, { problems }));
}

const MOD = `module example.com/app // ours

go 1.17

require (
	${LEAF} v1.0.0 // keep it
	${STIFF} v1.0.0
)
`;

withProgram('go', () => {
  it('updates a module, and leaves the others', async () => {
    const result = await plan({ 'api/go.mod': MOD, 'go.work': 'x' }, '1.0.1');
    expect(result).toMatchObject({ obstacles: [], unmended: [] });
    expect(result.files).toMatchObject([
      {
        path: 'api/go.mod',
        content: MOD.replace('leaf v1.0.0 ', 'leaf v1.0.1 '),
      },
      { path: 'api/go.sum', content: expect.stringContaining(LEAF) },
    ]);
  });

  it('says what its proxy does not have', async () => {
    const result = await plan({ 'go.mod': MOD }, '1.0.7');
    expect(result).toMatchObject({
      files: [],
      unmended: [{ reason: expect.stringMatching(/1\.0\.7/) }],
    });
  });
});

it('says what stands in the way', async () => {
  const codes = async (text: string, given = {}) =>
    ((await plan({ 'go.mod': text }, '1.0.1', given)).obstacles ?? []).map(
      ({ code }) => code,
    );
  const tools = new Map([['go', '/nowhere/go']]);
  expect(await codes(MOD, { tools })).toEqual(['tool-missing']);
  expect(await codes(MOD, { registries: new Map(), tools })).toContain(
    'registry-missing',
  );
  expect(
    await codes(`${MOD}\nreplace ${STIFF} => ../x\n`, { tools }),
  ).toContain('not-supported');
});
