import type { ScanReport } from 'backstage-plugin-fettle-node';
import type { Knex } from 'knex';
import { PolicyReplayer } from '../../policies/replay/PolicyReplayer';
import { policy, PORTAL } from '../../policies/testSubjects';
import type { DatabaseFettleStore } from '../DatabaseFettleStore';
import type { DatabaseSecurityStore } from '../security/DatabaseSecurityStore';
import type { Visibility } from '../FettleStore';
import { describeStore } from '../testDatabases';
import { at, claim, evaluation, reading, repository } from '../testReadings';
import type { DatabasePolicyStore } from './DatabasePolicyStore';
import { secret } from './testFindings';

const DUE_DAYS = { critical: 7, high: 30 };

describeStore('replay of a policy', init => {
  let knex: Knex;
  let store: DatabaseFettleStore;
  let security: DatabaseSecurityStore;
  let policies: DatabasePolicyStore;
  let now: Date;

  beforeEach(async () => {
    ({ store, knex } = await init());
    security = store.openSecurity({ dueDays: DUE_DAYS });
    policies = store.openPolicies();
    await store.saveDiscovery({
      repositories: ['a', 'b', 'c'].map(id => repository(id)),
      claims: [claim('a', 'a'), claim('b', 'b', { owner: null })],
      at: at(1),
    });
  });

  const read = (id: string, day: number, readme: 'pass' | 'fail' = 'pass') =>
    store.saveCollection(
      reading(id, at(day), [evaluation({ readme, licence: 'pass' })]),
    );
  const scan = (id: string, report: ScanReport, day = 2, commit = 'c1') =>
    security.saveScan(
      {
        ...{ repositoryId: id, scannerId: 'scanner', digest: 'd', commit },
        report,
      },
      at(day),
    );

  const replay = (condition: string, days: number, visibility?: Visibility) =>
    new PolicyReplayer({
      ...{ store: policies, dueDays: DUE_DAYS },
      portal: async () => PORTAL,
      clock: () => now,
    }).replay(
      {
        policy: { condition, scope: policy('true').described.scope },
        days,
      },
      visibility ?? 'everything',
    );
  /** One letter a day: how many were violated, unknown and kept. */
  const line = (days: { kept: number; violated: number; unknown: number }[]) =>
    days.map(d => `${d.kept}/${d.violated}/${d.unknown}`).join(' ');

  beforeEach(async () => {
    // a: a secret on the 3rd, accepted on the 5th, open on the 7th, fixed on
    // the 9th. b: read from the 4th, scanned from the 6th, secret from the 8th.
    await read('a', 2, 'fail');
    await scan('a', {});
    await scan('a', { findings: [secret()] }, 3, 'c2');
    const [finding] = (
      await security.findings({ subpath: '', limit: 9 }, 'everything', 'a')
    ).items;
    const { exception } = await security.accept(
      { id: finding.id, repositoryId: 'a' },
      {
        ...{ as: 'accepted', scope: 'place', reason: 'A test key' },
        ...{
          expiresAt: at(20).toISOString(),
          actor: 'user:a/b',
          owner: null,
        },
      },
      at(5),
    );
    await read('b', 4);
    await read('a', 6, 'pass');
    await scan('b', {}, 6);
    await security.takeBack(exception.id, 'user:a/b', 'everything', at(7));
    await scan('b', { findings: [secret()] }, 8, 'c2');
    await scan('a', {}, 9, 'c3');
    now = at(10);
  });

  it('says who would have failed on which day, and since when', async () => {
    const result = await replay(
      '!findings.exists(f, f.kind == "secret" && f.state == "open")',
      10,
    );
    expect(result.days.map(({ day }) => day)).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(
        day => `2026-03-${String(day).padStart(2, '0')}`,
      ),
    );
    expect(line(result.days)).toBe(
      // 1: nothing was read. c is never read: unknown today, and not there before.
      [
        ...['0/0/0', '1/0/0', '0/1/0', '0/1/1', '1/0/1', '2/0/0'],
        ...['1/1/0', '0/2/0', '1/1/0', '1/1/1'],
      ].join(' '),
    );
    expect(result.today).toEqual({
      ...{ kept: 1, violated: 1, error: 0, unknown: 1 },
    });
    expect(result.repositories).toMatchObject([
      {
        ...{ repositoryId: 'b', status: 'violated', owners: [] },
        ...{ since: '2026-03-08', orLonger: false },
      },
      { repositoryId: 'c', status: 'unknown', since: null },
    ]);
    expect(result.asToday).toEqual([
      expect.stringMatching(/open, accepted and fixed; severity/),
      expect.stringMatching(/scans that failed/),
    ]);
  });

  it('says that a violation is older than the replay', async () => {
    const condition = '!findings.exists(f, f.state == "open")';
    const { repositories, days } = await replay(condition, 2);
    expect(days).toHaveLength(2);
    expect(repositories[0]).toMatchObject({
      ...{ repositoryId: 'b', since: '2026-03-09', orLonger: true },
    });
  });

  it('knows the verdicts and the score of each day', async () => {
    const named =
      '!verdicts.exists(v, v.check == "readme" && v.status == "fail")';
    expect(line((await replay(named, 9)).days)).toBe(
      '0/1/0 0/1/0 1/1/0 1/1/0 2/0/0 2/0/0 2/0/0 2/0/0 2/0/1',
    );
    expect(line((await replay('repository.score > 60.0', 9)).days)).toBe(
      '0/1/0 0/1/0 1/1/0 1/1/0 2/0/0 2/0/0 2/0/0 2/0/0 2/0/1',
    );
  });

  it('knows when a finding was overdue', async () => {
    // Opened on the 8th at noon, due on the 15th; of a, never.
    now = at(16);
    const { days } = await replay('!findings.exists(f, f.overdue)', 4);
    expect(line(days)).toBe('2/0/0 2/0/0 1/1/0 1/1/1');
  });

  it('takes components as they are today, and says so', async () => {
    const { asToday, reads, days } = await replay(
      'components.size() < 1 && entities.all(e, e.name != "x")',
      3,
    );
    expect(line(days)).toBe('2/0/0 2/0/0 2/0/1');
    expect(reads).toEqual(['entities', 'components']);
    expect(asToday).toEqual([
      expect.stringMatching(/entities and owners/),
      expect.stringMatching(/history is kept of components/),
    ]);
  });

  it('tells only of what the reader may see, and writes nothing', async () => {
    const before = await store.getRevision();
    const mine = { entityRefs: new Set(['component:default/a']) };
    const { repositories, today } = await replay('false', 3, mine);
    expect(repositories.map(one => one.repositoryId)).toEqual(['a', 'c']);
    expect(today.violated).toBe(2);
    expect(await store.getRevision()).toBe(before);
    expect(await knex('policy_results').select('*')).toEqual([]);
  });

  it('refuses a draft that is wrong, and says where', async () => {
    await expect(replay('findings.exists(f, f.nope)', 3)).rejects.toThrow(
      /No such key: nope\. At line 1, column 22/,
    );
  });
});
