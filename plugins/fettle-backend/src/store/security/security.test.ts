import type {
  ComponentReport,
  FindingReport,
  ScanReport,
} from 'backstage-plugin-fettle-node';
import { fromMatches } from '../../findings/fromMatches';
import type { DatabaseFettleStore } from '../DatabaseFettleStore';
import type { Visibility } from '../FettleStore';
import { describeStore } from '../testDatabases';
import { at, claim, repository } from '../testReadings';
import type { DatabaseSecurityStore } from './DatabaseSecurityStore';

const ALL: Visibility = 'everything';
const query = { subpath: '', limit: 50 };

function component(
  name: string,
  version: string | null,
  given: Partial<ComponentReport> = {},
): ComponentReport {
  return {
    ...{ ecosystem: 'npm', name, version, purl: `pkg:npm/${name}` },
    ...{ path: 'package-lock.json', direct: true, scope: 'runtime' },
    ...given,
  };
}

function secret(given: Partial<FindingReport> = {}): FindingReport {
  return {
    ...{ kind: 'secret', rule: 'cloud-key', title: 'Key of a cloud' },
    ...{ severity: 'critical', path: 'deploy.env', line: 3 },
    ...{ keys: ['hmac:1'], message: 'A key of 40 characters' },
    ...given,
  };
}

function breaks(rule: string) {
  return {
    ...{ kind: 'vulnerability' as const, rule, title: 'It breaks' },
    ...{ aliases: [`GHSA-${rule}`], severity: 'high' as const, certain: true },
    fixedIn: ['2.0.0'],
  };
}

describeStore('findings and components', init => {
  let store: DatabaseFettleStore;
  let security: DatabaseSecurityStore;

  beforeEach(async () => {
    ({ store } = await init());
    security = store.openSecurity({ dueDays: { critical: 7, high: 30 } });
    await store.saveDiscovery({
      repositories: [repository('a'), repository('b'), repository('c')],
      claims: [
        claim('a', 'a'),
        claim('b', 'b'),
        claim('api', 'c', { subpath: 'api', owner: 'group:default/team-c' }),
      ],
      at: at(1),
    });
  });

  const scan = (id: string, report: ScanReport, day = 2, commit = 'c1') =>
    security.saveScan(
      {
        ...{ repositoryId: id, scannerId: 'scanner', digest: 'd', commit },
        report,
      },
      at(day),
    );

  const match = async (id: string, rule: string, name: string, day = 2) => {
    const used = (await security.usedComponents([id])).get(id)!;
    const sightings = fromMatches(
      used.components.map(one => ({
        ...one,
        matches: one.name === name ? [breaks(rule)] : [],
      })),
    );
    const given = { repositoryId: id, stamp: used.stamp, sightings };
    return security.saveMatches('osv', [given], at(day));
  };

  const list = async (given = {}) => {
    const page = await security.findings({ ...query, ...given }, ALL, 'a');
    return page.items;
  };

  it('keeps components of a commit and replaces them with the next', async () => {
    const first = await scan('a', {
      components: [
        component('left-pad', '1.0.0', { licence: 'MIT' }),
        component('__proto__', '1.0.0', {
          ...{ direct: false, scope: 'development', chain: ['left-pad'] },
        }),
        component('asks', null, {
          requirement: '^1.0.0',
          path: 'package.json',
        }),
      ],
    });
    expect(first.revision).not.toBeNull();
    const page = await security.components('a', { subpath: '', limit: 2 }, ALL);
    expect(page).toMatchObject({
      total: 3,
      items: [
        {
          ...{ name: '__proto__', version: '1.0.0', direct: false },
          ...{ scope: 'development', chain: ['left-pad'], licence: null },
        },
        { name: 'asks', version: null, requirement: '^1.0.0' },
      ],
    });
    const rest = await security.components(
      'a',
      { subpath: '', limit: 2, cursor: page.nextCursor! },
      ALL,
    );
    expect(rest).toMatchObject({
      items: [{ name: 'left-pad', licence: 'MIT' }],
      nextCursor: null,
    });
    const same = await scan('a', {
      components: [component('left-pad', '1.0.0', { licence: 'MIT' })],
    });
    expect(same.revision).not.toBeNull();
    expect((await security.components('a', query, ALL)).total).toBe(1);
    const again = await scan('a', {
      components: [component('left-pad', '1.0.0', { licence: 'MIT' })],
    });
    expect(again.revision).toBeNull();
  });

  it('keeps what is in a file that could not be read', async () => {
    await scan('a', {
      components: [component('left-pad', '1.0.0')],
      findings: [secret({ path: 'package-lock.json' })],
    });
    const problem = { message: 'It is cut short.', action: 'Mend it.' };
    await scan('a', { problems: [{ ...problem, path: 'package-lock.json' }] });
    expect((await security.components('a', query, ALL)).total).toBe(1);
    expect(await list()).toHaveLength(1);
    expect(await security.scans('a')).toMatchObject([
      { state: 'partial', problems: [{ path: 'package-lock.json' }] },
    ]);
    await scan('a', {});
    expect((await security.components('a', query, ALL)).total).toBe(0);
    expect(await list()).toEqual([]);
  });

  it('fixes nothing when a scan fails, and says why it failed', async () => {
    await scan('a', { findings: [secret()] });
    const reason = { code: 'timeout', message: 'Too slow.', action: 'Wait.' };
    const failed = () =>
      security.saveFailedScan(
        { repositoryId: 'a', scannerId: 'scanner', digest: 'd', reason },
        at(3),
      );
    expect((await failed()).revision).not.toBeNull();
    expect(await failed()).toEqual({ revision: null });
    expect(await list()).toHaveLength(1);
    expect(await security.scans('a')).toMatchObject([
      { state: 'failed', commit: 'c1', reason, failures: 2 },
    ]);
  });

  it('counts, dates and orders findings, and follows them to their end', async () => {
    await scan('a', {
      components: [component('left-pad', '1.0.0')],
      findings: [secret()],
    });
    await match('a', 'CVE-1', 'left-pad');
    expect(await list()).toMatchObject([
      {
        ...{ kind: 'secret', severity: 'critical', line: 3 },
        dueAt: at(9).toISOString(),
      },
      {
        ...{ kind: 'vulnerability', rule: 'CVE-1', fixedIn: ['2.0.0'] },
        component: { name: 'left-pad', versions: ['1.0.0'], direct: true },
        ...{ seenBy: ['osv'], aliases: ['GHSA-CVE-1'] },
      },
    ]);
    expect(await security.overview('a', '', at(20))).toMatchObject({
      open: { critical: 1, high: 1, medium: 0 },
      byKind: { secret: 1, vulnerability: 1 },
      ...{ overdue: 1, components: 1, daysToFix: null },
    });
    expect(await list({ rule: 'GHSA-CVE-1' })).toHaveLength(1);
    expect(await list({ search: 'LEFT-P' })).toHaveLength(1);
    expect(await list({ search: 'deploy.env' })).toEqual([]);
    expect(await list({ kind: ['secret'] })).toHaveLength(1);
    expect(await list({ subpath: 'api' })).toEqual([]);

    await scan('a', { components: [component('left-pad', '2.0.0')] }, 4, 'c2');
    await match('a', 'CVE-1', 'other', 4);
    expect(await list()).toEqual([]);
    const [fixed] = await list({ state: ['fixed'], kind: ['vulnerability'] });
    const details = await security.finding(fixed.id, ALL);
    expect(details!.history.map(({ event }) => event)).toEqual([
      ...['fixed', 'opened'],
    ]);
    const fleet = await security.fleet({ days: 30, now: at(5) }, ALL);
    expect(fleet.trend).toMatchObject([
      { day: '2026-03-02', open: { critical: 1, high: 1 }, opened: 2 },
      { day: '2026-03-03', open: { critical: 1, high: 1 }, opened: 0 },
      { day: '2026-03-04', open: { critical: 0, high: 0 }, fixed: 2 },
      { day: '2026-03-05', open: { critical: 0 } },
    ]);
  });

  it('counts the days to fix from when a finding was opened last', async () => {
    const three = [1, 2, 3].map(n => secret({ keys: [`hmac:${n}`] }));
    const days = async () => {
      const { daysToFix } = await security.overview('a', '', at(25));
      const fleet = await security.fleet({ days: 30, now: at(25) }, ALL);
      expect(fleet.daysToFix).toBe(daysToFix);
      return daysToFix;
    };
    await scan('a', { findings: three }, 1);
    await scan('a', {}, 5);
    expect(await days()).toBe(4);
    await scan('a', { findings: three }, 20);
    await scan('a', {}, 21);
    expect(await days()).toBe(1);
  });

  it('knows who uses a package', async () => {
    await scan('a', { components: [component('left-pad', '1.0.0')] });
    await scan('b', { components: [component('left-pad', '2.0.0')] });
    await scan('c', { components: [component('right-pad', '1.0.0')] });
    await match('a', 'CVE-1', 'left-pad');
    const left = { ecosystem: 'npm', name: 'left-pad' };
    expect(await security.repositoriesUsing([left])).toEqual(['a', 'b']);
    expect(await security.repositoriesUsing('all')).toEqual(['a', 'b', 'c']);
    expect(await security.packages({ limit: 1 }, ALL)).toMatchObject({
      items: [
        {
          ...{ ...left, repositories: 2, versionCount: 2, findings: 1 },
          versions: [
            { version: '1.0.0', repositories: 1 },
            { version: '2.0.0', repositories: 1 },
          ],
        },
      ],
      nextCursor: expect.any(String),
    });
    const mine = { entityRefs: new Set(['component:default/b']) };
    expect(
      await security.packageUses({ ...left, limit: 10 }, mine),
    ).toMatchObject({
      items: [
        {
          repositoryId: 'b',
          version: '2.0.0',
          owners: [claim('b', 'b').owner],
        },
      ],
    });
    expect((await security.packages({ limit: 9 }, mine)).items).toMatchObject([
      { name: 'left-pad', repositories: 1, findings: 0 },
    ]);
  });

  it('shows a reader only what is theirs', async () => {
    await scan('a', { findings: [secret()] });
    await scan('b', { findings: [secret({ keys: ['hmac:2'] })] });
    const mine = { entityRefs: new Set(['component:default/b']) };
    const page = await security.findings(query, mine);
    expect(page).toMatchObject({ total: 1, items: [{ repositoryId: 'b' }] });
    const [other] = await list();
    expect(await security.finding(other.id, mine)).toBeUndefined();
    expect(await security.fleet({ days: 7, now: at(2) }, mine)).toMatchObject({
      repositories: 1,
      open: { critical: 1 },
    });
  });

  it('hides what a person accepted, and shows it again when that ends', async () => {
    await scan('a', { findings: [secret()] });
    await scan('b', {
      findings: [secret({ path: 'other', keys: ['hmac:2'] })],
    });
    const [finding] = await list();
    const given = {
      ...{ as: 'accepted' as const, reason: 'A sandbox.' },
      ...{ expiresAt: at(5).toISOString(), actor: 'user:default/ada' },
    };
    const accepted = await security.accept(
      { id: finding.id, repositoryId: 'a' },
      { ...given, scope: 'owner', owner: 'group:default/team-a' },
      at(3),
    );
    expect(accepted.repositoryIds).toEqual(['a', 'b']);
    expect(await list()).toEqual([]);
    expect(await list({ state: ['accepted'] })).toMatchObject([
      {
        dueAt: null,
        exception: { actor: 'user:default/ada', scope: 'owner' },
      },
    ]);
    expect(await security.overview('a', '', at(3))).toMatchObject({
      accepted: 1,
      nextExceptionEndsAt: at(5).toISOString(),
    });
    // What comes later is covered as well.
    await scan('a', { findings: [secret(), secret({ keys: ['hmac:3'] })] }, 4);
    expect(await list()).toEqual([]);
    expect((await security.endExceptions(at(4))).repositoryIds).toEqual([]);
    const ended = await security.endExceptions(at(6));
    expect(ended.repositoryIds).toEqual(['a', 'b']);
    expect(await list()).toHaveLength(2);
  });

  it('takes an exception back for those who see what it covers', async () => {
    await scan('a', { findings: [secret()] });
    const [finding] = await list();
    const { exception } = await security.accept(
      { id: finding.id, repositoryId: 'a' },
      {
        ...{ as: 'false-positive', scope: 'place', reason: 'A sample.' },
        ...{ actor: 'user:default/ada', owner: null },
      },
      at(3),
    );
    expect(await list({ state: ['false-positive'] })).toHaveLength(1);
    const other = { entityRefs: new Set(['component:default/b']) };
    await expect(
      security.takeBack(exception.id, 'user:default/eve', other, at(4)),
    ).rejects.toThrow('There is no exception');
    await security.takeBack(exception.id, 'user:default/bob', ALL, at(4));
    expect(await list()).toHaveLength(1);
    const details = await security.finding(finding.id, ALL);
    expect(details!.history[0]).toMatchObject({
      event: 'exception-ended',
      actor: 'user:default/bob',
    });
    await expect(
      security.takeBack(exception.id, 'user:default/bob', ALL, at(4)),
    ).rejects.toThrow('There is no exception');
  });

  it('pages through findings of the same priority', async () => {
    const many = Array.from({ length: 7 }, (_, i) =>
      secret({ path: `file-${i}`, keys: [`hmac:${i}`] }),
    );
    await scan('a', { findings: many });
    const seen = new Set<string>();
    let cursor: string | undefined;
    for (let pages = 0; pages < 4; pages++) {
      const page = await security.findings(
        { ...query, limit: 3, cursor },
        ALL,
        'a',
      );
      page.items.forEach(({ id }) => seen.add(id));
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(seen.size).toBe(7);
    await expect(
      security.findings({ ...query, cursor: 'x' }, ALL, 'a'),
    ).rejects.toThrow('cursor');
  });

  it('tells what changed since a revision, and forgets what was fixed long ago', async () => {
    const before = await store.getRevision();
    await scan('a', { findings: [secret()] });
    expect(await security.changedSince(before, 'a')).toBe(true);
    expect(await security.changedSince(before, 'b')).toBe(false);
    expect(await security.changedSince(await store.getRevision())).toBe(false);
    await scan('a', {}, 3);
    await security.prune(at(2));
    expect(await list({ state: ['fixed'] })).toHaveLength(1);
    await security.prune(at(4));
    expect(await list({ state: ['fixed'] })).toEqual([]);
  });

  it('makes one key of the portal and keeps it', async () => {
    const [one, two] = await Promise.all([
      security.portalKey('x'),
      security.portalKey('x'),
    ]);
    expect(one).toBe(two);
    expect(await security.portalKey('y')).not.toBe(one);
  });
});
