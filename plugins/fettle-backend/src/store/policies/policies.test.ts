import { mockServices } from '@backstage/backend-test-utils';
import type { FindingReport, ScanReport } from 'backstage-plugin-fettle-node';
import type { Knex } from 'knex';
import type { Portal } from '../../policies/gaps';
import { PolicyEvaluator } from '../../policies/PolicyEvaluator';
import { PolicyReplayer } from '../../policies/replay/PolicyReplayer';
import type { CompiledPolicy } from '../../policies/Policy';
import { policy } from '../../policies/testSubjects';
import type { DatabaseFettleStore } from '../DatabaseFettleStore';
import { describeStore } from '../testDatabases';
import { at, claim, evaluation, reading, repository } from '../testReadings';
import type { DatabaseSecurityStore } from '../security/DatabaseSecurityStore';
import type { DatabasePolicyStore } from './DatabasePolicyStore';

const DUE_DAYS = { critical: 7, high: 30 };
const PORTAL: Portal = {
  scanners: [{ id: 'scanner', title: 'The scanner' }],
  emptyMatchers: [],
};
const NO_SECRETS = policy(
  '!findings.exists(f, f.kind == "secret" && f.state == "open")',
  { id: 'no-secrets', level: 'notify' },
);
const README = policy(
  '!verdicts.exists(v, v.check == "readme" && v.status == "fail")',
  { id: 'readme' },
);

function secret(given: Partial<FindingReport> = {}): FindingReport {
  return {
    ...{ kind: 'secret', rule: 'cloud-key', title: 'Key of a cloud' },
    ...{ severity: 'critical', path: 'deploy.env', line: 3 },
    ...{ keys: ['hmac:1'], message: 'A key of 40 characters' },
    ...given,
  };
}

describeStore('policies', init => {
  let knex: Knex;
  let store: DatabaseFettleStore;
  let security: DatabaseSecurityStore;
  let policies: DatabasePolicyStore;
  let portal: Portal;
  let now: Date;
  let evaluated: string[];

  beforeEach(async () => {
    ({ store, knex } = await init());
    security = store.openSecurity({ dueDays: DUE_DAYS });
    policies = store.openPolicies();
    portal = PORTAL;
    now = at(2, 60);
    evaluated = [];
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
  const evaluator = (...given: CompiledPolicy[]) =>
    new PolicyEvaluator({
      ...{ policies: given, store: policies },
      portal: async () => portal,
      logger: mockServices.logger.mock(),
      clock: () => now,
      onEvaluated: ({ subject }) => evaluated.push(subject.id),
    });
  const statuses = async (id: string) =>
    Object.fromEntries(
      (await policies.results(id)).results.map(one => [
        one.policyId,
        one.status,
      ]),
    );

  it('keeps how each repository stands, since when, and how that changed', async () => {
    const judge = evaluator(NO_SECRETS, README);
    await judge.sweep();
    expect(await statuses('a')).toEqual({
      ...{ 'no-secrets': 'unknown', readme: 'unknown' },
    });
    await read('a', 2, 'fail');
    await scan('a', { findings: [secret()] });
    await judge.evaluate(['a']);
    expect(await statuses('a')).toEqual({
      ...{ 'no-secrets': 'violated', readme: 'violated' },
    });
    const [finding] = (
      await security.findings({ subpath: '', limit: 9 }, 'everything', 'a')
    ).items;
    now = at(3);
    await read('a', 3, 'pass');
    await judge.evaluate(['a']);
    const { results, history, ...state } = await policies.results('a');
    expect(results).toMatchObject([
      {
        ...{ policyId: 'no-secrets', status: 'violated' },
        since: at(2, 60).toISOString(),
        rests: [{ input: 'findings', offending: 1, first: [finding.id] }],
      },
      { policyId: 'readme', status: 'kept', since: at(3).toISOString() },
    ]);
    expect(state).toMatchObject({
      ...{ evaluatedAt: at(3).toISOString(), commit: 'c1' },
    });
    expect(
      history.map(({ policyId, from, to }) => [policyId, from, to]),
    ).toEqual([
      ['readme', 'violated', 'kept'],
      ['readme', 'unknown', 'violated'],
      ['no-secrets', 'unknown', 'violated'],
      ['readme', null, 'unknown'],
      ['no-secrets', null, 'unknown'],
    ]);
  });

  it('draws a revision where readers see a difference, and only there', async () => {
    await read('a', 2);
    await scan('a', {});
    const save = async (...given: CompiledPolicy[]) => {
      const before = await store.getRevision();
      await evaluator(...given).evaluate(['a']);
      return (await store.getRevision()) - before;
    };
    expect(await save(NO_SECRETS)).toBe(1);
    expect(await save(NO_SECRETS)).toBe(0);
    const revision = await store.getRevision();
    expect(await security.changedSince(revision - 1, 'a')).toBe(true);
    expect(await security.changedSince(revision, 'a')).toBe(false);
    // A policy that is gone takes its results along, and that is seen.
    expect(await save(README)).toBe(1);
    expect(await statuses('a')).toEqual({ readme: 'kept' });
    expect((await policies.results('a')).history[0]).toMatchObject({
      ...{ policyId: 'no-secrets', from: 'kept', to: null },
    });
  });

  it('does not bring an older evaluation into force', async () => {
    await read('a', 2);
    const options = {
      ...{ digest: 'd', dueAt: at(9), commit: 'c1', repositoryId: 'a' },
    };
    const outcome = (status: 'kept' | 'violated') => ({
      outcomes: new Map([
        [
          'p',
          {
            ...{
              status,
              message: status,
              reason: null,
              caveats: [],
              rests: [],
            },
          },
        ],
      ]),
    });
    await policies.save(
      { ...options, ...outcome('violated'), seenRevision: 7 },
      at(3),
    );
    const late = await policies.save(
      { ...options, ...outcome('kept'), seenRevision: 6 },
      at(3),
    );
    expect(late).toEqual({ revision: null, changes: [] });
    expect(await statuses('a')).toEqual({ p: 'violated' });
  });

  it('looks again at what changed, at all where the policies or the portal changed, and when a finding gets overdue', async () => {
    const overdue = policy('!findings.exists(f, f.overdue)');
    const judge = evaluator(overdue);
    const sweep = async (of = judge) => {
      evaluated = [];
      await of.sweep();
      return evaluated;
    };
    await read('a', 2);
    await read('b', 2);
    await scan('a', { findings: [secret()] });
    await scan('b', {});
    expect(await sweep()).toEqual(['a', 'b', 'c']);
    expect(await sweep()).toEqual([]);
    await read('b', 3, 'fail');
    expect(await sweep()).toEqual(['b']);
    await scan('b', { findings: [secret()] }, 3);
    expect(await sweep()).toEqual(['b']);
    expect(await sweep(evaluator(overdue, README))).toEqual(['a', 'b', 'c']);
    portal = { ...PORTAL, emptyMatchers: ['OSV'] };
    expect(await sweep(evaluator(overdue, README))).toEqual(['a', 'b', 'c']);
    portal = PORTAL;
    now = at(9, -60);
    await sweep();
    expect(await statuses('a')).toEqual({ p: 'kept' });
    now = at(9, 60);
    expect(await sweep()).toEqual(['a']);
    expect(await statuses('a')).toEqual({ p: 'violated' });
  });

  it('counts over what the reader may see', async () => {
    for (const id of ['a', 'b']) await read(id, 2);
    await scan('a', { findings: [secret()] });
    await scan('b', {});
    await evaluator(NO_SECRETS).sweep();
    const count = async (visibility: Parameters<typeof policies.counts>[0]) =>
      (await policies.counts(visibility)).counts.get('no-secrets');
    const none = { kept: 0, violated: 0, error: 0, unknown: 0 };
    expect(await count('everything')).toEqual({
      ...{ ...none, kept: 1, violated: 1, unknown: 1 },
    });
    // What backs no entity is shown to all who may read repositories.
    const mine = { entityRefs: new Set(['component:default/b']) };
    expect(await count(mine)).toEqual({ ...none, kept: 1, unknown: 1 });
    expect(await policies.visible(mine)).toEqual(['b', 'c']);
  });

  it('hands out each violation once to be told of', async () => {
    await read('a', 2);
    await scan('a', { findings: [secret()] });
    const judge = evaluator(NO_SECRETS);
    const claimNow = () => policies.claimNotices('a', ['no-secrets', 'x'], now);
    await judge.evaluate(['a']);
    expect(await claimNow()).toEqual(['no-secrets']);
    expect(await claimNow()).toEqual([]);
    await policies.releaseNotice('a', 'no-secrets');
    expect(await claimNow()).toEqual(['no-secrets']);
    // Not known for a while is no end of it.
    const reason = { code: 'x', message: 'Failed.', action: 'Wait.' };
    await security.saveFailedScan(
      { repositoryId: 'a', scannerId: 'scanner', digest: 'd', reason },
      at(3),
    );
    await judge.evaluate(['a']);
    expect(await claimNow()).toEqual([]);
    await scan('a', {}, 4, 'c2');
    await judge.evaluate(['a']);
    expect(await statuses('a')).toEqual({ 'no-secrets': 'kept' });
    expect(await claimNow()).toEqual([]);
    await scan('a', { findings: [secret()] }, 5, 'c3');
    await judge.evaluate(['a']);
    expect(await claimNow()).toEqual(['no-secrets']);
  });

  it('follows exceptions', async () => {
    await read('a', 2);
    await scan('a', { findings: [secret()] });
    const judge = evaluator(NO_SECRETS);
    const [finding] = (
      await security.findings({ subpath: '', limit: 9 }, 'everything', 'a')
    ).items;
    await security.accept(
      { id: finding.id, repositoryId: 'a' },
      {
        ...{ as: 'accepted', scope: 'place', reason: 'A test key' },
        ...{ expiresAt: at(9).toISOString(), actor: 'user:a/b', owner: null },
      },
      at(3),
    );
    await judge.sweep();
    expect(await statuses('a')).toEqual({ 'no-secrets': 'kept' });
    await security.endExceptions(at(10));
    await judge.sweep();
    expect(await statuses('a')).toEqual({ 'no-secrets': 'violated' });
  });

  it('reads components and the protection of the default branch', async () => {
    await store.saveCollection(
      reading('a', at(2), [evaluation({ readme: 'pass' })], {
        snapshot: {
          ...{ defaultBranch: 'main', branches: [], branchCount: 1 },
          ...{ shallow: false, archived: false },
          head: {
            ...{ commit: 'c1', author: 'Ada', subject: 'One' },
            committedAt: '2026-02-01T00:00:00.000Z',
          },
          protection: { protected: true, reviews: 2 },
        },
      }),
    );
    await scan('a', {
      components: [
        {
          ...{ ecosystem: 'npm', name: 'left-pad', version: '1.0.0' },
          ...{ purl: 'pkg:npm/left-pad@1.0.0', path: 'package-lock.json' },
          ...{ direct: true, scope: 'runtime', licence: 'WTFPL' },
        },
      ],
    });
    await evaluator(
      policy('repository.protected && repository.reviews >= 2', { id: 'one' }),
      policy('components.all(c, has(c.licence) && c.licence != "WTFPL")', {
        id: 'two',
      }),
    ).evaluate(['a']);
    expect((await policies.results('a')).results).toMatchObject([
      { policyId: 'one', status: 'kept' },
      {
        ...{ policyId: 'two', status: 'violated' },
        rests: [{ of: 1, first: ['npm:left-pad@1.0.0'] }],
      },
    ]);
  });

  it('forgets events that are old, and everything of a repository that is gone', async () => {
    await evaluator(README).sweep();
    await policies.prune(at(30));
    expect(await knex('policy_events').select('*')).toEqual([]);
    await store.saveDiscovery({ repositories: [], claims: [], at: at(9) });
    await evaluator(README).sweep();
    expect(await knex('policy_results').select('*')).toEqual([]);
  });

  describe('replay', () => {
    const replay = (condition: string, days: number, visibility?: any) =>
      new PolicyReplayer({
        ...{ store: policies, dueDays: DUE_DAYS },
        portal: async () => portal,
        clock: () => now,
      }).replay(
        {
          policy: { condition, scope: policy('true').described.scope },
          days,
        },
        visibility ?? 'everything',
      );
    /** One letter a day: how many were violated, unknown and kept. */
    const line = (
      days: { kept: number; violated: number; unknown: number }[],
    ) => days.map(d => `${d.kept}/${d.violated}/${d.unknown}`).join(' ');

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
});
