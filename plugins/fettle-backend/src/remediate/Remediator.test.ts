import { describeStore } from '../store/testDatabases';
import { playbook, setUp } from './testRemediations';

jest.setTimeout(180_000);

describeStore('remediations', init => {
  const order = {
    ...{ playbookId: 'mend', repositoryId: 'ledger', requestedBy: 'fettle' },
  };

  it('are planned, applied, verified and healed', async () => {
    const all = await setUp(await init());
    const { service, remediator, repository, proposer, states } = all;
    const { pass, story, auditor } = all;
    const plan = await service.plan(order);
    expect(plan).toMatchObject({
      ...{ state: 'ready', filesChanged: 1, linesChanged: 1 },
      title: 'Mend: There is no licence',
      files: [
        { path: 'LICENSE', kind: 'added', diff: '@@ -0,0 +1,1 @@\n+MIT' },
      ],
    });

    const { remediationId: id } = await service.apply(
      ...([plan.id, plan.hash, 'fettle'] as const),
    );
    await remediator.drive(id);
    expect(await service.stateOf(id)).toMatchObject({ state: 'open' });
    pass(31);
    await remediator.drive(id);
    expect(proposer.done).toEqual([
      `open fettle/mend/${plan.hash.slice(0, 12)}`,
      `merge fettle/mend/${plan.hash.slice(0, 12)}`,
    ]);
    pass(31);
    await remediator.drive(id);
    expect(await service.stateOf(id)).toMatchObject({ state: 'verifying' });
    pass(3601);
    await remediator.drive(id);
    expect(await service.stateOf(id)).toMatchObject({
      ...{ state: 'healed', personActed: false },
    });
    expect(states).toEqual(['open', 'settling', 'verifying', 'healed']);
    expect(await story(id)).toEqual([
      ...['started', 'let-through', 'opened', 'merged', 'verified', 'healed'],
    ]);
    const { commit } = repository.snapshot(new Date()).head!;
    const files = await repository.tree(commit).read(['LICENSE']);
    expect(files.get('LICENSE')?.text).toBe('MIT\n');
    const why = { actor: 'fettle', hash: plan.hash };
    const reason = expect.stringContaining('There is no licence');
    expect(
      jest.mocked(auditor.createEvent).mock.calls.map(([event]) => event),
    ).toMatchObject([
      {
        eventId: 'plan-applied',
        meta: { ...why, reason, before: 'ready', after: 'applied' },
      },
      {
        eventId: 'remediation-open-change',
        meta: { ...why, reason, before: 'no change', after: 'open' },
      },
      {
        eventId: 'remediation-merge-change',
        meta: { ...why, reason, before: 'open', after: 'merged' },
      },
    ]);
  });

  it('wait for the approval of somebody else', async () => {
    const given = playbook({ approval: { by: 1, expiresAfterSeconds: 3600 } });
    const { service, remediator, proposer, pass } = await setUp(await init(), {
      playbooks: [given],
    });
    const ada = 'user:default/ada';
    const plan = await service.plan({ ...order, requestedBy: ada });
    expect(plan).toMatchObject({ state: 'waiting', approvalsNeeded: 1 });
    const yes = {
      hash: plan.hash,
      decision: 'approved',
      reason: null,
    } as const;
    await expect(
      service.decide(plan.id, { ...yes, actor: ada }),
    ).rejects.toThrow('someone else has to approve it');
    await expect(service.apply(plan.id, plan.hash, ada)).rejects.toThrow(
      'needs 1 approvals by others and has 0',
    );
    const bob = 'user:default/bob';
    await service.decide(plan.id, { ...yes, actor: bob });
    pass(3601);
    await expect(service.apply(plan.id, plan.hash, ada)).rejects.toThrow(
      'has 0 in force',
    );
    expect(proposer.done).toEqual([]);

    const anew = await service.plan({ ...order, requestedBy: ada });
    expect(anew).toMatchObject({ hash: plan.hash, state: 'waiting' });
    await service.decide(anew.id, { ...yes, actor: bob });
    const { remediationId } = await service.apply(anew.id, anew.hash, ada);
    await remediator.drive(remediationId);
    expect(proposer.done).toHaveLength(1);
    expect(await service.stateOf(remediationId)).toMatchObject({
      ...{ state: 'open', personActed: true },
    });
  });
});
