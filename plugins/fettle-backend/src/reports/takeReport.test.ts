import type { ComponentReport } from 'backstage-plugin-fettle-node';
import { fromMatches } from '../findings/fromMatches';
import type { DatabaseFettleStore } from '../store/DatabaseFettleStore';
import type { DatabaseSecurityStore } from '../store/security/DatabaseSecurityStore';
import { describeStore } from '../store/testDatabases';
import { at, reading, repository } from '../store/testReadings';
import { takeReport } from './takeReport';

describeStore('a report of another tool', init => {
  let store: DatabaseFettleStore;
  let security: DatabaseSecurityStore;
  let told: string[];

  beforeEach(async () => {
    ({ store } = await init());
    security = store.openSecurity({ dueDays: {} });
    told = [];
    await store.saveDiscovery({
      ...{ repositories: [repository('a')], claims: [], at: at(1) },
    });
    await store.saveCollection(reading('a', at(1), [], { commit: 'c1' }));
  });

  const take = async (document: object, commit = 'c1') =>
    takeReport(JSON.stringify(document), {
      repository: (await store.getRepository('a'))!,
      ...{ commit, actor: 'user:default/ci', security, now: at(2) },
      match: async () => [],
      mayTriage: async () => true,
      onChange: ids => told.push(...ids),
    });

  const sarif = (...rules: string[]) => ({
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Lens' } },
        results: rules.map(ruleId => ({ ruleId, message: { text: ruleId } })),
      },
    ],
  });

  const rules = async (state: 'open' | 'fixed' | 'false-positive' = 'open') => {
    const query = { subpath: '', limit: 50, state: [state] };
    const page = await security.findings(query, 'everything', 'a');
    return page.items.map(({ rule }) => rule).sort();
  };

  it('opens findings, and the next of the same tool fixes what is gone', async () => {
    expect(await take(sarif('R1', 'R2'))).toMatchObject({
      observer: 'Lens (sarif)',
      findings: 2,
    });
    expect(told).toEqual(['a']);
    expect(await rules()).toEqual(['R1', 'R2']);
    await take(sarif('R2', 'R3'));
    expect(await rules()).toEqual(['R2', 'R3']);
    expect(await rules('fixed')).toEqual(['R1']);
  });

  it('fixes what is gone beside what is only told of', async () => {
    const outside = {
      physicalLocation: { artifactLocation: { uri: '/etc/passwd' } },
    };
    const lens = (...names: string[]) => {
      const { version, runs } = sarif(...names);
      const results = runs[0].results.map(result => ({
        ...{ ...result, locations: [outside] },
      }));
      return { version, runs: [{ ...runs[0], results }] };
    };
    await take(lens('R1', 'R2'));
    const { problems } = await take(lens('R2'));
    expect(problems).toHaveLength(1);
    expect(await rules('fixed')).toEqual(['R1']);
  });

  it('does not fix what someone accepted in the tool, and does not open it', async () => {
    await take(sarif('R1'));
    const accepted = sarif('R1', 'R2');
    const suppressed = accepted.runs[0].results.map(result => ({
      ...result,
      suppressions: [{ kind: 'external', status: 'accepted' }],
    }));
    await take({
      ...accepted,
      runs: [{ ...accepted.runs[0], results: suppressed }],
    });
    expect(await rules()).toEqual(['R1']);
    expect(await rules('fixed')).toEqual([]);
    await take(sarif());
    expect(await rules('fixed')).toEqual(['R1']);
  });

  it.each([
    { results: null },
    { results: undefined },
    { results: [], invocations: [{ executionSuccessful: false }] },
  ])('fixes nothing by a run that failed: %j', async run => {
    await take(sarif('R1'));
    const { tool } = sarif().runs[0];
    const answer = await take({ version: '2.1.0', runs: [{ tool, ...run }] });
    expect(answer).toMatchObject({
      ...{ observer: 'Lens (sarif)', findings: 0 },
      changes: { opened: 0, fixed: 0 },
      problems: [{ message: expect.stringMatching(/^Lens (did not|says)/) }],
    });
    expect(await rules()).toEqual(['R1']);
    const [scan] = await security.scans('a');
    expect(scan.state).toBe(run.results ? 'partial' : 'failed');
    await take(sarif());
    expect(await rules('fixed')).toEqual(['R1']);
  });

  it('opens what a run found before it failed', async () => {
    const { runs, version } = sarif('R1');
    const invocations = [{ executionSuccessful: false }];
    const answer = await take({ version, runs: [{ ...runs[0], invocations }] });
    expect(answer.changes).toMatchObject({ opened: 1, fixed: 0 });
  });

  it('is of several tools, and none fixes what another found', async () => {
    const of = (name: string, ...found: string[]) => ({
      ...sarif(...found).runs[0],
      tool: { driver: { name } },
    });
    const version = '2.1.0';
    const both = { version, runs: [of('Lens', 'R1'), of('Loupe', 'R2')] };
    expect(await take(both)).toMatchObject({
      ...{ observer: 'Lens (sarif), Loupe (sarif)', findings: 2 },
      changes: { opened: 2, known: 0, fixed: 0 },
    });
    await take({ version, runs: [of('Lens')] });
    expect(await rules()).toEqual(['R2']);
    await take({ version, runs: [of('Loupe')] });
    expect(await rules()).toEqual([]);
  });

  it('counts only at the head', async () => {
    await expect(take(sarif('R1'), 'c0')).rejects.toThrow(
      'the head of a is c1',
    );
    expect(await rules()).toEqual([]);
  });

  it('says what is no vulnerability here, of the version that is meant', async () => {
    const component: ComponentReport = {
      ...{ ecosystem: 'npm', name: 'left-pad', version: '1.0.0' },
      ...{ purl: 'pkg:npm/left-pad@1.0.0', path: 'package-lock.json' },
      ...{ direct: true, scope: 'runtime' },
    };
    const scan = { repositoryId: 'a', scannerId: 's', digest: 'd' };
    await security.saveScan(
      { ...scan, commit: 'c1', report: { components: [component] } },
      at(1),
    );
    const used = (await security.usedComponents(['a'])).get('a')!;
    const match = {
      ...{ kind: 'vulnerability' as const, rule: 'CVE-1', aliases: ['GHSA-1'] },
      ...{ title: 'It breaks', severity: 'high' as const, certain: true },
      fixedIn: [],
    };
    const sightings = fromMatches(
      used.components.map(one => ({ ...one, matches: [match] })),
    );
    const given = { repositoryId: 'a', stamp: used.stamp, sightings };
    await security.saveMatches('osv', [given], at(1));
    const vex = (ref: string) => ({
      ...{ bomFormat: 'CycloneDX', specVersion: '1.6' },
      vulnerabilities: [
        {
          ...{ id: 'GHSA-1', affects: [{ ref }] },
          analysis: { state: 'not_affected', detail: 'Never called.' },
        },
      ],
    });
    const none = await take(vex('pkg:npm/left-pad@2.0.0'));
    expect(none).toMatchObject({ falsePositives: 0 });
    expect(await rules()).toEqual(['CVE-1']);
    const one = await take(vex('pkg:npm/left-pad@1.0.0'));
    expect(one).toMatchObject({ falsePositives: 1 });
    expect(await rules('false-positive')).toEqual(['CVE-1']);
  });
});
