import type { DatabaseCampaignStore } from '../store/campaigns/DatabaseCampaignStore';
import { describeStore } from '../store/testDatabases';
import { playbook } from '../remediate/testRemediations';
import { DRAFT, setUpCampaigns } from './testCampaigns';

jest.setTimeout(240_000);

const WRITES = [
  ...['savePlanned', 'savePlaces', 'save', 'saveReasons', 'release'],
] as const;

/** A store whose process dies at a write: before it is stored, or just after. */
function killAt(campaigns: DatabaseCampaignStore, at: number) {
  const store = Object.create(campaigns);
  const seen = { writes: 0, crashed: false };
  const dying =
    (name: (typeof WRITES)[number]) =>
    async (...parts: unknown[]) => {
      const write = () => (campaigns[name] as any)(...parts);
      seen.writes += 1;
      if (seen.crashed || seen.writes !== at) return write();
      seen.crashed = true;
      if (at % 2 === 0) await write();
      throw new Error('kill -9');
    };
  for (const name of WRITES) store[name] = dying(name);
  return { store, crashed: () => seen.crashed };
}

describeStore('a campaign that is killed', init => {
  it('goes on where it was, and changes each repository once', async () => {
    const fast = {
      verification: { settleSeconds: 0, holdSeconds: 0, timeoutSeconds: 60 },
    };
    let rounds = 0;
    // One more crash each round, until a whole campaign is through without one.
    for (let crashAt = 1; crashAt < 60; crashAt += 1) {
      const all = await setUpCampaigns(await init(), {
        ...{ playbooks: [playbook(fast)], repositories: ['a', 'b', 'c'] },
      });
      const { campaigns, campaign, proposer, knex } = all;
      const { id } = await campaign.create(
        DRAFT,
        'user:default/ada',
        'everything',
      );
      const killed = killAt(campaigns, crashAt);
      const errors: string[] = [];
      for (let i = 0; i < 80; i += 1) {
        // A new process each time; the lease of the one that died runs out.
        await all
          .openCampaigns(killed.store)
          .runner.drive(id)
          .catch(error => errors.push(error.message));
        const { state, hash } = (await campaigns.get(id))!;
        if (state === 'finished') break;
        if (state === 'draft') {
          await campaign.act(id, 'start', {
            ...{ actor: 'user:default/ada', hash: hash!, reason: null },
          });
        }
        const open = await knex('remediations')
          .whereNull('ended_at')
          .select('id');
        await Promise.all(open.map(one => all.remediator.drive(one.id)));
        all.pass(16);
      }
      expect({ crashAt, ...(await campaigns.get(id)) }).toMatchObject({
        ...{ crashAt, state: 'finished' },
      });
      const made = await knex('remediations').select('repository_id');
      expect(made.map(row => row.repository_id).sort()).toEqual([
        'a',
        'b',
        'c',
      ]);
      expect(proposer.done.filter(one => one.startsWith('open'))).toHaveLength(
        3,
      );
      expect(proposer.done.filter(one => one.startsWith('merge'))).toHaveLength(
        3,
      );
      await all.remediator.stop();
      expect(errors).toEqual(killed.crashed() ? ['kill -9'] : []);
      if (!killed.crashed()) {
        rounds = crashAt;
        break;
      }
    }
    expect(rounds).toBeGreaterThan(8);
  });

  it('is carried out by one of several processes', async () => {
    const all = await setUpCampaigns(await init(), {
      repositories: ['a', 'b', 'c', 'd'],
    });
    const { campaigns, campaign, openCampaigns, knex } = all;
    const { id } = await campaign.create(
      { ...DRAFT, waves: [{ share: 1 }] },
      ...(['user:default/ada', 'everything'] as const),
    );
    const drive = () =>
      Promise.all([1, 2, 3].map(() => openCampaigns().runner.drive(id)));
    await drive();
    const { hash } = (await campaigns.get(id))!;
    await campaign.act(id, 'start', {
      ...{ actor: 'user:default/ada', hash: hash!, reason: null },
    });
    await drive();
    expect(await knex('plans').select('id')).toHaveLength(4);
    expect(await knex('remediations').select('id')).toHaveLength(4);
    await all.remediator.stop();
  });
});
