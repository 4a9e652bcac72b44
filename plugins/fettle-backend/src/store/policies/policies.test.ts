import { mockServices } from '@backstage/backend-test-utils';
import type { ScanReport } from 'backstage-plugin-fettle-node';
import type { Knex } from 'knex';
import type { Portal } from '../../policies/gaps';
import { PolicyEvaluator } from '../../policies/PolicyEvaluator';
import type { CompiledPolicy } from '../../policies/Policy';
import { policy, EMPTY, PORTAL } from '../../policies/testSubjects';
import type { DatabaseFettleStore } from '../DatabaseFettleStore';
import { describeStore } from '../testDatabases';
import { at, claim, evaluation, reading, repository } from '../testReadings';
import type { DatabaseSecurityStore } from '../security/DatabaseSecurityStore';
import type { DatabasePolicyStore } from './DatabasePolicyStore';
import { secret } from './testFindings';

const DUE_DAYS = { critical: 7, high: 30 };
const NO_SECRETS = policy(
  '!findings.exists(f, f.kind == "secret" && f.state == "open")',
  { id: 'no-secrets', level: 'notify' },
);
const README = policy(
  '!verdicts.exists(v, v.check == "readme" && v.status == "fail")',
  { id: 'readme' },
);

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

  it('knows of which ecosystems components are, how many have no version, and which files were not read', async () => {
    const use = (ecosystem: string, name: string, version: string | null) => ({
      ...{ ecosystem, name, version, purl: `pkg:x/${name}`, path: 'deps' },
      ...{ direct: true, scope: 'runtime' as const },
    });
    const problem = { path: 'x', message: 'It is cut.', action: 'Mend it.' };
    await read('a', 2);
    await scan('a', {
      components: [
        ...[use('npm', 'left', '1.0.0'), use('npm', 'right', null)],
        ...[use('PyPI', 'requests', null)],
        { ...use('npm', 'left', '1.0.0'), path: 'other' },
      ],
      problems: [problem],
    });
    const load = async (findings: boolean) => {
      const needs = { findings, components: false, verdicts: false };
      const { subjects } = await policies.loadSubjects(['a', 'b'], needs);
      return subjects;
    };
    const [a, b] = await load(true);
    expect(a.ecosystems).toEqual([
      { ecosystem: 'PyPI', components: 1, unversioned: 1 },
      { ecosystem: 'npm', components: 2, unversioned: 1 },
    ]);
    expect(a.scans).toMatchObject([{ state: 'partial', problems: [problem] }]);
    expect(b.ecosystems).toEqual([]);
    expect((await load(false))[0].ecosystems).toEqual([]);
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
    portal = EMPTY;
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
});
