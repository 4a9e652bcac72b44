import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigReader } from '@backstage/config';
import { mockServices } from '@backstage/backend-test-utils';
import type {
  PlanContext,
  PlaybookStep,
  StepProblem,
} from 'backstage-plugin-fettle-node';
import {
  MemoryTree,
  planContext,
} from 'backstage-plugin-fettle-node/testUtils';
import { parse } from 'yaml';
import { readStepsConfig } from './config/readStepsConfig';
import { ImageRegistry } from './pins/ImageRegistry';
import { createSteps } from './steps';
import { pinActions } from './steps/pinActions';
import { pinImages } from './steps/pinImages';
import { MemoryHost } from './testing/MemoryHost';
import { findingProblem, runProblem, vulnerability } from './testing/problems';

interface Example {
  steps: { id: string; uses: string; with?: object }[];
}

const text = readFileSync(
  join(__dirname, '../../../docs/playbooks.md'),
  'utf8',
);
const examples: Record<string, Example> = Object.assign(
  {},
  ...[...text.matchAll(/^### \d+\. .*?^```yaml\n(.*?)^```/gms)].map(
    ([, yaml]) => parse(yaml).fettle.playbooks,
  ),
);

const pinned = { commit: 'a'.repeat(40), version: 'v4.2.1' };
/** Every step of this module as it is; what they ask outside is made up. */
const steps = new Map<string, PlaybookStep>(
  [
    ...createSteps(readStepsConfig(new ConfigReader({})), {
      auth: mockServices.auth(),
      discovery: mockServices.discovery(),
    }),
    pinActions({ isConfigured: true, resolve: async () => pinned }),
    pinImages(
      Object.assign(new ImageRegistry(new Map()), {
        ...{
          knows: () => true,
          digest: async () => `sha256:${'b'.repeat(64)}`,
        },
      }),
    ),
  ].map(step => [step.id, step]),
);

interface Given {
  files?: Record<string, string>;
  problems?: StepProblem[];
  context?: Partial<PlanContext<unknown>>;
}

const UPDATE: Given = {
  files: { 'requirements.txt': 'django==4.2.0\n' },
  problems: [vulnerability('PyPI', 'django', '4.2.1')],
};
const OWNED = {
  entities: [{ entityRef: 'component:default/ledger', subpath: '' }].map(
    one => ({ ...one, owner: 'group:default/payments' }),
  ),
};
const verdict = (check: string): StepProblem => ({
  ...{ key: check, kind: 'verdict', title: `${check} fails` },
  verdict: {
    ...{ check, status: 'fail', message: 'None.', subpath: '', evidence: [] },
  },
});
const [green, red] = ['a'.repeat(40), 'b'.repeat(40)];
const merged = {
  ...{ name: 'done', commit: green, merged: true },
  committedAt: '2026-01-01T00:00:00.000Z',
};
const { snapshot } = planContext({}, { 'README.md': '' });

/** A repository in which each example has something to do. */
const CASES: Record<string, Given> = {
  'fix-exploited': UPDATE,
  'payments-direct-updates': UPDATE,
  'pin-ours': {
    files: {
      '.github/workflows/ci.yml':
        'on: push\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n',
    },
    problems: [
      findingProblem({
        ...{ rule: 'unpinned-action', path: '.github/workflows/ci.yml' },
        line: 5,
      }),
    ],
    context: OWNED,
  },
  'rerun-twice': { problems: [runProblem({ attempt: 2 })] },
  'revert-release': {
    files: { 'a.txt': '2' },
    problems: [runProblem({ cause: 'change', commit: red, lastGreen: green })],
    context: {
      treeAt: async commit =>
        new MemoryTree({ 'a.txt': commit === green ? '1' : '2' }, { commit }),
      readCommit: async () => ({
        ...{ subject: 'Break it', author: 'Ada', complete: true },
        ...{ committedAt: '2026-05-01T00:00:00.000Z', parents: [green] },
        paths: ['a.txt'],
      }),
    },
  },
  'owners-in-a-week': { problems: [verdict('codeowners')], context: OWNED },
  'tell-of-readme': { problems: [verdict('readme')] },
  'base-standard': {
    problems: [
      {
        ...{ key: 'base', kind: 'drift', title: 'It drifted' },
        drift: { standard: 'base', version: '1', paths: ['a'] },
      },
    ],
  },
  'monday-branches': {
    context: {
      snapshot: { ...snapshot, branches: [...snapshot.branches, merged] },
    },
  },
  'security-policy': {},
  'agents-pin-images': { files: { Dockerfile: 'FROM docker.io/node:22\n' } },
};

it('tries every example of docs/playbooks.md', () => {
  expect(Object.keys(CASES)).toEqual(Object.keys(examples));
});

describe.each(Object.entries(CASES))('the example %s', (id, given) => {
  it.each(
    examples[id].steps
      // That one is no step of this module.
      .filter(({ uses }) => uses !== 'apply-standard')
      .map(step => [step.uses, step] as const),
  )('has something to do for the real step %s', async (uses, step) => {
    const real = steps.get(uses)!;
    const plan = await real.plan(
      planContext(
        real.parameters.parse(step.with ?? {}),
        given.files ?? { 'main.c': '' },
        {
          ...{ host: new MemoryHost(), problems: given.problems ?? [] },
          ...given.context,
        },
      ),
    );
    const { obstacles = [], unmended = [] } = plan;
    expect({ obstacles, unmended }).toEqual({ obstacles: [], unmended: [] });
    expect([...(plan.files ?? []), ...(plan.actions ?? [])]).not.toEqual([]);
  });
});
