import { mockServices } from '@backstage/backend-test-utils';
import type { ComponentReport } from 'backstage-plugin-fettle-node';
import { Matching } from '../match/Matching';
import type { DatabaseFettleStore } from '../store/DatabaseFettleStore';
import type { PublicationStore } from '../store/publications/PublicationStore';
import type { DatabaseSecurityStore } from '../store/security/DatabaseSecurityStore';
import { describeStore } from '../store/testDatabases';
import { at, repository } from '../store/testReadings';
import { SimilarNames } from './SimilarNames';

const logger = mockServices.logger.mock();
const signal = new AbortController().signal;
const PATH = 'package.json';

describeStore('names that are like own packages', init => {
  let store: DatabaseFettleStore;
  let security: DatabaseSecurityStore;
  let publications: PublicationStore;
  let matching: Matching;
  let matched: string[];
  let day: number;

  /** As another replica, or the portal started anew. */
  const start = () => {
    const matcher = new SimilarNames(publications);
    matching = new Matching({
      ...{ security, logger, clock: () => at(day) },
      matchers: new Map([[matcher.id, matcher]]),
      onChange: id => matched.push(id),
    });
  };
  beforeEach(async () => {
    day = 2;
    matched = [];
    ({ store } = await init());
    security = store.openSecurity({ dueDays: {} });
    publications = store.openPublications({ clock: () => at(day) });
    await discover('own', 'user', 'other');
    start();
  });

  const discover = (...ids: string[]) =>
    store.saveDiscovery({
      repositories: ids.map(id => repository(id, { name: `acme/${id}` })),
      ...{ claims: [], at: at(day) },
    });
  const publish = (id: string, names: string[], unread: string[] = []) =>
    publications.save({
      ...{ repositoryId: id, scannerId: 'components' },
      publishes: names.map(name => ({ ecosystem: 'npm', name, path: PATH })),
      problems: unread.map(path => ({ path, message: 'x', action: 'x' })),
    });
  const use = async (id: string, ...names: string[]) => {
    const components = names.map(
      (name): ComponentReport => ({
        ...{
          ecosystem: 'npm',
          name,
          version: '1.0.0',
          purl: `pkg:npm/${name}`,
        },
        ...{ path: 'package-lock.json', direct: true, scope: 'runtime' },
      }),
    );
    await security.saveScan(
      {
        ...{ repositoryId: id, scannerId: 'components', digest: 'd' },
        ...{ commit: `c${day}`, report: { components } },
      },
      at(day),
    );
    await matching.match(id, signal);
  };
  const threats = async (state: 'open' | 'fixed' = 'open') => {
    const query = { subpath: '', limit: 50, state: [state] };
    const { items } = await security.findings(query, 'everything');
    return items.map(({ title }) => title).sort();
  };
  const LEDGR = 'ledgr is named almost as the own package ledger';

  it('are told with both names, but not with the repository of the own one', async () => {
    await publish('own', ['ledger', '@acme/billing']);
    await use('user', 'ledgr', 'billing', '@acme/billing', 'ledger', 'react');
    expect(await threats()).toEqual([
      'billing is named almost as the own package @acme/billing',
      LEDGR,
    ]);
    const query = { subpath: '', limit: 50 };
    const { items } = await security.findings(query, 'everything', 'user');
    expect(items.map(({ severity }) => severity)).toEqual(['medium', 'low']);
    expect(items[0]).toMatchObject({ kind: 'threat', certain: false });
    const details = await security.finding(items[0].id, 'everything');
    expect(details!.description).toContain('ledgr is like ledger (one letter');
    expect(JSON.stringify(details)).not.toContain('acme/own');
  });

  it('are told where they were used before the own package was there, and nowhere else', async () => {
    await use('user', 'ledgr');
    await use('other', 'react');
    await matching.sweep();
    matched = [];
    await publish('own', ['ledger']);
    const asked = jest.spyOn(security, 'usedComponents');
    await matching.sweep();
    expect(asked.mock.calls).toEqual([[['user']]]);
    expect([await threats(), matched]).toEqual([[LEDGR], ['user']]);
    await matching.sweep();
    expect(asked).toHaveBeenCalledTimes(1);
    start();
    await matching.sweep();
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('are gone when they are own packages themselves, or the own one is none any more', async () => {
    await publish('own', ['ledger']);
    await use('user', 'ledgr');
    await matching.sweep();
    await publish('other', ['ledgr']);
    await matching.sweep();
    expect([await threats(), await threats('fixed')]).toEqual([[], [LEDGR]]);
    await publish('other', []);
    await matching.sweep();
    expect(await threats()).toEqual([LEDGR]);
    await publish('own', [], [PATH]);
    await matching.sweep();
    expect(await threats()).toEqual([LEDGR]);
    await publish('own', []);
    await matching.sweep();
    expect(await threats()).toEqual([]);
  });

  it('are gone when the repository of the own one is', async () => {
    await publish('own', ['ledger']);
    await use('user', 'ledgr');
    await matching.sweep();
    await discover('user', 'other');
    await matching.sweep();
    expect(await threats()).toEqual([]);
    day = 20;
    await publish('other', ['later']);
    await publications.prune(at(19));
    const { publications: left } = await publications.changedSince(0);
    expect(left.map(({ name }) => name)).toEqual(['later']);
    // What is written later is still later.
    await publish('other', ['ledger']);
    await matching.sweep();
    expect(await threats()).toEqual([LEDGR]);
  });

  it('are matched once more where a rule changed, and names may be any', async () => {
    await publish('own', ['__proto__', 'a\0b\ud800cde', 'constructor']);
    await use('user', '__proto__', 'constructr', 'a\0b\ud800cd-e');
    expect(await threats()).toHaveLength(2);
    await security.saveMatcherCursor('similar-names', '0:7');
    const asked = jest.spyOn(security, 'usedComponents');
    await matching.sweep();
    expect(asked).toHaveBeenCalledTimes(1);
  });
});
