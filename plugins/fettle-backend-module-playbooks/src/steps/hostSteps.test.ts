import type { PlaybookStep, StepProblem } from 'backstage-plugin-fettle-node';
import {
  planContext,
  playbookStepContract,
} from 'backstage-plugin-fettle-node/testUtils';
import { MemoryHost } from '../testing/MemoryHost';
import { findingProblem, runProblem } from '../testing/problems';
import { closeIssue } from './closeIssue';
import { deleteBranches } from './deleteBranches';
import { openIssue } from './openIssue';
import { requestReview } from './requestReview';
import { rerunFailed } from './rerunFailed';
import { restoreSettings } from './restoreSettings';
import { waitForPerson } from './waitForPerson';

const files = { 'README.md': 'Read me.\n' };
const owned = [
  { entityRef: 'component:default/a', subpath: '', owner: 'group:default/a' },
];

playbookStepContract(waitForPerson, {
  parameters: { question: 'Is the team told?' },
  sample: () => ({ files, state: () => null }),
});
playbookStepContract(rerunFailed, {
  sample: () => {
    const host = new MemoryHost();
    const context = { host, problems: [runProblem()] };
    return { files, context, state: () => host.state };
  },
});
playbookStepContract(openIssue, {
  sample: () => {
    const host = new MemoryHost();
    const problems = [findingProblem({ rule: 'CVE-2026-1' })];
    // One that was closed before is taken back to that.
    host.state.issues['fettle:mend/step'] = {
      ...{ state: 'closed', title: 'Rule CVE-2026-1' },
      body: '- `Rule CVE-2026-1`',
    };
    return { files, context: { host, problems }, state: () => host.state };
  },
});
playbookStepContract(closeIssue, {
  parameters: { openedBy: 'tell' },
  sample: () => {
    const host = new MemoryHost();
    const issue = { state: 'open', title: 'Old', body: '' };
    host.state.issues['fettle:mend/tell'] = issue;
    return { files, context: { host }, state: () => host.state };
  },
});
playbookStepContract(requestReview, {
  parameters: { owners: { 'group:default/a': ['acme/a', 'ada'] } },
  sample: () => {
    const host = new MemoryHost();
    const context = { host, entities: owned };
    return { files, context, state: () => host.state };
  },
});
playbookStepContract(deleteBranches, {
  sample: () => {
    const host = new MemoryHost();
    const commit = 'a'.repeat(40);
    host.state.branches.done = commit;
    const { snapshot } = planContext({}, files);
    const done = {
      ...{ name: 'done', commit, merged: true },
      committedAt: '2026-01-01T00:00:00.000Z',
    };
    const branches = [...snapshot.branches, done];
    return {
      files,
      context: { host, snapshot: { ...snapshot, branches } },
      state: () => host.state,
    };
  },
});
playbookStepContract(restoreSettings, {
  parameters: { settings: { protection: { reviews: 2 }, wiki: false } },
  sample: () => {
    const host = new MemoryHost();
    host.state.settings = {
      ...{ wiki: true, issues: true },
      protection: { protected: true, reviews: 0 },
    };
    return { files, context: { host }, state: () => host.state };
  },
});

it('does again only what failed of something that goes away, and not for ever', async () => {
  const host = new MemoryHost();
  const problems = [
    runProblem({ runId: '1', cause: 'runner-lost' }),
    runProblem({ runId: '2', cause: 'unknown' }),
    runProblem({ runId: '3', cause: 'change' }),
    runProblem({ runId: '4', attempt: 2 }),
  ];
  const parameters = rerunFailed.parameters.parse({});
  const context = planContext(parameters, files, { host, problems });
  const plan = await rerunFailed.plan(context);
  expect(plan.actions).toHaveLength(1);
  expect(plan.unmended?.map(({ key }) => key)).toEqual([
    ...['run-2', 'run-3', 'run-4'],
  ]);
  host.attempt = 2;
  const { input } = plan.actions![0];
  const result = await rerunFailed.apply!({
    ...{ ...context, input, idempotencyKey: 'k' },
  });
  expect(result.message).toMatch(/already/);
  expect(host.state.reruns).toEqual([]);
});

it('waits for an answer, and ends with a no', async () => {
  const parameters = { question: 'Now?' };
  const context = planContext(parameters, files);
  const apply = (approved?: boolean) =>
    waitForPerson.apply!({
      ...{ ...context, input: parameters, idempotencyKey: 'k' },
      decision:
        approved === undefined
          ? undefined
          : { approved, actor: 'user:default/ada', reason: 'So.' },
    });
  // Without a time to ask again it is a question, which the page shows.
  expect(await apply()).toEqual({
    ...{ state: 'waiting', message: expect.stringContaining('Now?') },
  });
  expect((await apply(true)).state).toBe('done');
  await expect(apply(false)).rejects.toThrow(/said no/);
});

it('keeps branches that somebody may want', async () => {
  const { snapshot } = planContext({}, files);
  const old = {
    committedAt: '2025-01-01T00:00:00.000Z',
    commit: 'a'.repeat(40),
  };
  const branches = [
    ...snapshot.branches,
    { ...old, name: 'merged', merged: true },
    {
      ...old,
      name: 'young',
      merged: true,
      committedAt: '2026-05-31T00:00:00Z',
    },
    { ...old, name: 'release/1', merged: true },
    { ...old, name: 'fettle/mend/1', merged: true },
    { ...old, name: 'stale', merged: false },
    { ...old, name: 'unknown' },
  ];
  const deleted = async (parameters: object) => {
    const context = planContext(
      deleteBranches.parameters.parse(parameters),
      files,
      {
        ...{ host: new MemoryHost(), snapshot: { ...snapshot, branches } },
      },
    );
    const { actions = [] } = await deleteBranches.plan(context);
    return actions.map(({ input }) => (input as { name: string }).name).sort();
  };
  expect(await deleted({})).toEqual(['merged']);
  expect(await deleted({ staleAfterDays: 90 })).toEqual(['merged', 'stale']);
  expect(await deleted({ staleAfterDays: 90, most: 1 })).toHaveLength(1);
  expect(await deleted({ mergedAfterDays: null })).toEqual([]);
});

it('restores what a threat says was there, and says where nobody knows', async () => {
  const threat = (was?: object): StepProblem =>
    findingProblem({ rule: 'reviews-lowered', kind: 'threat', was });
  const host = new MemoryHost();
  host.state.settings = { protection: { protected: true, reviews: 0 } };
  const parameters = restoreSettings.parameters.parse({});
  const plan = (was?: object) =>
    restoreSettings.plan(
      planContext(parameters, files, { host, problems: [threat(was)] }),
    );
  const { actions } = await plan({ protection: { reviews: 2 } });
  expect(actions).toMatchObject([
    {
      before: { protection: { reviews: 0 } },
      after: { protection: { reviews: 2 } },
    },
  ]);
  expect(await plan()).toMatchObject({
    unmended: [{ key: 'reviews-lowered' }],
  });
  const hidden = await plan({ protection: { forcePushes: false } });
  expect(hidden.obstacles).toMatchObject([{ code: 'no-right' }]);
});

it('lets no text from outside be markup or mention anybody', async () => {
  const host = new MemoryHost();
  const title = 'Hey @all\n# `![x](http://evil)` <script>';
  const problems = [{ ...findingProblem({ rule: 'x' }), title }];
  const parameters = openIssue.parameters.parse({ text: 'Please look.' });
  const { actions } = await openIssue.plan(
    planContext(parameters, files, { host, problems }),
  );
  expect((actions![0].after as { body: string }).body).toBe(
    "Please look.\n\n- `Hey @all # '![x](http://evil)' <script>`",
  );
});

it('is content with an issue that was closed since, and not with none', async () => {
  const host = new MemoryHost();
  const problems = [findingProblem({ rule: 'CVE-2026-1' })];
  const parameters = openIssue.parameters.parse({});
  const stateOf = async (given: object) => {
    const context = planContext(parameters, files, { host, ...given });
    return (await openIssue.verify!(context)).state;
  };
  expect(await stateOf({ problems })).toBe('wrong');
  host.state.issues['fettle:mend/step'] = {
    ...{ state: 'closed', title: 'Old', body: '' },
  };
  expect(await stateOf({ problems })).toBe('right');
  host.state.issues = {};
  // Of nothing, none is opened.
  expect(await stateOf({ problems: [] })).toBe('right');
});

it.each<PlaybookStep>([openIssue, closeIssue, requestReview, waitForPerson])(
  'puts nothing right by telling or asking',
  ({ mends }) => {
    expect(mends?.({})).toBe(false);
  },
);
