import type { PlaybookStep } from 'backstage-plugin-fettle-node';
import type { DatabaseRemediationStore } from '../store/remediation/DatabaseRemediationStore';
import { describeStore } from '../store/testDatabases';
import { NO_LIMITS, playbook, setUp, WRITE } from './testRemediations';

jest.setTimeout(120_000);

const order = {
  ...{ playbookId: 'mend', repositoryId: 'ledger', requestedBy: 'fettle' },
};

/** A step whose actions are counted by their keys, with the effect of once. */
function action(
  phase: 'before' | 'opened' | 'merged',
  done: string[],
  idempotent = true,
): PlaybookStep {
  return {
    ...{ id: `act-${phase}`, title: phase, description: phase },
    parameters: undefined as never,
    ...{ destructive: false, idempotent, reversible: false, phase },
    plan: async () => ({
      actions: [{ summary: phase, before: null, after: phase, input: phase }],
    }),
    apply: async ({ idempotencyKey }) => {
      const key = `${phase} ${idempotencyKey}`;
      if (!idempotent || !done.includes(key)) done.push(key);
      return { state: 'done', message: `Did ${phase}` };
    },
  };
}

/** A store whose process dies before it writes its nth transition. */
function dieAt(
  store: DatabaseRemediationStore,
  nth: number,
): DatabaseRemediationStore {
  let saves = 0;
  const count = () => {
    saves += 1;
    if (saves === nth + 1) throw new Error('kill -9');
  };
  const dying = Object.create(store);
  for (const name of ['save', 'saveAdmission'] as const) {
    dying[name] = async (...parts: any[]) => {
      count();
      return (store[name] as any)(...parts);
    };
  }
  return dying;
}

describeStore('a remediation that is killed', init => {
  it('has each effect once, whichever result was not stored', async () => {
    // One more crash each round, until a whole remediation is through without one.
    let rounds = 0;
    for (let crashAt = 0; crashAt < 40; crashAt += 1) {
      const done: string[] = [];
      const given = playbook({ limits: NO_LIMITS }, [
        { step: WRITE, parameters: { path: 'LICENSE', content: 'MIT\n' } },
        { id: 'b', step: action('before', done) },
        { id: 'o', step: action('opened', done) },
        { id: 'm', step: action('merged', done) },
      ]);
      const all = await setUp(await init(), { playbooks: [given] });
      const { service, store, open, pass, proposer } = all;
      const plan = await service.plan(order);
      const started = await store.start(
        {
          ...{ planId: plan.id, hash: plan.hash, actor: 'fettle' },
          ...{ assert: () => {}, message: 'Go.' },
        },
        all.clock(),
      );
      const dying = dieAt(store, crashAt);
      const errors: string[] = [];
      for (let i = 0; i < 60; i += 1) {
        // A new process each time.
        await open(dying)
          .remediator.advance(started.id)
          .catch(error => errors.push(String(error)));
        const { state } = (await store.get(started.id))!;
        if (state === 'healed') break;
        pass(state === 'verifying' ? 3601 : 31);
      }
      const end = (await store.get(started.id))!;
      expect({ crashAt, state: end.state }).toEqual({
        crashAt,
        state: 'healed',
      });
      expect(proposer.done).toEqual([
        `open fettle/mend/${plan.hash.slice(0, 12)}`,
        `merge fettle/mend/${plan.hash.slice(0, 12)}`,
      ]);
      expect(done.map(one => one.split(' ')[0])).toEqual([
        ...['before', 'opened', 'merged'],
      ]);
      if (errors.length === 0) {
        rounds = crashAt;
        break;
      }
      expect(errors).toEqual(['Error: kill -9']);
    }
    // Each transition of it was cut short once.
    expect(rounds).toBeGreaterThan(8);
  });

  it('asks a person about what may not be done twice', async () => {
    const done: string[] = [];
    const given = playbook({}, [{ step: action('before', done, false) }]);
    const all = await setUp(await init(), { playbooks: [given] });
    const { service, store, open, pass } = all;
    const plan = await service.plan(order);
    const { id } = await store.start(
      {
        ...{ planId: plan.id, hash: plan.hash, actor: 'fettle' },
        ...{ assert: () => {}, message: 'Go.' },
      },
      all.clock(),
    );
    const dying = Object.create(store);
    dying.save = async (...parts: any[]) => {
      if (done.length > 0) throw new Error('kill -9');
      return (store.save as any)(...parts);
    };
    await expect(open(dying).remediator.drive(id)).rejects.toThrow('kill -9');
    pass(31);
    await open().remediator.drive(id);
    expect(done).toHaveLength(1);
    expect(await store.get(id)).toMatchObject({
      ...{ state: 'escalated', reason: { code: 'unknown-outcome' } },
    });
    expect(all.notifications.send).toHaveBeenCalledTimes(1);
  });

  it('is carried out by one of two processes', async () => {
    const all = await setUp(await init());
    const { service, store, open, proposer } = all;
    const plan = await service.plan(order);
    const { id } = await store.start(
      {
        ...{ planId: plan.id, hash: plan.hash, actor: 'fettle' },
        ...{ assert: () => {}, message: 'Go.' },
      },
      all.clock(),
    );
    await Promise.all([1, 2, 3].map(() => open().remediator.drive(id)));
    expect(proposer.done).toHaveLength(1);
    expect(await all.story(id)).toEqual(['started', 'let-through', 'opened']);
  });
});
