import { mockServices } from '@backstage/backend-test-utils';
import type { FindingReport } from 'backstage-plugin-fettle-node';
import { describeStore } from '../store/testDatabases';
import { at, claim, repository } from '../store/testReadings';
import type { OwnerDigest } from '../store/security/loadDigests';
import { describeDigest } from './describeDigest';
import { DigestSender } from './DigestSender';

const NONE = { critical: 0, high: 0, medium: 0, low: 0, unknown: 0 };
const A = 'group:default/team-a';

const digest = (given: Partial<OwnerDigest> = {}): OwnerDigest => ({
  ...{ owner: A, repositories: 2, scanned: 2, open: NONE, overdue: 0 },
  ...{ opened: 0, fixed: 0, notKept: 0, worst: [] },
  ...given,
});

describe('a digest', () => {
  it('says what is open, what is new, what is late and where to begin', () => {
    expect(
      describeDigest(
        digest({
          open: { ...NONE, critical: 1, low: 3, unknown: 1 },
          ...{ overdue: 1, opened: 2, fixed: 4, notKept: 2 },
          ...{ repositories: 3, worst: ['pay/ledger', 'pay/web'] },
        }),
      ),
    ).toEqual({
      title:
        'Open in your repositories: 1 critical, 3 low, 1 of unknown severity',
      description:
        'In the last week 2 opened and 4 were fixed. 1 finding is overdue. 2 policies are not kept. 1 of 3 repositories is not scanned. Look first at pay/ledger, pay/web.',
      severity: 'high',
    });
  });

  it('does not call clean what was not scanned', () => {
    expect(describeDigest(digest({ scanned: 0 }))?.description).toContain(
      '2 of 2 repositories are not scanned.',
    );
  });

  it('is not there where there is nothing to read', () => {
    expect(describeDigest(digest())).toBeUndefined();
  });

  it('reaches the others where one cannot be told', async () => {
    const told: unknown[] = [];
    const logger = mockServices.logger.mock();
    const sender = new DigestSender({
      ...{ logger, clock: () => at(9) },
      load: async () => [
        digest({ owner: 'group:default/gone', fixed: 1 }),
        digest({ fixed: 1 }),
        digest({ owner: 'group:default/quiet' }),
      ],
      notifications: {
        send: async ({ recipients }) => {
          const { entityRef } = recipients as { entityRef: string };
          if (entityRef.endsWith('gone')) throw new Error('No such group.');
          told.push(entityRef);
        },
      },
    });
    expect(await sender.send()).toEqual({ sent: 1, failed: 1 });
    expect(told).toEqual([A]);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('1 of 2 digests were not sent'),
    );
  });
});

describeStore('what digests are made of', init => {
  it('is counted by owner, with what is new since a day', async () => {
    const { store } = await init();
    const security = store.openSecurity({ dueDays: { critical: 1 } });
    await store.saveDiscovery({
      repositories: ['a', 'b', 'c'].map(id => repository(id)),
      claims: [
        claim('a', 'a'),
        claim('b', 'b'),
        claim('c', 'c', { owner: 'group:default/team-c' }),
      ],
      at: at(1),
    });
    const finding = (rule: string): FindingReport => ({
      ...{ kind: 'secret', rule, title: rule, severity: 'critical' },
      ...{ path: 'x', keys: [rule], message: rule },
    });
    const scan = (scannerId: string, rules: string[], day: number) =>
      security.saveScan(
        {
          ...{ repositoryId: 'a', scannerId, digest: 'd', commit: 'c' },
          report: { findings: rules.map(finding) },
        },
        at(day),
      );
    await scan('secrets', ['R1', 'R2'], 2);
    await scan('secrets', ['R2', 'R3'], 5);
    // A history and a report are not there for all repositories.
    await scan('secrets in the history', [], 5);
    await scan('Lens (sarif)', [], 5);
    const load = (since: string) => security.digests({ since, now: at(6) });
    expect(await load('2026-03-04')).toEqual([
      {
        ...{ owner: A, repositories: 2, scanned: 1, overdue: 1 },
        open: { ...NONE, critical: 2 },
        ...{ opened: 1, fixed: 1, notKept: 0, worst: ['a'] },
      },
      {
        ...digest({ owner: 'group:default/team-c' }),
        ...{ repositories: 1, scanned: 0 },
      },
    ]);
    expect((await load('2026-03-01'))[0]).toMatchObject({ opened: 3 });
    const fleet = await security.fleet({ days: 7, now: at(6) }, 'everything');
    expect(fleet.scanned).toBe(1);
  });
});
