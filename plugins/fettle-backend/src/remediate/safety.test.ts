import type { PlaybookStep } from 'backstage-plugin-fettle-node';
import { describeStore } from '../store/testDatabases';
import { NO_LIMITS, playbook, PROBLEM, setUp, WRITE } from './testRemediations';

jest.setTimeout(120_000);

const order = {
  ...{ playbookId: 'mend', repositoryId: 'ledger', requestedBy: 'fettle' },
};
type Made = Awaited<ReturnType<typeof setUp>>;

async function apply({ service, remediator }: Made, repositoryId = 'ledger') {
  const plan = await service.plan({ ...order, repositoryId });
  const { remediationId: id } = await service.apply(
    ...([plan.id, plan.hash, 'fettle'] as const),
  );
  await remediator.drive(id);
  return { id, plan };
}

describeStore('what keeps remediations safe', init => {
  it('plans anew where the repository moved, and applies no other plan than the one that was looked at', async () => {
    const all = await setUp(await init());
    const { service, remediator, repository, proposer, store } = all;
    const ada = 'user:default/ada';
    const plan = await service.plan({ ...order, requestedBy: ada });
    await repository.commit({
      ...{ files: { 'OTHER.md': 'x' }, at: '2026-05-02T00:00:00Z' },
    });
    const same = await service.plan({ ...order, requestedBy: ada });
    expect(same).toMatchObject({ id: plan.id, hash: plan.hash });

    await repository.commit({
      ...{ files: { LICENSE: 'GPL\n' }, at: '2026-05-03T00:00:00Z' },
    });
    all.read.mockImplementation(async () => ({
      ...{ inScope: true, problems: [PROBLEM], gap: null, commit: null },
      readAt: null,
    }));
    const { remediationId } = await service.apply(plan.id, plan.hash, ada);
    await remediator.drive(remediationId);
    expect(await store.get(remediationId)).toMatchObject({
      ...{ state: 'cancelled', reason: { code: 'superseded' } },
    });
    expect(proposer.done).toEqual([]);
    const old = await store.getPlan(plan.id);
    expect(old).toMatchObject({ state: 'superseded' });
    expect(await store.getPlan(old!.supersededBy!)).toMatchObject({
      ...{ state: 'ready', files: [{ kind: 'changed' }] },
    });
  });

  it('says recovered where the problem went away by itself', async () => {
    const all = await setUp(await init());
    const plan = await all.service.plan(order);
    await all.repository.commit({
      ...{ files: { LICENSE: 'GPL\n' }, at: '2026-05-03T00:00:00Z' },
    });
    const { remediationId } = await all.service.apply(
      ...([plan.id, plan.hash, 'fettle'] as const),
    );
    await all.remediator.drive(remediationId);
    expect(await all.store.get(remediationId)).toMatchObject({
      state: 'recovered',
    });
    expect(all.proposer.done).toEqual([]);
  });

  it('does not open again what a person closed, and stops after some of it', async () => {
    const all = await setUp(await init(), {
      repositories: ['ledger', 'b', 'c', 'd'],
    });
    const { proposer, remediator, store, service, repositories, pass } = all;
    for (const name of ['ledger', 'b', 'c']) {
      const { id, plan } = await apply(all, name);
      proposer.set(
        repositories.get(name)!.location,
        `fettle/mend/${plan.hash.slice(0, 12)}`,
        { state: 'closed', endedBy: 'ada', endedByUs: false },
      );
      pass(5);
      await remediator.drive(id);
      expect(await store.get(id)).toMatchObject({ state: 'cancelled' });
    }
    const again = await service.plan({ ...order, repositoryId: 'ledger' });
    expect(await store.isClosed(again)).toBe(true);
    const { id } = await apply(all, 'ledger');
    expect(await store.get(id)).toMatchObject({
      ...{ state: 'cancelled', reason: { code: 'closed-before' } },
    });

    // Three people said no.
    const [breaker] = await store.breakers();
    expect(breaker).toMatchObject({ state: 'open', failures: 3 });
    const held = await apply(all, 'd');
    expect(await store.get(held.id)).toMatchObject({
      ...{ state: 'blocked', reason: { code: 'breaker' } },
    });
    pass(3601);
    await remediator.drive(held.id);
    expect(await store.get(held.id)).toMatchObject({ state: 'open' });
    expect((await store.breakers())[0]).toMatchObject({ state: 'half-open' });
    pass(31);
    await remediator.drive(held.id);
    pass(31);
    await remediator.drive(held.id);
    pass(3601);
    await remediator.drive(held.id);
    expect(await store.get(held.id)).toMatchObject({ state: 'healed' });
    expect((await store.breakers())[0]).toMatchObject({
      ...{ state: 'closed', failures: 0 },
    });
  });

  it('takes back what did not put it right, and tells people', async () => {
    const all = await setUp(await init());
    const { proposer, remediator, store, repository, pass, clock } = all;
    all.read.mockImplementation(async () => ({
      ...{ inScope: true, problems: [PROBLEM], gap: null },
      commit: repository.snapshot(clock()).head!.commit,
      readAt: clock().toISOString(),
    }));
    const { id } = await apply(all);
    for (let i = 0; i < 5; i += 1) {
      pass(31);
      await remediator.drive(id);
    }
    expect(await store.get(id)).toMatchObject({
      ...{ state: 'reverted', reason: { code: 'not-right' } },
    });
    expect(proposer.done.map(one => one.split('/')[0])).toEqual([
      ...['open fettle', 'merge fettle', 'open fettle', 'merge fettle'],
    ]);
    const { commit } = repository.snapshot(clock()).head!;
    const files = await repository.tree(commit).list();
    expect(files.map(({ path }) => path)).toEqual(['README.md']);
    expect(all.notifications.send).toHaveBeenCalledWith(
      expect.objectContaining({
        recipients: {
          type: 'entity',
          entityRef: ['group:default/team-a', 'group:default/platform'],
        },
      }),
    );
  });

  it('calls unverified what cannot be read in time', async () => {
    const all = await setUp(await init());
    const { remediator, store, pass } = all;
    const { id } = await apply(all);
    const gap = { code: 'x', message: 'The scan failed.', action: 'Look.' };
    pass(31);
    all.read.mockImplementation(async () => ({
      ...{ inScope: true, problems: [], gap, commit: null, readAt: null },
    }));
    await remediator.drive(id);
    pass(31);
    await remediator.drive(id);
    expect(await store.get(id)).toMatchObject({ state: 'settling' });
    expect(all.readNow).toHaveBeenCalledTimes(1);
    pass(86_400);
    await remediator.drive(id);
    expect(await store.get(id)).toMatchObject({ state: 'unverified' });
  });

  it('does not call healed what its playbook only looks past', async () => {
    const all = await setUp(await init());
    const { remediator, store, readAll, pass } = all;
    const { id } = await apply(all);
    readAll.mockResolvedValue([PROBLEM]);
    pass(31);
    await remediator.drive(id);
    pass(31);
    await remediator.drive(id);
    expect(await store.get(id)).toMatchObject({
      ...{ state: 'settling' },
      reason: { message: expect.stringContaining("'Mend' is not for it") },
    });
    pass(86_400);
    await remediator.drive(id);
    expect(await store.get(id)).toMatchObject({ state: 'unverified' });
  });

  it('stops in the middle of its way, and goes on', async () => {
    const all = await setUp(await init());
    const { remediator, store, proposer, clock, pass } = all;
    const { id } = await apply(all);
    await store.setKillSwitch(
      { on: true, reason: 'No', actor: 'ada' },
      clock(),
    );
    pass(31);
    await remediator.drive(id);
    expect(await store.get(id)).toMatchObject({
      ...{ state: 'open', reason: { code: 'stopped' } },
    });
    expect(proposer.done).toHaveLength(1);
    await store.setKillSwitch(
      { on: false, reason: 'Go', actor: 'ada' },
      clock(),
    );
    await store.nudgeAll(clock());
    await remediator.drive(id);
    expect(proposer.done).toHaveLength(2);
  });

  it('leaves alone what somebody edits', async () => {
    const all = await setUp(await init());
    const { remediator, store, proposer, repository, pass } = all;
    const { id, plan } = await apply(all);
    await repository.commit({
      ...{ branch: `fettle/mend/${plan.hash.slice(0, 12)}` },
      ...{ files: { LICENSE: 'Mine\n' }, at: '2026-06-01T13:00:00Z' },
    });
    pass(31);
    await remediator.drive(id);
    expect(await store.get(id)).toMatchObject({
      ...{ state: 'open', personActed: true, reason: { code: 'edited' } },
    });
    pass(86_400);
    await remediator.drive(id);
    expect(await store.get(id)).toMatchObject({ state: 'escalated' });
    expect(proposer.done).toHaveLength(1);
  });

  it('stops a playbook that goes round in circles', async () => {
    const all = await setUp(await init(), {
      playbooks: [
        playbook({
          verification: {
            settleSeconds: 0,
            holdSeconds: 0,
            timeoutSeconds: 60,
          },
        }),
      ],
    });
    const { store, repository, clock, pass } = all;
    for (let i = 0; i < 3; i += 1) {
      const { id } = await apply(all);
      expect(await store.get(id)).toMatchObject({ state: 'healed' });
      pass(60);
      await repository.commit({
        ...{ files: { LICENSE: null }, at: clock().toISOString() },
      });
    }
    const { id } = await apply(all);
    expect(await store.get(id)).toMatchObject({
      ...{ state: 'escalated', reason: { code: 'loop' } },
    });
    const [counts] = await store.countProblems(
      ...([
        [{ playbookId: 'mend', timeoutSeconds: 60 }],
        'everything',
        clock(),
      ] as const),
    );
    expect(counts).toMatchObject({ outcome: 'escalated', problems: 1 });
  });

  it('asks a person, and does what they say', async () => {
    const done: string[] = [];
    const wait: PlaybookStep = {
      ...{ id: 'wait', title: 'Wait', description: 'Waits' },
      parameters: undefined as never,
      ...{ destructive: false, idempotent: true, reversible: false },
      plan: async () => ({
        actions: [{ summary: 'Ask', before: null, after: null, input: null }],
      }),
      apply: async ({ decision }) => {
        if (!decision) return { state: 'waiting', message: 'May it go on?' };
        done.push(decision.actor);
        return { state: 'done', message: 'Yes.' };
      },
    };
    const all = await setUp(await init(), {
      playbooks: [
        playbook({}, [
          { id: 'ask', step: wait },
          {
            id: 'write',
            step: WRITE,
            parameters: { path: 'LICENSE', content: 'MIT\n' },
          },
        ]),
      ],
    });
    const { service, store, remediator } = all;
    const { id } = await apply(all);
    expect(await store.get(id)).toMatchObject({
      waitsFor: { stepId: 'ask', question: 'May it go on?' },
    });
    expect(all.notifications.send).toHaveBeenCalledTimes(1);
    // Others may change the repository meanwhile.
    const other = await apply(all);
    expect(await store.get(other.id)).toMatchObject({
      waitsFor: { stepId: 'ask' },
    });
    const yes = { stepId: 'ask', approved: true, actor: 'bob', reason: '' };
    await service.confirm(id, yes);
    await remediator.drive(id);
    expect(done).toEqual(['bob']);
    expect(await store.get(id)).toMatchObject({
      ...{ state: 'open', personActed: true, waitsFor: null },
    });
    await service.cancel(id, 'bob', 'Not today');
    await remediator.drive(id);
    expect(await store.get(id)).toMatchObject({
      ...{ state: 'cancelled', change: { state: 'closed' } },
    });
    all.pass(86_400);
    await remediator.drive(other.id);
    expect(await store.get(other.id)).toMatchObject({
      ...{ state: 'escalated', reason: { code: 'no-answer' } },
    });
  });

  it('lets through no more than its limits, over replicas', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const all = await setUp(await init(), {
      playbooks: [playbook({ limits: { ...NO_LIMITS, openChanges: 2 } })],
      repositories: names,
    });
    const { service, store, open, openStore, knex, clock, proposer } = all;
    const ids: string[] = [];
    for (const repositoryId of names) {
      const plan = await service.plan({ ...order, repositoryId });
      const { id } = await store.start(
        {
          ...{ planId: plan.id, hash: plan.hash, actor: 'fettle' },
          ...{ assert: () => {}, message: 'Go.' },
        },
        clock(),
      );
      ids.push(id);
    }
    const replicas = [open(openStore(knex)), open(openStore(knex))];
    await Promise.all(ids.map((id, i) => replicas[i % 2].remediator.drive(id)));
    const states = await Promise.all(
      ids.map(async id => (await store.get(id))!.state),
    );
    expect(states.filter(state => state === 'open')).toHaveLength(2);
    expect(states.filter(state => state === 'blocked')).toHaveLength(4);
    expect(proposer.done).toHaveLength(2);
  });

  it('lets one remediation at a time change a repository', async () => {
    const write = (id: string) =>
      playbook({ id, title: id }, [
        { step: WRITE, parameters: { path: 'LICENSE', content: `${id}\n` } },
      ]);
    const all = await setUp(await init(), {
      playbooks: [write('x'), write('y')],
    });
    const { service, store, open, openStore, knex, clock } = all;
    const ids: string[] = [];
    for (const playbookId of ['x', 'y']) {
      const plan = await service.plan({ ...order, playbookId });
      const { id } = await store.start(
        {
          ...{ planId: plan.id, hash: plan.hash, actor: 'fettle' },
          ...{ assert: () => {}, message: 'Go.' },
        },
        clock(),
      );
      ids.push(id);
    }
    await Promise.all(
      ids.map(id => open(openStore(knex)).remediator.drive(id)),
    );
    const states = await Promise.all(
      ids.map(async id => (await store.get(id))!),
    );
    expect(states.map(({ state }) => state).sort()).toEqual([
      'blocked',
      'open',
    ]);
    expect(
      states.find(({ state }) => state === 'blocked')!.reason,
    ).toMatchObject({
      code: 'busy',
    });
  });
});
