import type { FindingReport, ScanProblem } from 'backstage-plugin-fettle-node';
import { SourceError } from 'backstage-plugin-fettle-node';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import type { DatabaseFettleStore } from '../../store/DatabaseFettleStore';
import { DatabasePlaybookStore } from '../../store/playbooks/DatabasePlaybookStore';
import { describeStore } from '../../store/testDatabases';
import {
  at,
  claim,
  evaluation,
  reading,
  repository,
} from '../../store/testReadings';
import { secret } from '../../store/policies/testFindings';
import { DefaultProblemReader } from '../DefaultProblemReader';
import { known, read } from '../testPlaybooks';
import { CauseFinder } from './failures/CauseFinder';
import type { StoredDrift } from './DriftReader';

describeStore('triggers', init => {
  let knex: Knex;
  let store: DatabaseFettleStore;
  let logs: Record<string, string | Error>;
  let drifts: StoredDrift[];
  let asked: number;
  let now: Date;
  let of: ReturnType<typeof known>;

  beforeEach(async () => {
    ({ store, knex } = await init());
    [logs, drifts, asked, now] = [{}, [], 0, at(3)];
    await store.saveDiscovery({
      repositories: ['a', 'b'].map(id => repository(id)),
      claims: [claim('a', 'a'), claim('b', 'b', { owner: 'group:default/b' })],
      at: at(1),
    });
    const playbookStore = new DatabasePlaybookStore(knex);
    const ci = {
      ...{ id: 'ci', title: 'CI', covers: () => true, hostOf: () => 'h' },
      async readLog(_: unknown, __: unknown, job: string) {
        asked += 1;
        const log = logs[job];
        if (log instanceof Error) throw log;
        return { text: log ?? '', truncated: false };
      },
    };
    of = known({
      ...{
        store: playbookStore,
        now,
        drift: { drifts: async () => drifts, wasRead: () => true },
      },
      causes: new CauseFinder({
        ...{ store: playbookStore, repositories: store },
        sources: new Map([['ci', ci]]),
        clock: () => now,
      }),
    });
  });

  const reader = () =>
    new DefaultProblemReader({
      ...{ store: new DatabasePlaybookStore(knex), triggers: of.triggers },
      scanners: () => ['scanner'],
      clock: () => now,
    });
  const playbook = (given: JsonObject) =>
    read(
      { own: { steps: [{ id: 's', uses: 'open-issue' }], ...given } },
      of,
    ).find(({ view }) => view.id === 'own')!;
  const see = (given: JsonObject, id = 'a') =>
    reader().read(playbook(given), id);
  const collect = (
    commit = 'c1',
    day = 2,
    checks = { readme: 'fail' } as const,
  ) =>
    store.saveCollection(
      reading('a', at(day), [evaluation({ ...checks, licence: 'pass' })], {
        commit,
      }),
    );
  const scan = (
    findings: FindingReport[],
    commit = 'c1',
    problems: ScanProblem[] = [],
  ) =>
    store.openSecurity({ dueDays: { critical: 7 } }).saveScan(
      {
        ...{ repositoryId: 'a', scannerId: 'scanner', digest: 'd', commit },
        report: { findings, problems },
      },
      at(2, 10),
    );

  describe('finding', () => {
    const SECRETS = { trigger: { on: 'finding', with: { kinds: ['secret'] } } };

    it('sees what is open, until a scan of the head does not', async () => {
      await collect();
      expect((await see(SECRETS)).gap?.code).toBe('not-scanned');
      await scan([secret()]);
      const seen = await see(SECRETS);
      expect(seen).toMatchObject({
        ...{ inScope: true, gap: null, commit: 'c1' },
        problems: [
          {
            ...{ kind: 'finding', title: 'Key of a cloud' },
            finding: { kind: 'secret', path: 'deploy.env', line: 3 },
          },
        ],
      });
      expect(seen.problems[0].key).toBe(seen.problems[0].finding!.id);
      await collect('c2', 3);
      expect((await see(SECRETS)).gap?.code).toBe('scan-behind');
      // It stays where its file could not be read, and is gone where another could not.
      const unread = { message: 'It is cut.', action: 'Mend it.' };
      await scan([], 'c2', [{ ...unread, path: 'deploy.env' }]);
      expect((await see(SECRETS)).problems).toHaveLength(1);
      await scan([], 'c2', [{ ...unread, path: 'other' }]);
      expect(await see(SECRETS)).toMatchObject({ problems: [], gap: null });
    });

    it('keeps to kinds, severities, rules and priorities', async () => {
      await collect();
      await scan([secret()]);
      const count = async (given: JsonObject) =>
        (await see({ trigger: { on: 'finding', with: given } })).problems
          .length;
      expect(await count({})).toBe(1);
      expect(await count({ kinds: ['threat'] })).toBe(0);
      expect(await count({ severities: ['low'] })).toBe(0);
      expect(await count({ rules: ['cloud-key'] })).toBe(1);
      expect(await count({ rules: ['other'] })).toBe(0);
      expect(await count({ minPriority: 100 })).toBe(0);
    });

    it('tells how settings were before somebody changed them', async () => {
      const was = { protection: { reviews: 2 } };
      await collect();
      await scan([{ ...secret(), kind: 'threat', was }]);
      const seen = await see({
        trigger: { on: 'finding', with: { kinds: ['threat'] } },
      });
      expect(seen.problems).toMatchObject([{ finding: { was } }]);
    });

    it('leaves out what a person accepted', async () => {
      await collect();
      await scan([secret()]);
      await knex('findings').update({ state: 'accepted' });
      expect(await see(SECRETS)).toMatchObject({ problems: [] });
    });

    it('says that the last scan failed, or the last reading', async () => {
      await collect();
      await scan([secret()]);
      const reason = {
        code: 'failed',
        message: 'Out of memory.',
        action: 'Wait.',
      };
      await store
        .openSecurity({ dueDays: {} })
        .saveFailedScan(
          { repositoryId: 'a', scannerId: 'scanner', digest: 'd', reason },
          at(2, 20),
        );
      const seen = await see(SECRETS);
      expect(seen.gap).toMatchObject({ code: 'scan-failed' });
      expect(seen.problems).toHaveLength(1);
      await store.saveFailure({
        ...{ repositoryId: 'a', reason, startedAt: at(2, 30), dueAt: at(4) },
      });
      expect((await see(SECRETS)).gap?.code).toBe('reading-failed');
    });

    it('takes a condition that fails for a gap, never for a match', async () => {
      await collect();
      await scan([secret()]);
      const seen = await see({ ...SECRETS, condition: 'finding.cvss > 5.0' });
      expect(seen).toMatchObject({
        problems: [],
        gap: {
          code: 'evaluation-failed',
          action: expect.stringContaining('has()'),
        },
      });
      const asks = { ...SECRETS, condition: '!has(finding.cvss)' };
      expect((await see(asks)).problems).toHaveLength(1);
    });
  });

  it('sees verdicts that fail, for a while', async () => {
    await collect();
    const on = (given: JsonObject) => ({
      trigger: { on: 'verdict', with: given },
    });
    const seen = await see(on({ checks: ['readme'] }));
    expect(seen).toMatchObject({
      ...{ gap: null, commit: 'c1' },
      problems: [
        { kind: 'verdict', verdict: { check: 'readme', status: 'fail' } },
      ],
    });
    expect((await see(on({ minSince: { days: 2 } }))).problems).toEqual([]);
    expect((await see(on({ minSince: { hours: 20 } }))).problems).toHaveLength(
      1,
    );
    // There is no verdict of it: nobody knows.
    expect((await see(on({ checks: ['codeowners'] }))).gap?.code).toBe(
      'unknown-verdict',
    );
  });

  it('sees drift, and what is not compared with the head', async () => {
    await collect();
    const drift: StoredDrift = {
      ...{ standardId: 'base', version: '2', state: 'drifted' },
      ...{ paths: ['.editorconfig'], checkedAt: at(2).toISOString() },
      ...{ commit: 'c1', reason: null },
    };
    drifts = [drift, { ...drift, standardId: 'other', state: 'follows' }];
    const ON = { trigger: { on: 'drift' }, condition: 'drift.version == "2"' };
    expect(await see(ON)).toMatchObject({
      gap: null,
      problems: [{ key: 'base', drift: { paths: ['.editorconfig'] } }],
    });
    drifts = [{ ...drift, state: 'follows', commit: 'c0' }];
    expect((await see(ON)).gap?.code).toBe('drift-behind');
  });

  describe('run', () => {
    const runs = () => store.openPipelines({ isProduction: () => false }).runs;
    let seconds = 0;
    const run = (
      state: 'succeeded' | 'failed' | 'running',
      given: {
        commit?: string;
        attempt?: number;
        id?: string;
        branch?: string;
      } = {},
    ) => {
      seconds += 10;
      const time = at(2, seconds).toISOString();
      const { commit = 'c1', attempt = 1, branch = 'main' } = given;
      const id = given.id ?? `r${seconds}`;
      return runs().apply(
        [
          {
            ...{ sourceId: 'ci', deployments: [] },
            runs: [
              {
                repository: { key: 'a', remote: 'https://git.example.com/a' },
                ...{ runId: id, attempt },
                pipeline: { id: 'p', name: 'Build' },
                ...{ state, at: time },
                ...{ branch, commit, queuedAt: time, startedAt: time },
                ...(state === 'running' ? {} : { finishedAt: time }),
                jobs: [
                  {
                    ...{
                      id: `${id}.${attempt}`,
                      name: 'test',
                      state,
                      at: time,
                    },
                    ...{ startedAt: time, hasLog: true },
                  },
                ],
              },
            ],
          },
        ],
        at(2, seconds),
      );
    };
    const ON = { trigger: { on: 'run' } };
    const cause = async (given: JsonObject = ON) =>
      (await see(given)).problems[0]?.run?.cause;

    beforeEach(async () => {
      seconds = 0;
      await collect();
    });

    it('sees a pipeline of which the newest run failed, until one succeeds', async () => {
      await run('succeeded', { commit: 'c0' });
      await run('failed', { id: 'x' });
      logs['x.1'] = 'Could not resolve host: git.example.com';
      expect(await see(ON)).toMatchObject({
        gap: null,
        problems: [
          {
            title: "'Build' fails on main",
            run: {
              ...{ runId: 'x', attempt: 1, cause: 'network', commit: 'c1' },
              ...{ lastGreen: 'c0', failed: [{ id: 'x.1', name: 'test' }] },
            },
          },
        ],
      });
      const [{ key }] = (await see(ON)).problems;
      expect(asked).toBe(1);
      await run('running', { id: 'x', attempt: 2 });
      expect(await see(ON)).toMatchObject({
        ...{ problems: [], gap: { code: 'run-under-way' } },
      });
      await run('failed', { id: 'x', attempt: 2 });
      expect((await see(ON)).problems[0].key).toBe(key);
      await run('succeeded', { id: 'x', attempt: 3 });
      expect(await see(ON)).toMatchObject({ problems: [], gap: null });
    });

    it('blames the change where the commit before passed and the log blames nothing else', async () => {
      await run('succeeded', { commit: 'c0' });
      await run('failed', { id: 'x' });
      logs['x.1'] = '--- FAIL: TestLedger';
      expect(await cause()).toBe('change');
      const transient = { causes: ['network', 'flaky-test'] };
      expect(
        await see({ trigger: { on: 'run', with: transient } }),
      ).toMatchObject({
        ...{ problems: [], gap: { code: 'other-cause' } },
      });
    });

    it('knows a flaky test by what it did before, once', async () => {
      await run('succeeded', { commit: 'b1' });
      await run('failed', { commit: 'b1' });
      await run('succeeded', { commit: 'c0' });
      await run('failed', { id: 'x' });
      logs['x.1'] = '--- FAIL: TestClock';
      expect(await cause()).toBe('flaky-test');
      await run('failed', { id: 'x', attempt: 2 });
      logs['x.2'] = '--- FAIL: TestClock';
      expect(await cause()).toBe('change');
    });

    it('does not know what nobody tells', async () => {
      await run('failed', { id: 'x' });
      logs['x.1'] = new SourceError('unreachable', 'No.', 'Wait.');
      expect(await cause()).toBe('unknown');
      logs['x.1'] = 'Could not resolve host: git.example.com';
      expect(await cause()).toBe('unknown');
      now = new Date(now.getTime() + 61_000);
      expect(await cause()).toBe('network');
    });

    it('looks at other branches where that is asked, and asks no host for a page', async () => {
      await run('failed', { id: 'x', branch: 'topic' });
      expect((await see(ON)).problems).toEqual([]);
      const any = {
        trigger: { on: 'run', with: { branches: 'any' } },
        condition: '!run.defaultBranch && run.failedJobs == ["test"]',
      };
      const quick = await reader().read(playbook(any), 'a', { quick: true });
      expect(quick).toMatchObject({
        gap: null,
        problems: [{ run: { branch: 'topic', cause: 'unknown' } }],
      });
      expect(asked).toBe(0);
      expect((await see(any)).problems).toHaveLength(1);
    });
  });

  it('keeps to the scope, and tells every problem there is', async () => {
    await collect();
    await scan([secret()]);
    const scoped = (scope: JsonObject) =>
      playbook({ trigger: { on: 'finding' }, scope });
    const ids = async (scope: JsonObject) =>
      (await reader().inScope(scoped(scope))).map(({ id }) => id);
    expect(await ids({})).toEqual(['a', 'b']);
    expect(await ids({ owners: ['group:default/b'] })).toEqual(['b']);
    expect(await ids({ repositories: ['a*'] })).toEqual(['a']);
    expect(await ids({ when: 'has(repository.headCommit)' })).toEqual(['a']);
    // It cannot be told of b.
    expect(await ids({ when: 'repository.headCommit == "c1"' })).toEqual(['a']);
    const out = scoped({ owners: ['group:default/b'] });
    expect(await reader().read(out, 'a')).toMatchObject({
      inScope: false,
      problems: [],
    });
    expect(
      (await reader().readAll('a')).map(({ kind }) => kind).sort(),
    ).toEqual(['finding', 'verdict']);
    expect(await see({ trigger: { on: 'finding' } }, 'gone')).toMatchObject({
      ...{ inScope: false, gap: { code: 'no-repository' } },
    });
  });
});
