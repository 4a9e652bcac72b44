import type { PolicyStatus } from 'backstage-plugin-fettle-common';
import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import yauzl from 'yauzl';
import type { DatabaseComplianceStore } from '../store/compliance/DatabaseComplianceStore';
import type { DatabaseFettleStore } from '../store/DatabaseFettleStore';
import { describeStore } from '../store/testDatabases';
import {
  at,
  claim,
  evaluation,
  reading,
  repository,
} from '../store/testReadings';
import { ComplianceReader } from './ComplianceReader';
import { control, type FrameworkWithControls } from './FrameworkWithControls';
import { writeEvidence } from './writeEvidence';

const HOUSE: FrameworkWithControls = {
  ...{ id: 'house', title: 'House', version: null, source: null },
  builtIn: false,
  controls: [
    control('H1', 'A README', [{ check: 'readme' }]),
    control('H2', 'No secrets', [{ policy: 'no-secrets' }]),
    control('H3', 'Reviews', []),
  ],
};
const INSTALLED = {
  checks: new Set(['readme']),
  policies: new Set(['no-secrets']),
};
const NONE = { met: 0, notMet: 0, unknown: 0, notApplicable: 0, notSeen: 0 };

describeStore('compliance', init => {
  let store: DatabaseFettleStore;
  let compliance: DatabaseComplianceStore;
  let reader: ComplianceReader;
  let now: Date;

  beforeEach(async () => {
    ({ store } = await init());
    compliance = store.openCompliance();
    now = at(5);
    reader = new ComplianceReader({
      ...{ frameworks: [HOUSE], installed: INSTALLED, store: compliance },
      clock: () => now,
    });
    await store.saveDiscovery({
      repositories: ['a', 'b', 'c'].map(id => repository(id)),
      claims: [
        claim('a', 'a'),
        claim('b', 'b', { owner: 'group:default/team-b' }),
      ],
      at: at(1),
    });
    await read('a', 'pass', 2);
    await read('b', 'fail', 2);
    await judge('a', 'kept', 3);
  });

  const read = (id: string, readme: 'pass' | 'fail', day: number) =>
    store.saveCollection(reading(id, at(day), [evaluation({ readme })]));

  const judge = (repositoryId: string, status: PolicyStatus, day: number) =>
    store.openPolicies().save(
      {
        ...{ repositoryId, digest: 'd', seenRevision: 99, commit: 'c1' },
        outcomes: new Map([
          [
            'no-secrets',
            { status, message: status, reason: null, caveats: [], rests: [] },
          ],
        ]),
        dueAt: at(30),
      },
      at(day),
    );

  it('counts what is met, and nothing that is not known', async () => {
    const { items, at: when } = await reader.overview('everything');
    expect(items).toEqual([
      {
        framework: expect.objectContaining({ id: 'house', title: 'House' }),
        // c was never read, and b never judged.
        counts: { ...NONE, met: 2, notMet: 1, unknown: 3, notSeen: 3 },
      },
    ]);
    expect(when).toBe(now.toISOString());
  });

  it('counts by control and by owner', async () => {
    const { controls, owners } = await reader.standing(
      ...([HOUSE, undefined, 'everything'] as const),
    );
    expect(controls.map(({ counts }) => counts)).toEqual([
      { ...NONE, met: 1, notMet: 1, unknown: 1 },
      { ...NONE, met: 1, unknown: 2 },
      { ...NONE, notSeen: 3 },
    ]);
    expect(owners.map(({ owner, counts }) => [owner, counts.met])).toEqual([
      ['group:default/team-a', 2],
      ['group:default/team-b', 0],
      [null, 0],
    ]);
  });

  it('counts only what the reader may see, or what one owner has', async () => {
    const visible = { entityRefs: new Set(['component:default/b']) };
    const { owners } = await reader.standing(HOUSE, undefined, visible);
    expect(owners.map(({ owner }) => owner)).toEqual([
      'group:default/team-b',
      null,
    ]);
    const of = await reader.standing(HOUSE, 'group:default/team-a', visible);
    expect(of.counts).toEqual(NONE);
  });

  it('names who does not meet a control, those that are known not to first', async () => {
    const found = await reader.failing(
      ...([HOUSE, 'H1', undefined, 'everything'] as const),
    );
    expect(
      found!.items.map(({ repository: name, status }) => [name, status]),
    ).toEqual([
      ['b', 'not-met'],
      ['c', 'unknown'],
    ]);
    expect(
      await reader.failing(HOUSE, 'H9', undefined, 'everything'),
    ).toBeUndefined();
  });

  it('is counted anew after a moment', async () => {
    await reader.overview('everything');
    await read('b', 'pass', 4);
    now = new Date(now.getTime() + 6_000);
    const { items } = await reader.overview('everything');
    expect(items[0].counts).toMatchObject({ met: 3, notMet: 0 });
  });

  it('keeps a count of each day, the last one, by owner and over all', async () => {
    await compliance.saveDay('2026-03-04', await reader.byOwner());
    await read('b', 'pass', 4);
    now = new Date(now.getTime() + 6_000);
    await compliance.saveDay('2026-03-04', await reader.byOwner());
    await compliance.saveDay('2026-03-05', await reader.byOwner());
    const days = (owner?: string | null) =>
      compliance.days({ frameworkId: 'house', owner, from: '2026-03-01' });
    expect(await days()).toEqual([
      {
        day: '2026-03-04',
        counts: { ...NONE, met: 3, unknown: 3, notSeen: 3 },
      },
      expect.objectContaining({ day: '2026-03-05' }),
    ]);
    expect((await days(null))[0].counts).toMatchObject({ met: 0, unknown: 2 });
    await compliance.prune('2026-03-05');
    expect(await days('group:default/team-b')).toHaveLength(1);
  });

  describe('the evidence of a period', () => {
    const write = async (given: object = {}) =>
      unzip(
        writeEvidence({
          ...{ framework: HOUSE, reader, store: compliance, now },
          repositories: await compliance.owners('everything'),
          period: { from: '2026-03-01', to: '2026-03-02' },
          actor: 'user:default/ada',
          ...given,
        }),
      );

    it('is one archive in which every file has its hash', async () => {
      const files = await write();
      const { sha256, exportedBy } = JSON.parse(files.get('manifest.json')!);
      expect(exportedBy).toBe('user:default/ada');
      const hashes = Object.fromEntries(
        [...files]
          .filter(([name]) => name !== 'manifest.json')
          .map(([name, text]) => [
            name,
            createHash('sha256').update(text).digest('hex'),
          ]),
      );
      expect(sha256).toEqual(hashes);
      expect([...files.keys()].sort()).toEqual([
        'README.txt',
        'framework.json',
        'manifest.json',
        'repositories/a-a.json',
        'repositories/b-b.json',
        'repositories/c-c.json',
      ]);
    });

    it('tells how each control stands, and what changed in the period and no later', async () => {
      await read('a', 'fail', 3);
      const files = await write();
      const a = JSON.parse(files.get('repositories/a-a.json')!);
      expect(a.controls).toEqual([
        { id: 'H1', status: 'not-met' },
        { id: 'H2', status: 'met' },
        { id: 'H3', status: 'not-seen' },
      ]);
      expect(a.verdicts).toMatchObject([{ check: 'readme', status: 'fail' }]);
      // Its policy was judged, and its verdict changed, on the third day.
      expect(a.history).toMatchObject([
        {
          ...{ at: '2026-03-02T12:00:01.000Z', of: { check: 'readme' } },
          ...{ from: null, to: 'pass' },
        },
      ]);
      expect(a.evaluated).toBe(true);
      const later = await write({
        period: { from: '2026-03-03', to: '2026-03-03' },
      });
      const { history } = JSON.parse(later.get('repositories/a-a.json')!);
      expect(history).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ of: { policy: 'no-secrets' }, to: 'kept' }),
          expect.objectContaining({
            ...{ of: { check: 'readme' }, from: 'pass', to: 'fail' },
          }),
        ]),
      );
    });

    it('says of controls what the rows beside them say, whatever changes meanwhile', async () => {
      // Readers share what is counted for a moment; evidence does not.
      await reader.overview('everything');
      await read('b', 'pass', 4);
      const files = await write();
      const b = JSON.parse(files.get('repositories/b-b.json')!);
      expect(b.verdicts).toMatchObject([{ check: 'readme', status: 'pass' }]);
      expect(b.controls[0]).toEqual({ id: 'H1', status: 'met' });
    });

    it('names files so that they stay inside, whatever a repository is called', async () => {
      const owned = { name: '../../etc/passwd', entityRef: null, owner: null };
      const files = await write({ repositories: new Map([['a', owned]]) });
      expect([...files.keys()]).toContain('repositories/etc-passwd-a.json');
    });

    it('ends with an error, and not early, where the database is gone', async () => {
      const broken = {
        evidence: async () => {
          throw new Error('The database is gone.');
        },
      };
      await expect(write({ store: broken })).rejects.toThrow(
        'database is gone',
      );
    });
  });
});

/** The files of an archive, each checked against its own checksum. */
async function unzip(stream: Readable): Promise<Map<string, string>> {
  const zip = await yauzl.fromBufferPromise(await buffer(stream), {
    lazyEntries: true,
  });
  const files = new Map<string, string>();
  for await (const entry of zip.eachEntry()) {
    const content = await zip.openReadStreamPromise(entry);
    files.set(entry.fileName, (await buffer(content)).toString());
  }
  return files;
}
