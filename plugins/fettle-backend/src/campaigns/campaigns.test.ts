import { playbook } from '../remediate/testRemediations';
import { describeStore } from '../store/testDatabases';
import { DRAFT, setUpCampaigns } from './testCampaigns';

jest.setTimeout(120_000);

const ADA = 'user:default/ada';
const BOB = 'user:default/bob';
const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];

const by = (actor: string, hash: string | null = null) => ({
  ...{ actor, hash: hash ?? undefined, reason: 'It is time' },
});

describeStore('a campaign', init => {
  it('plans all, waits for the word of another, and goes wave by wave', async () => {
    const given = playbook({
      approval: { by: 1, expiresAfterSeconds: 86_400 },
    });
    const all = await setUpCampaigns(await init(), {
      ...{ playbooks: [given], repositories: [...NAMES, 'g'] },
    });
    const { campaign, campaigns, work, standings, proposer, knex } = all;
    const [g] = [all.repositories.get('g')!];
    await g.commit({ files: { LICENSE: 'MIT\n' }, at: '2026-05-02T00:00:00Z' });
    const { id } = await campaign.create(DRAFT, ADA, 'everything');
    const draft = await work(id);
    expect(draft).toMatchObject({ state: 'draft', wave: 0, waveCount: 3 });
    expect(await standings(id)).toMatchObject({ a: 'waiting', g: 'nothing' });
    const sizes = await knex('campaign_items')
      .groupBy('wave')
      .orderBy('wave')
      .select('wave')
      .count({ n: '*' });
    expect(sizes.map(({ n }) => Number(n))).toEqual([1, 1, 3, 2]);

    // Nobody but another may approve, and only what was looked at.
    const { hash } = draft;
    await expect(campaign.act(id, 'approve', by(ADA, hash))).rejects.toThrow(
      'someone else has to',
    );
    await expect(
      campaign.act(id, 'approve', by(BOB, 'f'.repeat(64))),
    ).rejects.toThrow('another hash');
    await expect(campaign.act(id, 'start', by(ADA, hash))).rejects.toThrow(
      '6 of its plans wait for approvals',
    );
    await campaign.act(id, 'approve', by(BOB, hash));
    await campaign.act(id, 'start', by(ADA, hash));
    await work(id);
    expect(await standings(id)).toMatchObject({ a: 'open', b: 'waiting' });
    expect((await all.items(id))[1].reason).toMatchObject({ code: 'wave' });

    // Merged is not read again; only what was read lets the next wave begin.
    await work(id, 31);
    expect(await standings(id)).toMatchObject({ a: 'running', b: 'waiting' });
    expect(await work(id, 31)).toMatchObject({ wave: 2 });
    expect(await standings(id)).toMatchObject({ b: 'open', c: 'open' });
    for (let i = 0; i < 4; i += 1) await work(id, 31);
    const last = await campaigns.get(id);
    expect(last).toMatchObject({ state: 'running', wave: 3 });
    expect(await work(id, 7200)).toMatchObject({ state: 'finished' });
    expect(new Set(Object.values(await standings(id)))).toEqual(
      new Set(['healed', 'nothing']),
    );
    expect(proposer.done.filter(one => one.startsWith('open'))).toHaveLength(6);
    expect(all.hints).toContain(`campaign:${id}`);
  });

  it('pauses itself where too many fail, and retries them', async () => {
    const given = playbook({
      ...{
        verification: { settleSeconds: 0, holdSeconds: 0, timeoutSeconds: 60 },
      },
    });
    const all = await setUpCampaigns(await init(), {
      ...{ playbooks: [given], repositories: NAMES },
      automation: {
        breaker: { failures: 99, withinMs: 1000, coolOffMs: 1000 },
      },
    });
    const { campaign, work, standings, read, clock } = all;
    const { id } = await campaign.create(DRAFT, ADA, 'everything');
    const { hash } = await work(id);
    const right = read.getMockImplementation()!;
    // What was done does not help.
    read.mockImplementation(async (...asked) => ({
      ...(await right(...asked)),
      problems: [{ key: 'licence', kind: 'verdict', title: 'No licence' }],
      readAt: clock().toISOString(),
    }));
    await campaign.act(id, 'start', by(ADA, hash));
    const paused = await work(id, 1);
    expect(await standings(id)).toMatchObject({ a: 'failed', b: 'waiting' });
    expect(paused).toMatchObject({
      ...{ state: 'paused', wave: 1, reason: { code: 'failures' } },
    });
    read.mockImplementation(right);
    all.pass(90_000);
    const retried = await campaign.act(id, 'retry-failed', by(ADA));
    expect(retried).toMatchObject({ state: 'paused' });
    await work(id);
    const { hash: again } = await campaign.act(id, 'resume', by(ADA));
    // What it would do now is another plan where the first was taken back.
    if (again !== hash) await campaign.act(id, 'start', by(ADA, again));
    for (let i = 0; i < 6; i += 1) await work(id, 10);
    expect((await all.campaigns.get(id))!.state).toBe('finished');
    expect(new Set(Object.values(await standings(id)))).toEqual(
      new Set(['healed']),
    );
  });

  it('begins nothing while it is paused, and ends what is open when cancelled', async () => {
    const all = await setUpCampaigns(await init(), {
      ...{ repositories: NAMES },
      automation: {
        limits: {
          host: { openChanges: 2, changesPerHour: 99 },
          fleet: { openChanges: 99, changesPerHour: 99 },
        },
      },
    });
    const { campaign, work, standings, proposer } = all;
    const { id } = await campaign.create(
      { ...DRAFT, waves: [{ share: 1 }] },
      ...([ADA, 'everything'] as const),
    );
    const { hash } = await work(id);
    await campaign.act(id, 'start', by(ADA, hash));
    await work(id);
    const states = Object.values(await standings(id));
    expect(states.filter(one => one === 'open')).toHaveLength(2);
    expect(states.filter(one => one === 'blocked')).toHaveLength(4);
    const blocked = (await all.items(id)).find(one => one.state === 'blocked');
    expect(blocked?.reason?.message).toContain('2');

    await campaign.act(id, 'pause', by(ADA));
    // Room comes, and nobody takes it.
    await work(id, 31);
    await work(id, 600);
    const paused = Object.values(await standings(id));
    expect(paused.filter(one => one === 'running')).toHaveLength(2);
    expect(paused.filter(one => one === 'blocked')).toHaveLength(4);
    expect(
      (await all.items(id)).find(one => one.state === 'blocked')?.reason,
    ).toMatchObject({ code: 'campaign' });

    await campaign.act(id, 'resume', by(ADA));
    await work(id);
    expect(
      Object.values(await standings(id)).filter(one => one === 'open'),
    ).toHaveLength(2);
    await campaign.act(id, 'cancel', by(ADA));
    await work(id);
    await work(id, 4000);
    expect(Object.values(await standings(id)).sort()).toEqual([
      ...['cancelled', 'cancelled', 'cancelled', 'cancelled'],
      ...['healed', 'healed'],
    ]);
    expect(proposer.done.filter(one => one.startsWith('close'))).toHaveLength(
      2,
    );
    await expect(campaign.act(id, 'resume', by(ADA))).rejects.toThrow(
      'is cancelled',
    );
  });

  it('lets a plan wait again whose repository moved', async () => {
    const all = await setUpCampaigns(await init(), {
      repositories: ['a', 'b'],
    });
    const { campaign, work, standings, repositories } = all;
    const { id } = await campaign.create(DRAFT, ADA, 'everything');
    const { hash } = await work(id);
    await campaign.act(id, 'start', by(ADA, hash));
    await repositories.get('b')!.commit({
      ...{ files: { LICENSE: 'None\n' }, at: '2026-06-01T12:00:01Z' },
    });
    all.read.mockImplementation(async () => ({
      problems: [{ key: 'licence', kind: 'verdict', title: 'No licence' }],
      ...{ inScope: true, gap: null, commit: null, readAt: null },
    }));
    await work(id);
    await all.knex('campaigns').where({ id }).update({ wave: 2 });
    await work(id);
    expect(await standings(id)).toMatchObject({ b: 'waiting' });
    const moved = (await all.items(id)).find(one => one.repository === 'b')!;
    expect(moved.reason).toMatchObject({ code: 'superseded' });
    const now = (await all.campaigns.get(id))!.hash;
    expect(now).not.toBe(hash);
    await campaign.act(id, 'start', by(ADA, now));
    await work(id);
    expect(await standings(id)).toMatchObject({ b: 'open' });
  });
});
