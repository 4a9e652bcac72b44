import type { Knex } from 'knex';
import { describeStore } from '../store/testDatabases';
import { playbook } from '../remediate/testRemediations';
import { DRAFT, setUpCampaigns } from './testCampaigns';

jest.setTimeout(120_000);

/** Each publishes `@acme/<its name>`, and asks for those of others. */
async function addGraph(knex: Knex, uses: Record<string, string[]>) {
  const ids = new Map<string, number>();
  for (const name of Object.keys(uses)) {
    const full = `@acme/${name}`;
    const [{ id }] = await knex('packages')
      .insert({ ecosystem: 'npm', name: full, name_key: full })
      .returning('id');
    const [component] = await knex('components')
      .insert({ package_id: id, version: '1.0.0', purl: `pkg:npm/${full}@1` })
      .returning('id');
    ids.set(name, component.id);
    await knex('publications').insert({
      ...{ repository_id: name, scanner_id: 's', path: 'package.json' },
      ...{ ecosystem: 'npm', name: full, gone: 0, edition: 1 },
      changed_at: '2026-05-01T00:00:00Z',
    });
  }
  for (const [user, libraries] of Object.entries(uses)) {
    for (const library of libraries) {
      await knex('repository_components').insert({
        ...{ repository_id: user, path: 'package-lock.json', scanner_id: 's' },
        ...{ component_id: ids.get(library), direct: 1, scope: 'runtime' },
      });
    }
  }
}

describeStore('a campaign in the order of dependencies', init => {
  it('changes libraries first, waits for their releases, and cuts cycles', async () => {
    const fast = {
      verification: { settleSeconds: 0, holdSeconds: 0, timeoutSeconds: 60 },
    };
    const all = await setUpCampaigns(await init(), {
      playbooks: [playbook(fast)],
      repositories: ['app', 'log', 'one', 'two', 'web'],
    });
    const { campaign, campaigns, work, standings, items, knex } = all;
    await addGraph(knex, {
      ...{ app: ['web', 'log'], web: ['log'], log: [] },
      ...{ one: ['two'], two: ['one'] },
    });
    const { id: log } = await knex('packages')
      .where({ name: '@acme/log' })
      .first('id');
    const release = (version: string, at: string) =>
      knex('package_releases')
        .insert({
          ...{ package_id: log, direct: 1, newest: version, published_at: at },
          ...{ checked_at: at, due_at: at },
        })
        .onConflict('package_id')
        .merge();
    await release('1.0.0', '2026-05-01T00:00:00Z');
    const { id } = await campaign.create(
      { ...DRAFT, waves: [{ share: 1 }], order: 'dependencies' },
      ...(['user:default/ada', 'everything'] as const),
    );
    const { hash } = await work(id);
    const order = await items(id);
    expect(order.map(({ repository }) => repository)).toEqual([
      ...['log', 'web', 'app', 'one', 'two'],
    ]);
    expect(order[3].reason).toMatchObject({
      ...{ code: 'cycle', message: expect.stringContaining('two') },
    });

    await campaign.act(id, 'start', {
      ...{ actor: 'user:default/ada', hash: hash!, reason: null },
    });
    await work(id, 1);
    await work(id, 1);
    expect(await standings(id)).toEqual({
      ...{ log: 'healed', web: 'waiting', app: 'waiting' },
      ...{ one: 'healed', two: 'healed' },
    });
    const [, web] = await items(id);
    expect(web.reason?.message).toContain('a release of @acme/log by log');

    await release('1.1.0', '2026-06-01T13:00:00Z');
    all.pass(61);
    // Of web no registry tells: its good end is what app waits for.
    await all.runner.drive(id);
    expect((await items(id))[2].reason?.message).toContain('web');
    for (let i = 0; i < 3; i += 1) await work(id, 1);
    expect(new Set(Object.values(await standings(id)))).toEqual(
      new Set(['healed']),
    );
    expect((await campaigns.get(id))!.state).toBe('finished');
  });
});
