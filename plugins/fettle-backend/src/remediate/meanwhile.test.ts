import type { PlaybookStep } from 'backstage-plugin-fettle-node';
import { describeStore } from '../store/testDatabases';
import type { FreezeWindow } from './limits/freezes';
import { playbook, PROBLEM, setUp, WRITE } from './testRemediations';

jest.setTimeout(120_000);

const order = {
  ...{ playbookId: 'mend', repositoryId: 'ledger', requestedBy: 'fettle' },
};
const DAY = 86_400;
type Made = Awaited<ReturnType<typeof setUp>>;

/** Every day; it is noon when a test begins. */
function frozen(from: string, to: string): { freezes: FreezeWindow[] } {
  const days = [1, 2, 3, 4, 5, 6, 7];
  return { freezes: [{ title: 'Lunch', from, to, timeZone: 'UTC', days }] };
}

async function apply({ service, remediator }: Made) {
  const plan = await service.plan(order);
  const { remediationId: id } = await service.apply(
    ...([plan.id, plan.hash, 'fettle'] as const),
  );
  await remediator.drive(id);
  return { id, plan, branch: `fettle/mend/${plan.hash.slice(0, 12)}` };
}

/** Asks a person before anything is done. */
const ASK: PlaybookStep = {
  ...{ id: 'ask', title: 'Ask', description: 'Asks.' },
  parameters: undefined as never,
  ...{ destructive: false, idempotent: true, reversible: false },
  plan: async () => ({
    actions: [{ summary: 'Ask', before: null, after: null, input: null }],
  }),
  apply: async ({ decision }) =>
    decision
      ? { state: 'done', message: 'Yes.' }
      : { state: 'waiting', message: 'May it go on?' },
};

const WAITING = { state: 'waiting', againSeconds: 5 } as const;

describeStore('what changes while a remediation waits', init => {
  it('does nothing for a playbook that was lowered to observe', async () => {
    const all = await setUp(await init(), {
      automation: frozen('11:00', '13:00'),
    });
    const { id } = await apply(all);
    expect(await all.store.get(id)).toMatchObject({
      ...{ state: 'blocked', reason: { code: 'freeze' } },
    });
    const lowered = playbook({ level: 'observe', digest: 'd2' });
    all.playbooks.get = () => lowered;
    all.pass(3601);
    await all.remediator.drive(id);
    expect(await all.store.get(id)).toMatchObject({
      ...{ state: 'cancelled', reason: { code: 'observes' } },
    });
    expect(all.proposer.done).toEqual([]);
  });

  it('merges nothing in a freeze that begins while its change is open', async () => {
    const all = await setUp(await init(), {
      automation: frozen('12:05', '13:00'),
    });
    const { id } = await apply(all);
    all.pass(600);
    await all.remediator.drive(id);
    expect(await all.store.get(id)).toMatchObject({
      ...{ state: 'open', reason: { code: 'freeze' } },
      ...{ dueAt: '2026-06-01T13:00:00.000Z', change: { state: 'open' } },
    });
    all.pass(3000);
    await all.remediator.drive(id);
    expect(await all.store.get(id)).toMatchObject({
      ...{ state: 'settling', change: { state: 'merged' } },
    });
  });

  it('asks again for approvals that ran out while it was held back', async () => {
    const approved = playbook({
      approval: { by: 1, expiresAfterSeconds: 3600 },
    });
    const all = await setUp(await init(), {
      ...{ playbooks: [approved], automation: frozen('11:00', '14:00') },
    });
    const { service, store, remediator } = all;
    const { id: planId, hash } = await service.plan(order);
    await service.decide(planId, {
      ...{ hash, actor: 'user:default/bob', reason: null },
      decision: 'approved',
    });
    // Fettle applies what it asked for by itself.
    const id = (await store.getPlan(planId))!.remediationId!;
    await remediator.drive(id);
    expect(await store.get(id)).toMatchObject({ state: 'blocked' });
    all.pass(7201);
    await remediator.drive(id);
    expect(await store.get(id)).toMatchObject({
      state: 'cancelled',
      reason: { message: expect.stringMatching(/ran out/) },
    });
    const { supersededBy } = (await store.getPlan(planId))!;
    expect(await store.getPlan(supersededBy!)).toMatchObject({
      ...{ state: 'waiting', hash, approvals: [] },
    });
    expect(all.proposer.done).toEqual([]);
  });

  it('looks at the repository again once a person said yes', async () => {
    const parameters = { path: 'LICENSE', content: 'MIT\n' };
    const all = await setUp(await init(), {
      playbooks: [
        playbook({}, [
          { id: 'ask', step: ASK },
          { id: 'write', step: WRITE, parameters },
        ]),
      ],
    });
    const { id, plan } = await apply(all);
    all.read.mockImplementation(async () => ({
      ...{ inScope: true, problems: [PROBLEM], gap: null, commit: null },
      readAt: null,
    }));
    await all.repository.commit({
      ...{ files: { LICENSE: 'GPL\n' }, at: '2026-05-03T00:00:00Z' },
    });
    const yes = { stepId: 'ask', approved: true, actor: 'bob', reason: '' };
    await all.service.confirm(id, yes);
    await all.remediator.drive(id);
    // Bob did not say yes to that one.
    expect(await all.store.get(id)).toMatchObject({
      ...{ state: 'cancelled', reason: { code: 'superseded' } },
    });
    expect((await all.store.getPlan(plan.id))!.supersededBy).not.toBeNull();
    expect(all.proposer.done).toEqual([]);
  });

  it('goes on, in another process, with what it began elsewhere', async () => {
    const seen: unknown[] = [];
    const elsewhere: PlaybookStep = {
      ...ASK,
      idempotent: false,
      apply: async ({ output }) => {
        seen.push(output);
        return seen.length < 3
          ? { ...WAITING, message: 'It runs.', output: { task: 'a' } }
          : { state: 'done', message: 'It has run.' };
      },
    };
    const all = await setUp(await init(), {
      playbooks: [playbook({}, [{ id: 'run', step: elsewhere }])],
    });
    const { id } = await apply(all);
    expect(await all.store.get(id)).toMatchObject({
      ...{ state: 'applying', waitsFor: null },
      reason: { code: 'waiting', message: 'It runs.' },
    });
    all.pass(6);
    await all.open(all.openStore(all.knex)).remediator.drive(id);
    all.pass(6);
    await all.remediator.drive(id);
    expect(seen).toEqual([undefined, { task: 'a' }, { task: 'a' }]);
    expect(await all.story(id)).toEqual([
      ...['started', 'let-through', 'waiting', 'done'],
    ]);
  });

  it('takes back by itself what turns out wrong a day later', async () => {
    const all = await setUp(await init(), {
      playbooks: [
        playbook({
          verification: {
            ...{ settleSeconds: 30, holdSeconds: DAY },
            timeoutSeconds: 7 * DAY,
          },
        }),
      ],
    });
    const { id } = await apply(all);
    for (const seconds of [31, 31]) {
      all.pass(seconds);
      await all.remediator.drive(id);
    }
    expect(await all.store.get(id)).toMatchObject({ state: 'verifying' });
    all.read.mockImplementation(async () => ({
      ...{ inScope: true, problems: [PROBLEM], gap: null },
      commit: all.repository.snapshot(all.clock()).head!.commit,
      readAt: all.clock().toISOString(),
    }));
    all.pass(DAY);
    for (let i = 0; i < 10; i += 1) {
      await all.remediator.drive(id);
      all.pass(31);
    }
    expect(await all.store.get(id)).toMatchObject({ state: 'reverted' });
    const head = all.repository.snapshot(all.clock()).head!.commit;
    const files = await all.repository.tree(head).read(['LICENSE']);
    expect(files.has('LICENSE')).toBe(false);
  });

  it('closes what it was to merge and could not', async () => {
    const all = await setUp(await init());
    const { id, branch } = await apply(all);
    const { location } = all.repository;
    all.proposer.set(location, branch, { checks: 'pending' });
    all.pass(DAY + 1);
    for (let i = 0; i < 3; i += 1) await all.remediator.drive(id);
    expect(await all.store.get(id)).toMatchObject({
      ...{ state: 'failed', reason: { code: 'stuck' } },
      change: { state: 'closed' },
    });
    expect(all.notifications.send).toHaveBeenCalledTimes(1);
  });

  it('leaves to people what they were to merge', async () => {
    const all = await setUp(await init(), {
      playbooks: [playbook({ level: 'propose' })],
    });
    const { id } = await apply(all);
    all.pass(DAY + 1);
    await all.remediator.drive(id);
    expect(await all.store.get(id)).toMatchObject({
      ...{ state: 'escalated', change: { state: 'open' } },
    });
  });
});
