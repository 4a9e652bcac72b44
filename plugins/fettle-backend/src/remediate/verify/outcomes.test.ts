import type { PlaybookStep, StepProblem } from 'backstage-plugin-fettle-node';
import type { MemoryChangeProposer } from 'backstage-plugin-fettle-node/testUtils';
import { describeStore } from '../../store/testDatabases';
import { Lookout } from '../Lookout';
import { countOutcomes, successRate } from '../successRate';
import { playbook, PROBLEM, setUp, WRITE } from '../testRemediations';

jest.setTimeout(180_000);

const OTHER: StepProblem = { ...PROBLEM, key: 'other', title: 'It is odd' };

/** Does one thing each time that it is asked, whatever is there. */
function always(given: Partial<PlaybookStep> = {}) {
  const calls: string[] = [];
  const step: PlaybookStep = {
    ...{ id: 'call', title: 'Call', description: 'Calls.' },
    parameters: undefined as never,
    ...{ destructive: false, idempotent: true, reversible: true },
    plan: async () => ({
      actions: [
        { summary: 'Call', before: null, after: 'x', input: { b: 1, a: 2 } },
      ],
    }),
    apply: async () => {
      calls.push('call');
      return { state: 'done', message: 'Called.' };
    },
    rollback: async () => {
      calls.push('take back');
    },
    ...given,
  };
  return { step, calls };
}

const write = (path = 'LICENSE') => ({
  ...{ id: 'write', step: WRITE, parameters: { path, content: 'MIT\n' } },
});
/** Says that it does not mend these. */
const leaves = (...problems: StepProblem[]): PlaybookStep => ({
  ...WRITE,
  plan: async context => ({
    ...(await WRITE.plan(context)),
    unmended: problems.map(({ key }) => ({ key, reason: 'It cannot be.' })),
  }),
});

function onMerge(proposer: MemoryChangeProposer, listener: () => void) {
  const merge = proposer.merge.bind(proposer);
  proposer.merge = async (...given) => {
    listener();
    return merge(...given);
  };
}

describeStore('what a remediation comes to', init => {
  async function start(
    steps: Parameters<typeof playbook>[1],
    problems: StepProblem[] | (() => StepProblem[]),
    view: Parameters<typeof playbook>[0] = {},
  ) {
    const given = playbook(
      {
        verification: { settleSeconds: 0, holdSeconds: 60, timeoutSeconds: 99 },
        ...view,
      },
      steps,
    );
    given.trigger = { id: 'verdict', see: jest.fn() } as never;
    const all = await setUp(await init(), { playbooks: [given] });
    const { store, playbooks, service, remediator, clock, logger } = all;
    const there = typeof problems === 'function' ? problems : () => problems;
    all.read.mockImplementation(async () => ({
      ...{ inScope: true, problems: there(), gap: null },
      commit: all.repository.snapshot(clock()).head!.commit,
      readAt: clock().toISOString(),
    }));
    const lookout = new Lookout({
      ...{ store, playbooks, service, remediator, clock, logger },
      ...{ problems: all.problems, onChange: () => {} },
    });
    const { signal } = new AbortController();
    const list = async () =>
      (await store.listRemediations({ limit: 10 }, 'everything')).items;
    /** Looks at it, and lets time pass until nothing is under way. */
    const look = async () => {
      await lookout.look('ledger', signal);
      for (let i = 0; i < 8; i += 1) {
        for (const { id } of await list()) await remediator.drive(id);
        all.pass(31);
      }
      return list();
    };
    const count = async (timeoutSeconds = 86_400) => {
      const counts = await store.countProblems(
        [{ playbookId: 'mend', timeoutSeconds }],
        ...(['everything', clock()] as const),
      );
      return { ...countOutcomes(counts), ...successRate(counts, null) };
    };
    return { ...all, lookout, look, list, count };
  }

  it.each([
    ['may put it right', true],
    ['only tell of it', false],
  ])('is no failure where steps that %s would act again', async (_, mends) => {
    const { step, calls } = always({ mends: () => mends });
    const { service, remediator, proposer, store, pass } = await start(
      [write(), { id: 'call', step }],
      [],
    );
    const plan = await service.plan({
      ...{ playbookId: 'mend', repositoryId: 'ledger' },
      requestedBy: 'user:default/ada',
    });
    const { remediationId: id } = await service.apply(
      ...([plan.id, plan.hash, 'user:default/ada'] as const),
    );
    for (let i = 0; i < 8; i += 1) {
      await remediator.drive(id);
      pass(31);
    }
    expect(await store.get(id)).toMatchObject({ state: 'healed' });
    expect(proposer.done).toHaveLength(2);
    expect(calls).toEqual(['call']);
  });

  it('is a failure where what was done is there to be done again', async () => {
    const { step } = always({
      plan: async () => ({
        actions: [{ summary: 'Call', before: 'is', after: 'x', input: 1 }],
      }),
    });
    const { service, remediator, store, pass } = await start(
      [{ id: 'call', step }],
      [],
    );
    const plan = await service.plan({
      ...{ playbookId: 'mend', repositoryId: 'ledger', requestedBy: 'fettle' },
    });
    const { remediationId: id } = await service.apply(
      ...([plan.id, plan.hash, 'fettle'] as const),
    );
    for (let i = 0; i < 3; i += 1) {
      await remediator.drive(id);
      pass(31);
    }
    expect(await store.get(id)).toMatchObject({ state: 'reverted' });
  });

  it('is escalated, and not healed, where its steps only tell of the problem', async () => {
    const verify = jest.fn(async () => ({
      ...{ state: 'right' as const, message: 'It is told.' },
    }));
    const { step, calls } = always({ mends: () => false, verify });
    const { look, count, store } = await start(
      [{ id: 'tell', step }],
      [PROBLEM],
    );
    expect(await look()).toMatchObject([
      { state: 'escalated', reason: { code: 'unmended' } },
    ]);
    expect(verify).toHaveBeenCalled();
    expect(calls).toEqual(['call']);
    expect(await store.breakers()).toEqual([]);
    expect(await count()).toMatchObject({
      problems: 1,
      healed: 0,
      escalated: 1,
    });
    // Told once.
    expect(await look()).toHaveLength(1);
    expect(calls).toEqual(['call']);
  });

  it('is taken back where nobody was told', async () => {
    const { step, calls } = always({
      mends: () => false,
      verify: async () => ({ state: 'wrong', message: 'There is no issue.' }),
    });
    const { look } = await start([{ id: 'tell', step }], [PROBLEM]);
    expect(await look()).toMatchObject([
      { state: 'reverted', reason: { message: 'There is no issue.' } },
    ]);
    expect(calls).toEqual(['call', 'take back']);
  });

  it('heals what it mends, and tells once of what it does not', async () => {
    let there = [PROBLEM, OTHER];
    const all = await start([{ ...write(), step: leaves(OTHER) }], () => there);
    const { proposer, look, count, story, notifications } = all;
    onMerge(proposer, () => {
      there = [OTHER];
    });
    const [{ id }, ...others] = await look();
    expect(others).toEqual([]);
    expect(await all.store.get(id)).toMatchObject({ state: 'healed' });
    expect((await story(id)).slice(-2)).toEqual(['unmended', 'healed']);
    expect(notifications.send).toHaveBeenCalledTimes(1);
    expect(notifications.send).toHaveBeenCalledWith(
      expect.objectContaining({
        payload: expect.objectContaining({
          description: expect.stringContaining('It is odd. It cannot be.'),
        }),
      }),
    );
    // It is still there, which is no relapse.
    expect(await look()).toHaveLength(1);
    expect(await count()).toMatchObject({
      ...{ problems: 2, healed: 1, escalated: 1, falseHeals: 0 },
    });
    // Another problem that comes is no reason to tell of it again.
    const THIRD = { ...PROBLEM, key: 'third', title: 'It is new' };
    there = [OTHER, THIRD];
    await all.repository.commit({
      ...{ files: { LICENSE: null }, at: all.clock().toISOString() },
    });
    const [{ id: next, problems }] = await look();
    expect(problems).toMatchObject([{ title: 'It is new' }]);
    expect(await all.store.get(next)).toMatchObject({ state: 'healed' });
    expect(await count()).toMatchObject({ problems: 3, healed: 2 });
    expect(notifications.send).toHaveBeenCalledTimes(1);
  });

  it('heals later what could not be mended at first', async () => {
    let left = [OTHER];
    const late: PlaybookStep = {
      ...WRITE,
      plan: async context => {
        const { files } = await WRITE.plan(context);
        return {
          files: left.length > 0 ? files : [{ path: 'B', content: 'b' }],
          unmended: left.map(({ key }) => ({ key, reason: 'Too new.' })),
        };
      },
    };
    let there = [PROBLEM, OTHER];
    const { look, proposer, count } = await start(
      [{ ...write(), step: late }],
      () => there,
    );
    onMerge(proposer, () => {
      there = left;
    });
    expect(await look()).toMatchObject([{ state: 'healed' }]);
    left = [];
    expect(await look()).toHaveLength(2);
    expect(await count()).toMatchObject({
      ...{ problems: 2, healed: 2, escalated: 0, falseHeals: 0 },
    });
  });

  it('is escalated where it mends none of its problems', async () => {
    const { look, count, notifications } = await start(
      [{ ...write(), step: leaves(PROBLEM) }],
      [PROBLEM],
    );
    expect(await look()).toMatchObject([
      { state: 'escalated', reason: { code: 'unmended' } },
    ]);
    expect(notifications.send).toHaveBeenCalledTimes(1);
    expect(await count()).toMatchObject({ problems: 1, healed: 0 });
  });

  describe('a problem that went without us', () => {
    const impossible: PlaybookStep = {
      ...WRITE,
      plan: async () => ({
        obstacles: [{ code: 'no', message: 'It cannot be.', action: 'Look.' }],
      }),
    };
    const needsYes = { approval: { by: 1, expiresAfterSeconds: 3600 } };

    it.each([
      ['speaks against it while it waited', [write()], needsYes, 86_400, 1],
      [
        'speaks against it where nothing could be done',
        [{ ...write(), step: impossible }],
        ...([{}, 86_400, 1] as const),
      ],
      [
        'says nothing where the playbook only observes',
        [{ ...write(), step: impossible }],
        ...([{ level: 'observe' as const }, 86_400, 0] as const),
      ],
      [
        'speaks against it after its time was up',
        ...([[write()], { level: 'observe' as const }, 100, 1] as const),
      ],
    ])('%s', async (_, steps, view, timeoutSeconds, problems) => {
      let there = [PROBLEM];
      const { look, count } = await start([...steps], () => there, view);
      expect(await look()).toEqual([]);
      there = [];
      await look();
      expect(await count(timeoutSeconds)).toMatchObject({
        ...{ recovered: 1, problems, healed: 0 },
      });
    });

    it('speaks against it while it was blocked', async () => {
      let there = [PROBLEM];
      const all = await start([write()], () => there);
      const { look, count, store, clock } = all;
      const ada = { reason: 'No', actor: 'user:default/ada' };
      await store.setKillSwitch({ ...ada, on: true }, clock());
      expect(await look()).toMatchObject([{ state: 'blocked' }]);
      there = [];
      await store.setKillSwitch({ ...ada, on: false }, clock());
      await store.nudgeAll(clock());
      expect(await look()).toMatchObject([{ state: 'recovered' }]);
      expect(await count()).toMatchObject({ recovered: 1, problems: 1 });
    });
  });
});
