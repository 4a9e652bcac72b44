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

  it('forgets what it saw where its playbook is not for the repository any more', async () => {
    const all = await start({ approval: { by: 1, expiresAfterSeconds: 3600 } });
    const { look, store, clock, read } = all;
    await look();
    const count = () =>
      store.countProblems(
        ...([
          [{ playbookId: 'mend', timeoutSeconds: 3600 }],
          'everything',
        ] as const),
        clock(),
      );
    expect(await count()).toMatchObject([{ outcome: null, problems: 1 }]);
    read.mockImplementation(async () => ({
      ...{ inScope: false, problems: [], gap: null, commit: null },
      readAt: null,
    }));
    await look();
    expect(await count()).toEqual([]);
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

  describe('of a schedule', () => {
    const HOUR = 3600;
    const nextAfter = (_: unknown, after: Date) =>
      new Date((Math.floor(after.getTime() / 1000 / HOUR) + 1) * HOUR * 1000);

    /** Each repository lacks what the playbook writes. */
    async function due(view: Parameters<typeof playbook>[0] = {}) {
      const given = playbook({ level: 'propose', ...view });
      given.trigger = { id: 'schedule', nextAfter } as never;
      const names = ['a', 'b', 'c'];
      const all = await setUp(await init(), {
        ...{ playbooks: [given], repositories: names },
      });
      const { store, remediator, service, read, pass } = all;
      read.mockImplementation(async () => ({
        ...{ inScope: true, problems: [], gap: null },
        ...{ commit: null, readAt: null },
      }));
      const inScope = jest.fn(async () =>
        names.map(id => ({ id, name: id, host: 'h' })),
      );
      const open = (more: { service?: typeof service } = {}) =>
        new Lookout({
          ...{ store, remediator, service, playbooks: all.playbooks },
          ...{ clock: all.clock, logger: all.logger, onChange: () => {} },
          problems: { ...all.problems, inScope },
          ...more,
        });
      const begun = async () => {
        const { items } = await store.listRemediations(
          ...([{ limit: 20 }, 'everything'] as const),
        );
        await Promise.all(items.map(({ id }) => remediator.drive(id)));
        return (
          await store.listRemediations({ limit: 20 }, 'everything')
        ).items.map(({ repositoryId, state }) => `${repositoryId} ${state}`);
      };
      // It begins to count.
      await open().sweep();
      pass(HOUR);
      return { ...all, open, begun, inScope };
    }

    it('starts in each repository by itself, whatever becomes of the others', async () => {
      const { open, begun, inScope, read, logger, pass } = await due();
      const usual = read.getMockImplementation()!;
      inScope.mockResolvedValue(
        ['gone', 'a', 'b', 'c'].map(id => ({ id, name: id, host: 'h' })),
      );
      read.mockImplementation(async (of, id) => ({
        ...(await usual(of, id)),
        // Its condition does not hold there.
        inScope: id !== 'a',
      }));
      await open().sweep();
      expect((await begun()).sort()).toEqual(['b open', 'c open']);
      expect(logger.error).toHaveBeenCalledTimes(1);
      expect(logger.error).toHaveBeenCalledWith(
        expect.stringMatching(/'Mend' was not started in gone/),
      );
      pass(60);
      await open().sweep();
      expect(await begun()).toHaveLength(2);
    });

    it('does nothing where its condition cannot be told', async () => {
      const { open, begun, read, logger } = await due();
      const gap = { code: 'x', message: 'Nobody can say.', action: 'Wait.' };
      const usual = read.getMockImplementation()!;
      read.mockImplementation(async (of, id) => ({
        ...{ ...(await usual(of, id)), gap },
      }));
      await open().sweep();
      expect(await begun()).toEqual([]);
      expect(logger.error).toHaveBeenCalledTimes(3);
    });

    it('starts nothing beside what is under way, or a change that is still open', async () => {
      const { open, begun, inScope, repositories, proposer, store, pass } =
        await due({
          verification: {
            ...{ settleSeconds: 0, holdSeconds: 0, timeoutSeconds: 7200 },
          },
        });
      inScope.mockResolvedValue([{ id: 'a', name: 'a', host: 'h' }]);
      await open().sweep();
      expect(await begun()).toEqual(['a open']);
      pass(HOUR);
      await open().sweep();
      expect(await begun()).toEqual(['a open']);
      // Nobody merges it; it is given up, and stays open.
      pass(HOUR);
      await begun();
      pass(HOUR);
      await open().sweep();
      expect(await begun()).toEqual(['a escalated']);
      const { items } = await store.listRemediations(
        ...([{ limit: 1 }, 'everything'] as const),
      );
      const { location } = repositories.get('a')!;
      proposer.set(location, items[0].change!.branch, {
        ...{ state: 'closed', endedBy: 'ada' },
      });
      pass(HOUR);
      await open().sweep();
      expect(await begun()).toEqual(['a open', 'a escalated']);
    });

    it('goes on where it was stopped, and begins nothing twice', async () => {
      const { open, begun, service } = await due();
      const first = open({
        service: Object.assign(Object.create(service), {
          plan: async (order: Parameters<typeof service.plan>[0]) => {
            if (order.repositoryId === 'b') await first.stop();
            return service.plan(order);
          },
          apply: service.apply.bind(service),
        }),
      });
      await first.sweep();
      expect(await begun()).toEqual(['a open']);
      await open().sweep();
      expect((await begun()).sort()).toEqual(['a open', 'b open', 'c open']);
    });

    it('is started by another process where one died with it', async () => {
      const { open, begun, store, clock, given, pass } = {
        ...(await due()),
        given: { playbookId: 'mend', digest: 'd1' },
      };
      const next = (after: Date) => nextAfter({}, after);
      expect(await store.schedules.claim(given, next, clock())).toBeDefined();
      await open().sweep();
      expect(await begun()).toEqual([]);
      pass(601);
      await open().sweep();
      expect(await begun()).toHaveLength(3);
    });
  });
});
