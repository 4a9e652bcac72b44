import { describeStore } from '../store/testDatabases';
import { Lookout } from './Lookout';
import { playbook, PROBLEM, setUp } from './testRemediations';

jest.setTimeout(180_000);

describeStore('the lookout', init => {
  const { signal } = new AbortController();

  async function start(view: Parameters<typeof playbook>[0] = {}) {
    const given = playbook({
      verification: { settleSeconds: 0, holdSeconds: 0, timeoutSeconds: 3600 },
      ...view,
    });
    given.trigger = { id: 'verdict', see: jest.fn() } as never;
    const all = await setUp(await init(), { playbooks: [given] });
    const { store, playbooks, service, remediator, clock, logger } = all;
    const lookout = new Lookout({
      ...{ store, playbooks, service, remediator, clock, logger },
      problems: {
        read: all.read,
        readSubject: async () => undefined,
        readAll: async () => [PROBLEM, { ...PROBLEM, key: 'other' }],
        inScope: async () => [{ id: 'ledger', name: 'ledger', host: 'h' }],
      },
      debounceMs: 1,
      onChange: () => {},
    });
    const look = async () => {
      await lookout.look('ledger', signal);
      const { items } = await store.listRemediations(
        ...([{ limit: 10 }, 'everything'] as const),
      );
      await Promise.all(items.map(({ id }) => remediator.drive(id)));
      return (await store.listRemediations({ limit: 10 }, 'everything')).items;
    };
    const plans = async () =>
      (await store.listPlans({ limit: 10 }, 'everything', clock())).items;
    return { ...all, lookout, look, plans, given };
  }

  it('puts right what it sees, once, and tells when it comes back', async () => {
    const { look, store, repository, clock, pass, proposer } = await start();
    expect(await look()).toMatchObject([
      { state: 'healed', personActed: false },
    ]);
    pass(60);
    expect(await look()).toHaveLength(1);
    expect(await store.coverage('everything')).toMatchObject([
      { problems: 2, covered: 0 },
    ]);

    await repository.commit({
      ...{ files: { LICENSE: null }, at: clock().toISOString() },
    });
    expect(await look()).toHaveLength(2);
    expect(proposer.done).toHaveLength(4);
    const counts = await store.countProblems(
      ...([
        [{ playbookId: 'mend', timeoutSeconds: 60 }],
        'everything',
      ] as const),
      clock(),
    );
    expect(counts.find(({ falseHeal }) => falseHeal)).toMatchObject({
      ...{ outcome: 'healed', problems: 1 },
    });
  });

  it('only says what it would do under observe, and keeps that up to date', async () => {
    const { look, plans, store, repository, clock, pass, proposer } =
      await start({
        level: 'observe',
      });
    await look();
    await look();
    const [first, ...others] = await plans();
    expect(first).toMatchObject({ state: 'ready', requestedBy: 'fettle' });
    expect(others).toEqual([]);
    // Nobody can have it applied.
    const waiting = await store.listPlans(
      ...([{ limit: 10, for: 'person' }, 'everything', clock()] as const),
    );
    expect(waiting.total).toBe(0);
    pass(60);
    await repository.commit({
      ...{ files: { LICENSE: 'GPL\n' }, at: clock().toISOString() },
    });
    await look();
    expect(await plans()).toMatchObject([{ state: 'superseded' }]);
    expect(proposer.done).toEqual([]);
  });

  it('goes on by itself once somebody approved', async () => {
    const { look, plans, service, store, proposer } = await start({
      approval: { by: 1, expiresAfterSeconds: 3600 },
    });
    await look();
    const [plan] = await plans();
    expect(plan).toMatchObject({ state: 'waiting' });
    expect(proposer.done).toEqual([]);
    await service.decide(plan.id, {
      ...{ hash: plan.hash, actor: 'user:default/bob', reason: null },
      decision: 'approved',
    });
    expect(await look()).toMatchObject([
      { state: 'healed', personActed: true },
    ]);
    expect(await store.getPlan(plan.id)).toMatchObject({ state: 'applied' });
  });

  it('leaves alone what failed until its playbook changes', async () => {
    const { look, given, all, read, repository, clock, pass } = await start();
    read.mockImplementation(async () => ({
      ...{ inScope: true, problems: [PROBLEM], gap: null },
      commit: repository.snapshot(clock()).head!.commit,
      readAt: clock().toISOString(),
    }));
    for (let i = 0; i < 4; i += 1) {
      await look();
      pass(60);
    }
    expect(await look()).toMatchObject([{ state: 'reverted' }]);
    all.set('mend', { ...given, view: { ...given.view, digest: 'd2' } });
    expect(await look()).toHaveLength(2);
  });

  it('says that a problem recovered without us', async () => {
    const { look, store, repository, clock } = await start({
      level: 'observe',
    });
    await look();
    await repository.commit({
      ...{ files: { LICENSE: 'GPL\n' }, at: clock().toISOString() },
    });
    await look();
    expect(
      await store.countProblems(
        [{ playbookId: 'mend', timeoutSeconds: 60 }],
        ...(['everything', clock()] as const),
      ),
    ).toMatchObject([{ outcome: 'recovered', problems: 1 }]);
  });
});
