import {
  checkContract,
  factCollectorContract,
  factInput,
} from 'backstage-plugin-fettle-node/testUtils';
import fc from 'fast-check';
import { goodness, judge } from '../testing/judge';
import { ciCheck } from './ciCheck';
import { ciFactCollector } from './ciFact';

const WORKFLOW = 'on: push\njobs:\n  test:\n    runs-on: x\n';
const verdict = (files: object) =>
  judge(ciFactCollector, ciCheck, files as any);

factCollectorContract(ciFactCollector, {
  inputs: [factInput({ '.github/workflows/a.yml': WORKFLOW })],
});
checkContract(ciCheck, {
  facts: [
    { ci: { count: 0, systems: [], broken: [], unread: [] } },
    { ci: { count: 1, systems: [], broken: [], unread: ['.travis.yml'] } },
  ],
});

it.each([
  ['.github/workflows/ci.yml', WORKFLOW, 'GitHub Actions'],
  [
    '.github/workflows/ci.yaml',
    `"on": [push]\njobs: {a: {}}`,
    'GitHub Actions',
  ],
  ['.gitlab-ci.yml', 'test:\n  script: !reference [.a, script]\n', 'GitLab CI'],
  ['.forgejo/workflows/a.yml', WORKFLOW, 'Forgejo Actions'],
  ['.gitea/workflows/a.yml', WORKFLOW, 'Gitea Actions'],
  ['Jenkinsfile', 'pipeline {}', 'Jenkins'],
  ['Jenkinsfile.release', 'pipeline {}', 'Jenkins'],
  ['ci/Jenkinsfile', 'pipeline {}', 'Jenkins'],
  ['.circleci/config.yml', 'version: 2.1', 'CircleCI'],
  ['azure-pipelines.yml', 'steps: []', 'Azure Pipelines'],
  ['.azure-pipelines/build.yml', 'steps: []', 'Azure Pipelines'],
  ['.travis.yml', 'language: go', 'Travis CI'],
  ['bitbucket-pipelines.yml', 'pipelines: {}', 'Bitbucket Pipelines'],
  ['.drone.yml', '---\nkind: pipeline\n---\nkind: secret', 'Drone'],
  ['.woodpecker.yml', 'steps: {}', 'Woodpecker'],
  ['.woodpecker/test.yaml', 'steps: {}', 'Woodpecker'],
  ['.buildkite/pipeline.yml', 'steps: []', 'Buildkite'],
  ['appveyor.yml', 'build: off', 'AppVeyor'],
  ['.semaphore/semaphore.yml', 'version: v1.0', 'Semaphore'],
  ['cloudbuild.yaml', 'steps: []', 'Cloud Build'],
  ['.tekton/push.yaml', 'kind: PipelineRun', 'Tekton'],
  ['.teamcity/settings.kts', 'version = "1"', 'TeamCity'],
  ['.cirrus.yml', 'task: {}', 'Cirrus CI'],
  ['.ci/run', '#!/bin/sh', 'a script in .ci'],
])('takes %s', async (path, text, name) => {
  expect(await verdict({ [path]: text })).toMatchObject({
    status: 'pass',
    message: `${name}, 1 definition.`,
  });
});

it.each([
  '.github/workflows/README.md',
  '.github/workflows/old/ci.yml',
  '.github/workflow-templates/ci.yml',
  '.github/dependabot.yml',
  'docs/.travis.yml',
  'examples/.github/workflows/ci.yml',
  'pipeline.yml',
  '.ci/README.md',
])('passes %s over', async path => {
  expect((await verdict({ [path]: WORKFLOW })).status).toBe('fail');
});

it.each([
  ['an empty workflow', '', 1],
  ['a workflow of comments', '# on: push', 1],
  ['a workflow without a trigger', 'jobs:\n  a: {}', 1],
  ['a workflow without jobs', 'on: push', 1],
  ['a workflow that is no YAML', 'on: push\njobs:\n  a: [\n', 4],
  ['a list', '- on\n- jobs', 1],
])('fails %s', async (_, text, line) => {
  const path = '.github/workflows/ci.yml';
  const { status, evidence } = await verdict({ [path]: text });
  expect(status).toBe('fail');
  expect(evidence?.[0]).toMatchObject({ path, line });
});

it('warns of a broken definition beside a sound one', async () => {
  const result = await verdict({
    '.github/workflows/a.yml': WORKFLOW,
    '.github/workflows/b.yml': 'jobs: {}',
  });
  expect(result).toMatchObject({
    status: 'warn',
    message:
      'GitHub Actions; 1 definition cannot run: .github/workflows/b.yml.',
  });
});

it('says unknown where the definition cannot be read', async () => {
  const symlink = { symlink: '../ci.yml' };
  expect((await verdict({ '.travis.yml': symlink })).status).toBe('unknown');
});

it('never gets better by a broken definition', async () => {
  const text = fc.constantFrom(WORKFLOW, 'on: push', '', '[');
  const files = fc.dictionary(fc.constantFrom('a', 'b', 'c'), text);
  await fc.assert(
    fc.asyncProperty(files, async sound => {
      const workflows = Object.fromEntries(
        Object.entries(sound).map(([n, t]) => [
          `.github/workflows/${n}.yml`,
          t,
        ]),
      );
      fc.pre(Object.keys(workflows).length > 0);
      const before = await verdict(workflows);
      const after = await verdict({
        ...workflows,
        '.github/workflows/z.yml': 'a: [',
      });
      expect(goodness(after)).toBeLessThanOrEqual(goodness(before));
    }),
    { numRuns: 50 },
  );
});
