import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { databases, FeedWorld, record } from '../testing/FeedWorld';

jest.setTimeout(180_000);

describe.each(databases().eachSupportedId())(
  'a folder of advisories, %p',
  id => {
    const created = databases();
    let world: FeedWorld;
    beforeEach(async () => {
      world = await FeedWorld.create(await created.init(id));
    });
    afterEach(() => world.remove());

    it('is imported, matched, and told of', async () => {
      world.zip('npm', [
        record('A-1', 'left', '1.2.0'),
        record('A-2', 'right', '2.0.0'),
      ]);
      await world.startFolder();
      expect(await world.feed()).toMatchObject({ state: 'never', records: 0 });
      await world.refresh();
      expect(await world.rules('left', '1.1.9')).toEqual(['A-1']);
      expect(await world.rules('left', '1.2.0')).toEqual([]);
      expect(await world.rules('neither', '1.0.0')).toEqual([]);
      expect(await world.feed()).toMatchObject({
        ...{ state: 'ok', records: 2, broken: 0, reason: null },
        ...{ title: 'OSV npm', newestAt: '2026-01-01T00:00:00Z' },
        checkedAt: '2026-11-01T12:00:00.000Z',
      });
      expect((await world.feed()).bytes).toBeGreaterThan(100);
    });

    it('says of which ecosystems it has advisories, and of which not', async () => {
      world.zip('npm', [record('A-1', 'left', '1.2.0')]);
      writeFileSync(
        world.path('kev.json'),
        JSON.stringify({
          catalogVersion: '2026.03.01',
          vulnerabilities: [{ cveID: 'CVE-2026-1' }],
        }),
      );
      const from = world.folder;
      await world.start({
        feeds: [{ ecosystems: ['PyPI'], from }],
        kev: world.path('kev.json'),
      });
      await world.refresh();
      // What is exploited says nothing of any package.
      expect((await world.feed('kev')).records).toBeGreaterThan(0);
      expect(await world.matcher.ecosystems()).toEqual({
        known: [],
        missing: expect.arrayContaining(['npm', 'PyPI', 'GitHub Actions']),
      });
      await world.startFolder({}, ['npm', 'PyPI']);
      await world.refresh();
      const { known, missing } = await world.matcher.ecosystems();
      expect(known).toEqual(['npm']);
      expect(missing).toContain('PyPI');
      expect(missing).not.toContain('npm');
    });

    it('takes the last of those that have one name', async () => {
      world.zip('npm', [
        record('A-1', 'left', '1.2.0'),
        record('A-2', 'right', '2.0.0'),
        record('A-1', 'left', '3.0.0'),
      ]);
      await world.startFolder();
      await world.refresh();
      expect(await world.feed()).toMatchObject({ state: 'ok', records: 2 });
      expect(await world.rules('left', '2.0.0')).toEqual(['A-1']);
      expect(await world.rules('left', '3.0.0')).toEqual([]);
    });

    it('changes what changed, and says of which packages', async () => {
      world.zip('npm', [
        record('A-1', 'left', '1.2.0'),
        record('A-2', 'right', '2.0.0'),
      ]);
      await world.startFolder();
      await world.refresh();
      const first = await world.matcher.changesSince(null);
      expect(first.packages).toBe('all');

      await world.refresh();
      expect(await world.matcher.changesSince(first.cursor)).toEqual({
        packages: [],
        cursor: first.cursor,
      });

      const commits = world.commits;
      world.zip('npm', [
        record('A-1', 'left', '1.2.0'),
        record('A-2', 'elsewhere', '2.0.0'),
        record('A-3', 'third', '1.0.0'),
      ]);
      await world.refresh();
      const { packages } = await world.matcher.changesSince(first.cursor);
      expect(packages).toEqual([
        { ecosystem: 'npm', name: 'elsewhere' },
        { ecosystem: 'npm', name: 'right' },
        { ecosystem: 'npm', name: 'third' },
      ]);
      expect(world.commits).toBe(commits + 1);
      expect(await world.rules('right', '1.0.0')).toEqual([]);
      expect(await world.rules('elsewhere', '1.0.0')).toEqual(['A-2']);
    });

    it('takes out of force what is withdrawn or gone', async () => {
      world.zip('npm', [
        record('A-1', 'left', '1.2.0'),
        record('A-2', 'left', '2.0.0'),
      ]);
      await world.startFolder();
      await world.refresh();
      world.zip('npm', [
        record('A-1', 'left', '1.2.0', { withdrawn: '2026-02-01T00:00:00Z' }),
      ]);
      await world.refresh();
      expect(await world.rules('left', '1.0.0')).toEqual([]);
      expect(await world.feed()).toMatchObject({ records: 1, state: 'ok' });
    });

    it('sees a record that is dropped into it, changed and taken away again', async () => {
      world.zip('npm', [record('A-1', 'left', '1.2.0')]);
      await world.startFolder();
      await world.refresh();
      const { cursor } = await world.matcher.changesSince(null);

      world.file('npm', record('NEW-1', 'right', '3.0.0'));
      await world.refresh();
      expect(await world.rules('right', '2.9.9')).toEqual(['NEW-1']);
      expect((await world.matcher.changesSince(cursor)).packages).toEqual([
        { ecosystem: 'npm', name: 'right' },
      ]);

      world.file('npm', record('NEW-1', 'right', '3.0.0-beta.10'));
      await world.refresh();
      expect(await world.rules('right', '2.9.9')).toEqual(['NEW-1']);
      expect(await world.rules('right', '3.0.0-rc.1')).toEqual([]);

      rmSync(world.path('npm/NEW-1.json'));
      await world.refresh();
      expect(await world.rules('right', '2.9.9')).toEqual([]);
      expect(await world.rules('left', '1.0.0')).toEqual(['A-1']);
    });

    it('needs no dump, and lets a file of its own count more than one', async () => {
      world.file('npm', record('A-1', 'left', '5.0.0'));
      await world.startFolder();
      await world.refresh();
      expect(await world.rules('left', '4.0.0')).toEqual(['A-1']);

      world.zip('npm', [record('A-1', 'left', '1.0.0')]);
      await world.refresh();
      expect(await world.rules('left', '4.0.0')).toEqual(['A-1']);

      rmSync(world.path('npm/A-1.json'));
      await world.refresh();
      expect(await world.rules('left', '4.0.0')).toEqual([]);
      expect(await world.rules('left', '0.9.0')).toEqual(['A-1']);
    });

    it('keeps the old dump in force while a half one lies there', async () => {
      const many = Array.from({ length: 500 }, (_, i) =>
        record(`A-${i}`, `p${i}`, '1.0.0'),
      );
      world.zip('npm', many);
      await world.startFolder();
      await world.refresh();
      const { cursor } = await world.matcher.changesSince(null);

      const path = world.zip(
        'npm',
        many.map(one => ({ ...one, summary: 'New' })),
      );
      const whole = readFileSync(path);
      truncateSync(path, whole.length >> 1);
      await world.refresh();
      expect(await world.feed()).toMatchObject({
        state: 'failing',
        records: 500,
      });
      expect((await world.feed()).reason).toMatchObject({ code: 'corrupt' });
      expect((await world.feed()).reason!.message).toContain(path);
      expect((await world.matcher.changesSince(cursor)).packages).toEqual([]);
      expect((await world.match('p7', '0.1.0'))[0].title).toBe('About p7');
      await world.refresh();
      expect(world.warnings).toHaveLength(1);

      writeFileSync(path, whole);
      await world.refresh();
      expect(await world.feed()).toMatchObject({ state: 'ok', reason: null });
      expect((await world.match('p7', '0.1.0'))[0].title).toBe('New');
    });

    it('counts broken records, leaves them out, and keeps what they said before', async () => {
      world.zip('npm', [record('A-1', 'left', '1.2.0')]);
      await world.startFolder();
      await world.refresh();
      world.zip('npm', [
        { name: 'A-1.json', text: '{"id": "A-1", "modif' },
        { name: 'A-2.json', text: '{"id": "A-2", "modified": 5}' },
        {
          name: 'A-3.json',
          text: JSON.stringify(record('A-4', 'left', '9.0.0')),
        },
        {
          name: 'A-5.json',
          text: JSON.stringify({
            ...record('A-5', 'x', '1.0.0'),
            affected: [],
          }),
        },
        {
          name: 'A-6.json',
          text: JSON.stringify(record('A-6', 'x', '9.0.0')),
          claimedCrc: 1,
        },
        {
          name: '__proto__.json',
          text: JSON.stringify(record('__proto__', '__proto__', '9.0.0')),
        },
        record('A-8', 'right', '1.2.0'),
      ]);
      await world.refresh();
      const feed = await world.feed();
      expect(feed).toMatchObject({ state: 'ok', broken: 5, records: 3 });
      expect(feed.reason).toMatchObject({ code: 'broken-records' });
      expect(feed.reason!.message).toMatch(
        /A-1: it is not JSON.*A-2: modified.*A-3: it holds the record A-4/,
      );
      expect(await world.rules('left', '1.0.0')).toEqual(['A-1']);
      expect(await world.rules('right', '1.0.0')).toEqual(['A-8']);
      expect(await world.rules('__proto__', '1.0.0')).toEqual(['__proto__']);
    });

    it('is not filled up by a bomb', async () => {
      const bomb = {
        name: 'B-1.json',
        text: JSON.stringify(
          record('B-1', 'left', '1.2.0', { details: '0'.repeat(5_000_000) }),
        ),
      };
      world.zip('npm', [
        bomb,
        { ...bomb, name: 'B-2.json', claimedSize: 900 },
        record('A-1', 'left', '1.2.0'),
      ]);
      await world.startFolder({ recordBytes: 1_000_000 });
      await world.refresh();
      expect(await world.rules('left', '1.0.0')).toEqual(['A-1']);
      expect(await world.feed()).toMatchObject({
        state: 'ok',
        broken: 2,
        records: 1,
      });

      await world.startFolder({ unpackedBytes: 1_000_000 });
      world.zip('npm', [bomb, record('A-9', 'right', '1.2.0')]);
      await world.refresh();
      expect(await world.feed()).toMatchObject({
        ...{ state: 'failing', records: 1 },
        reason: { code: 'too-large' },
      });
      await world.startFolder({ records: 3 });
      world.zip(
        'npm',
        Array.from({ length: 4 }, (_, i) => record(`C-${i}`, 'right', '1.0.0')),
      );
      await world.refresh();
      expect((await world.feed()).reason).toMatchObject({ code: 'too-large' });
      expect(await world.rules('right', '0.1.0')).toEqual([]);
    });

    it('says where there is none, and does not take that for an empty one', async () => {
      await world.startFolder();
      await world.refresh();
      expect((await world.feed()).reason).toMatchObject({ code: 'not-found' });
      world.zip('npm', [record('A-1', 'left', '1.2.0')]);
      await world.refresh();
      world.zip('npm', []);
      await world.refresh();
      expect(await world.feed()).toMatchObject({
        state: 'failing',
        records: 1,
      });
      expect(await world.rules('left', '1.0.0')).toEqual(['A-1']);
    });

    it('is imported again after a clock was put back', async () => {
      world.zip('npm', [record('A-1', 'left', '1.2.0')]);
      await world.startFolder();
      await world.refresh();
      world.now = new Date('2020-01-01T00:00:00Z');
      world.file('npm', record('A-2', 'left', '1.2.0'));
      await world.refresh();
      expect(await world.rules('left', '1.0.0')).toEqual(['A-1', 'A-2']);
      expect((await world.feed()).checkedAt).toBe('2020-01-01T00:00:00.000Z');
    });

    it('is forgotten once it is not configured any more', async () => {
      world.zip('npm', [record('A-1', 'left', '1.2.0')]);
      await world.startFolder();
      await world.refresh();
      const { cursor } = await world.matcher.changesSince(null);
      await world.start({});
      expect(await world.rules('left', '1.0.0')).toEqual([]);
      expect(await world.matcher.feeds()).toEqual([]);
      expect((await world.matcher.changesSince(cursor)).packages).toEqual([
        { ecosystem: 'npm', name: 'left' },
      ]);
      expect((await world.matcher.changesSince('another:3')).packages).toBe(
        'all',
      );
    });
  },
);
