import {
  MemoryTree,
  planContext,
  playbookStepContract,
} from 'backstage-plugin-fettle-node/testUtils';
import { parse } from 'yaml';
import { findingProblem, runProblem } from '../testing/problems';
import { addFiles } from './addFiles';
import { narrowPermissions } from './narrowPermissions';
import { revertCommit } from './revertCommit';

const WORKFLOW = `# Builds it.
name: CI
on: [push]

# Two jobs.
jobs:
  test: # fast
    runs-on: ubuntu-latest
    steps:
      - run: make test
`;
const PATH = '.github/workflows/ci.yml';

playbookStepContract(narrowPermissions, {
  sample: () => ({ files: { [PATH]: WORKFLOW } }),
});
playbookStepContract(addFiles, {
  parameters: {
    files: ['codeowners', 'licence', 'security-policy', 'catalog'],
    owners: { 'group:default/a': '@acme/a' },
    licence: { id: 'MIT', holder: 'Acme & Co. $& "x"' },
    securityContact: 'security@example.com',
  },
  sample: () => ({
    files: { 'README.md': 'Read me.\n' },
    context: {
      entities: [
        ...[{ entityRef: 'component:default/ledger', subpath: '' }],
      ].map(one => ({ ...one, owner: 'group:default/a', title: 'A: b' })),
    },
  }),
});

const green = 'a'.repeat(40);
const red = 'b'.repeat(40);
const commits: Record<string, Record<string, string>> = {
  [green]: { 'a.txt': '1', 'b.txt': '1', 'gone.txt': 'x' },
  [red]: { 'a.txt': '2', 'b.txt': '1', 'new.txt': 'n' },
};
const failing = runProblem({ cause: 'change', commit: red, lastGreen: green });
const history = {
  problems: [failing],
  treeAt: async (commit: string) => new MemoryTree(commits[commit], { commit }),
  readCommit: async () => ({
    ...{ subject: 'Break it', author: 'Ada', complete: true, parents: [green] },
    committedAt: '2026-05-01T00:00:00.000Z',
    paths: ['a.txt', 'gone.txt', 'new.txt'],
  }),
};
playbookStepContract(revertCommit, {
  sample: () => ({ files: commits[red], context: history }),
});

it('takes back the one commit that broke it', async () => {
  const parameters = revertCommit.parameters.parse({});
  const plan = (files: Record<string, string>, given: object = {}) =>
    revertCommit.plan(planContext(parameters, files, { ...history, ...given }));
  const { files } = await plan({ ...commits[red], 'b.txt': '7' });
  expect(files).toEqual([
    { path: 'a.txt', content: '1' },
    { path: 'gone.txt', content: 'x' },
    { path: 'new.txt', content: null },
  ]);
  const later = await plan({ ...commits[red], 'a.txt': '3' });
  expect(later).toMatchObject({ obstacles: [{ code: 'moved' }] });
  expect(later.files).toBeUndefined();
  const others = [
    runProblem({ ...failing.run, lastGreen: 'f'.repeat(40) }),
    runProblem({ ...failing.run, cause: 'unknown' }),
    runProblem({ ...failing.run, branch: 'feature' }),
  ];
  for (const problem of others) {
    const refused = await plan(commits[red], { problems: [problem] });
    expect(refused).toEqual({ unmended: [expect.anything()] });
  }
});

it('adds only what is missing, from what is known', async () => {
  const parameters = addFiles.parameters.parse({
    files: ['codeowners', 'licence', 'catalog'],
    owners: { 'group:default/a': ['@acme/a', '@ada'] },
    licence: { id: 'Apache-2.0', holder: 'Acme' },
  });
  const entity = { entityRef: 'api:default/x', owner: 'group:default/a' };
  const { files = [] } = await addFiles.plan(
    planContext(
      parameters,
      { COPYING: 'mine' },
      {
        entities: [
          { ...entity, subpath: 'b c', title: 'X: "1"' },
          { ...entity, subpath: '' },
        ],
      },
    ),
  );
  const [owners, catalog] = files;
  expect(owners).toEqual({
    path: 'CODEOWNERS',
    content: '* @acme/a @ada\n/b\\ c/ @acme/a @ada\n',
  });
  expect(parse(catalog.content!)).toMatchObject({
    kind: 'API',
    metadata: { name: 'x' },
    spec: { owner: 'group:default/a', type: 'other' },
  });
  const unknown = await addFiles.plan(planContext(parameters, { a: 'b' }));
  expect(unknown.obstacles).toHaveLength(2);
});

it('narrows what may write everything, and leaves the rest as it is', async () => {
  const wide = `on: push
permissions: write-all # as before
jobs:
  a:
    permissions: 'write-all'
    runs-on: x
  b:
    permissions:
      issues: write
    runs-on: x
`;
  const parameters = narrowPermissions.parameters.parse({});
  const plan = (files: Record<string, string>, problems = [] as any[]) =>
    narrowPermissions.plan(planContext(parameters, files, { problems }));
  const { files } = await plan({
    [PATH]: WORKFLOW,
    '.github/workflows/wide.yml': wide,
    '.github/workflows/narrow.yml': wide.replaceAll(
      /'?write-all'?/g,
      'read-all',
    ),
  });
  expect(files?.map(({ content }) => content)).toEqual([
    WORKFLOW.replace('jobs:', 'permissions:\n  contents: read\n\njobs:'),
    wide.replaceAll(/'?write-all'?/g, '{ contents: read }'),
  ]);
  const finding = (path: string) =>
    findingProblem({ rule: 'wide-permissions', path }, path);
  const one = await plan({ [PATH]: WORKFLOW }, [finding('elsewhere.yml')]);
  expect(one).toMatchObject({
    files: [],
    unmended: [{ key: 'elsewhere.yml' }],
  });
});
