import { mockServices } from '@backstage/backend-test-utils';
import {
  SourceError,
  type AlertReading,
  type FindingReport,
} from 'backstage-plugin-fettle-node';
import { fromMatches } from '../findings/fromMatches';
import { Registry } from '../registry/Registry';
import { ScanRecords } from '../scan/ScanRecords';
import type { DatabaseFettleStore } from '../store/DatabaseFettleStore';
import type { DatabaseSecurityStore } from '../store/security/DatabaseSecurityStore';
import { describeStore } from '../store/testDatabases';
import { at, reading, repository } from '../store/testReadings';
import { AlertReader } from './AlertReader';

const ALERT: FindingReport = {
  ...{ kind: 'vulnerability', rule: 'CVE-1', title: 'lodash: It breaks' },
  ...{ severity: 'high', path: 'package-lock.json', message: 'It is named.' },
  keys: ['advisory:GHSA-1:lodash'],
};

describeStore('alerts of a host', init => {
  let store: DatabaseFettleStore;
  let security: DatabaseSecurityStore;
  let readings: AlertReading[];
  let failing: Error | undefined;
  let asked: number;
  let now: Date;
  let reader: AlertReader;

  beforeEach(async () => {
    ({ store } = await init());
    security = store.openSecurity({ dueDays: {} });
    readings = [{ tool: 'Watcher', findings: [ALERT] }];
    failing = undefined;
    asked = 0;
    now = at(3);
    await store.saveDiscovery({
      ...{ repositories: [repository('a')], claims: [], at: at(1) },
    });
    await store.saveCollection(reading('a', at(1), [], { commit: 'c1' }));
    const registry = new Registry();
    registry.addAlertSource({
      id: 'host',
      covers: ({ host }) => host === 'git.example.com',
      listAlerts: async () => {
        asked += 1;
        if (failing) throw failing;
        return readings;
      },
    });
    const records = new ScanRecords({
      ...{ security, registry, clock: () => now, onChange: () => {} },
      logger: mockServices.logger.mock(),
    });
    reader = new AlertReader({
      ...{ store, security, registry, records, timeoutSeconds: 10 },
      clock: () => now,
    });
  });

  const read = async () => {
    now = new Date(now.getTime() + 3_600_000);
    await reader.read('a', new AbortController().signal);
  };
  const findings = async (state: 'open' | 'fixed' = 'open') => {
    const query = { subpath: '', limit: 50, state: [state] };
    return (await security.findings(query, 'everything', 'a')).items;
  };

  it('are findings until they are gone', async () => {
    await read();
    expect(await findings()).toMatchObject([
      { rule: 'CVE-1', seenBy: ['Watcher (alerts)'] },
    ]);
    readings = [{ tool: 'Watcher', findings: [] }];
    await read();
    expect(await findings()).toEqual([]);
    expect(await findings('fixed')).toHaveLength(1);
  });

  it('are one with what a matcher sees, until neither sees it', async () => {
    await security.saveScan(
      {
        ...{ repositoryId: 'a', scannerId: 'components', digest: 'd' },
        commit: 'c1',
        report: {
          components: [
            {
              ...{ ecosystem: 'npm', name: 'lodash', version: '4.17.10' },
              ...{ purl: 'pkg:npm/lodash@4.17.10', direct: true },
              ...{ path: 'package-lock.json', scope: 'runtime' },
            },
          ],
        },
      },
      at(2),
    );
    const match = async (rules: string[]) => {
      const used = await security.usedComponents(['a']);
      const { components, stamp } = used.get('a')!;
      const matches = rules.map(rule => ({
        ...{ kind: 'vulnerability' as const, rule, aliases: ['GHSA-1'] },
        ...{ title: 'It breaks', severity: 'high' as const, fixedIn: [] },
        certain: true,
      }));
      const sightings = fromMatches(
        components.map(component => ({ ...component, matches })),
      );
      const given = { repositoryId: 'a', stamp, sightings };
      await security.saveMatches('osv', [given], now);
    };
    await match(['CVE-1']);
    await read();
    const [only, ...others] = await findings();
    expect(others).toEqual([]);
    expect(only).toMatchObject({
      seenBy: ['osv', 'Watcher (alerts)'],
      component: { name: 'lodash' },
    });
    await match([]);
    expect(await findings()).toHaveLength(1);
    readings = [{ tool: 'Watcher', findings: [] }];
    await read();
    expect(await findings()).toEqual([]);
  });

  it('stay as they were where they cannot be read, or are off', async () => {
    await read();
    const failed = new SourceError('unauthorized', 'It may not.', 'Allow it.');
    readings = [
      { tool: 'Watcher', failed },
      { tool: 'Other', findings: [] },
    ];
    await read();
    expect(await findings()).toHaveLength(1);
    expect(await security.scans('a')).toMatchObject([
      { scannerId: 'Other (alerts)', state: 'ok' },
      {
        ...{ scannerId: 'Watcher (alerts)', state: 'failed' },
        reason: { code: 'unauthorized', action: 'Allow it.' },
      },
    ]);
    readings = [];
    await read();
    expect(await findings()).toHaveLength(1);
  });

  it('are not fixed because a person closed them, and open nothing when they are closed', async () => {
    await read();
    const [key] = ALERT.keys;
    readings = [
      { tool: 'Watcher', findings: [], closed: [key, 'advisory:GHSA-2:x'] },
    ];
    await read();
    expect(await findings()).toMatchObject([{ rule: 'CVE-1' }]);
    expect(await findings('fixed')).toEqual([]);
    readings = [{ tool: 'Watcher', findings: [], closed: [] }];
    await read();
    expect(await findings('fixed')).toHaveLength(1);
  });

  it('say nothing of the host where the portal stops', async () => {
    const stop = new AbortController();
    const failed = new SourceError('timeout', 'It was stopped.', 'Wait.');
    readings = [{ tool: 'Watcher', failed }];
    stop.abort();
    await reader.read('a', stop.signal);
    expect(asked).toBe(1);
    expect(await security.scans('a')).toEqual([]);
  });

  it('tell what the source itself failed with, and that it does not any more', async () => {
    failing = new Error('It broke.');
    await read();
    expect(await security.scans('a')).toMatchObject([
      {
        ...{ scannerId: 'host (alerts)', state: 'failed' },
        reason: { message: expect.stringContaining('It broke.') },
      },
    ]);
    failing = undefined;
    await read();
    expect(await security.scans('a')).toMatchObject([
      { scannerId: 'Watcher (alerts)', state: 'ok' },
      { scannerId: 'host (alerts)', state: 'ok' },
    ]);
  });

  it('are not asked for at each of many pushes', async () => {
    await read();
    now = new Date(now.getTime() + 60_000);
    await reader.read('a', new AbortController().signal);
    expect(asked).toBe(1);
    await read();
    expect(asked).toBe(2);
  });
});
