import type { Reason } from 'backstage-plugin-fettle-common';
import { DRAFT, setUpCampaigns } from '../campaigns/testCampaigns';
import { describeStore } from '../store/testDatabases';
import { playbook } from './testRemediations';

jest.setTimeout(180_000);

const UNREAD: Reason = {
  ...{ code: 'playbooks-unread', message: 'Not all were read.' },
  action: 'Wait.',
};

describeStore('while playbooks are not all read', init => {
  /** The backend started, and `mend` stands in a file. */
  async function restarted(view: Parameters<typeof playbook>[0] = {}) {
    const mend = playbook(view);
    const all = await setUpCampaigns(await init(), { playbooks: [mend] });
    const unread = jest.spyOn(all.playbooks, 'unread');
    return {
      ...all,
      begin: async () => {
        const plan = await all.service.plan({
          ...{ playbookId: 'mend', repositoryId: 'ledger' },
          requestedBy: 'fettle',
        });
        // Nothing is driven before the test says so.
        const { id } = await all.store.start(
          {
            ...{ planId: plan.id, hash: plan.hash, actor: 'fettle' },
            ...{ assert: () => {}, message: 'It begins.' },
          },
          all.clock(),
        );
        return id;
      },
      stop: () => {
        all.all.delete('mend');
        unread.mockReturnValue(UNREAD);
      },
      read: (found: boolean) => {
        if (found) all.all.set('mend', mend);
        unread.mockReturnValue(null);
      },
    };
  }

  it('a remediation that asks to be let through waits, and goes on', async () => {
    const { begin, stop, read, remediator, service, pass, story } =
      await restarted();
    const id = await begin();
    stop();
    const due = await remediator.drive(id);
    expect(await service.stateOf(id)).toMatchObject({
      ...{ state: 'blocked', stage: 'admit', endedAt: null, reason: UNREAD },
      dueAt: due!.toISOString(),
    });
    read(true);
    pass(15);
    await remediator.drive(id);
    expect(await service.stateOf(id)).toMatchObject({ state: 'open' });
    expect(await story(id)).toEqual(['started', 'let-through', 'opened']);
  });

  it('a remediation with an open change waits, and goes on', async () => {
    const { begin, stop, read, remediator, service, pass, proposer } =
      await restarted();
    const id = await begin();
    await remediator.drive(id);
    stop();
    pass(31);
    await remediator.drive(id);
    expect(await service.stateOf(id)).toMatchObject({
      ...{ state: 'open', stage: 'follow', endedAt: null, reason: UNREAD },
    });
    read(true);
    pass(15);
    await remediator.drive(id);
    expect(await service.stateOf(id)).toMatchObject({ state: 'settling' });
    expect(proposer.done).toHaveLength(2);
  });

  it('ends what its file does not name any more once it was read', async () => {
    const { begin, stop, read, remediator, service, pass } = await restarted();
    const open = await begin();
    await remediator.drive(open);
    stop();
    pass(31);
    await remediator.drive(open);
    read(false);
    pass(15);
    await remediator.drive(open);
    expect(await service.stateOf(open)).toMatchObject({
      ...{ state: 'escalated', reason: { code: 'no-playbook' } },
    });
  });

  it('takes the word of a person who cancels it', async () => {
    const { begin, stop, remediator, service, pass } = await restarted();
    const id = await begin();
    stop();
    await remediator.drive(id);
    pass(1);
    await service.cancel(id, 'user:default/ada', 'Not now');
    await remediator.drive(id);
    expect(await service.stateOf(id)).toMatchObject({ state: 'cancelled' });
  });

  it('a campaign waits, and is planned by it', async () => {
    const { stop, read, campaign, campaigns, runner, standings, pass } =
      await restarted();
    const { id } = await campaign.create(
      ...([DRAFT, 'user:default/ada', 'everything'] as const),
    );
    stop();
    await runner.drive(id);
    expect(await campaigns.get(id)).toMatchObject({ state: 'planning' });
    read(true);
    pass(15);
    await runner.drive(id);
    expect(await campaigns.get(id)).toMatchObject({ state: 'draft' });
    expect(await standings(id)).toEqual({ ledger: 'waiting' });
  });
});
