import { describeStore } from '../testDatabases';
import {
  at,
  claim,
  clockAt,
  evaluation,
  reading,
  repository,
} from '../testReadings';

jest.setTimeout(180_000);

const text = (date: Date) => date.toISOString();
const ended = (day: number, seconds = 0) => text(at(day, seconds + 1));

describeStore('saveCollection', init => {
  const clock = clockAt(at(1, 100));

  async function withRepository() {
    const { store, knex } = await init();
    await store.saveDiscovery({
      repositories: [repository('a')],
      claims: [claim('svc', 'a')],
      at: at(1),
    });
    return { store, knex };
  }

  it('stores a first reading as a change from nothing', async () => {
    const { store } = await withRepository();
    const result = await store.saveCollection(
      reading('a', at(1, 10), [
        evaluation({
          readme: { status: 'fail', evidence: [{ message: 'none' }] },
          licence: 'pass',
        }),
      ]),
    );
    const change = {
      repositoryId: 'a',
      name: 'a',
      subpath: '',
      at: ended(1, 10),
      commit: 'c1',
      from: null,
      to: 50,
      verdicts: [
        { checkId: 'readme', title: 'The readme', from: null, to: 'fail' },
        { checkId: 'licence', title: 'The licence', from: null, to: 'pass' },
      ],
    };
    expect(result).toEqual({
      revision: 2,
      change: { ...change, state: 'ready' },
    });
    expect(await store.getSummary('a', '', 'everything', clock)).toMatchObject({
      state: 'ready',
      score: 50,
      upTo: 50,
      level: 'poor',
      head: { commit: 'c1', subject: 'Commit c1' },
      counts: { pass: 1, warn: 0, fail: 1, unknown: 0, notApplicable: 0 },
      worst: { checkId: 'readme', status: 'fail', worth: 50 },
      days: [{ at: ended(1, 10), score: 50 }],
      collectedAt: ended(1, 10),
      attemptedAt: ended(1, 10),
      changedAt: ended(1, 10),
      revision: 2,
    });
    expect(await store.getVerdicts('a', '')).toEqual([
      expect.objectContaining({
        checkId: 'licence',
        status: 'pass',
        evidence: [],
        moreEvidence: 0,
        points: 50,
        worth: 0,
      }),
      {
        checkId: 'readme',
        title: 'The readme',
        status: 'fail',
        message: 'readme: fail',
        evidence: [{ message: 'none' }],
        moreEvidence: 0,
        weight: 1,
        points: 0,
        worth: 50,
        since: ended(1, 10),
        evaluatedAt: ended(1, 10),
        commit: 'c1',
      },
    ]);
    expect(await store.getActivity(20, 'everything')).toEqual({
      items: [change],
      revision: 2,
    });
    expect(await store.getHistory('a', '', 90, clock)).toEqual({
      days: [{ at: ended(1, 10), score: 50 }],
      changes: [change],
    });
  });

  it('moves only the times when a reading says the same', async () => {
    const { store, knex } = await withRepository();
    const judged = [
      evaluation({
        readme: { status: 'fail', evidence: [{ message: 'none' }] },
      }),
    ];
    await store.saveCollection(reading('a', at(1, 10), judged));
    const before = await knex('verdicts').select('*');
    expect(await store.saveCollection(reading('a', at(1, 20), judged))).toEqual(
      { revision: null },
    );
    expect(await knex('verdicts').select('*')).toEqual(before);
    expect(await knex('snapshots').select('taken_at')).toHaveLength(1);
    expect(await store.getRevision()).toBe(2);
    expect(await store.getSummary('a', '', 'everything', clock)).toMatchObject({
      collectedAt: ended(1, 20),
      changedAt: ended(1, 10),
      revision: 2,
    });
    expect((await store.getVerdicts('a', ''))[0]).toMatchObject({
      since: ended(1, 10),
      evaluatedAt: ended(1, 20),
    });
    expect((await store.getActivity(20, 'everything')).items).toHaveLength(1);
  });

  it.each([
    ['a message', { message: 'other' }],
    ['evidence', { evidence: [{ message: 'b', path: 'p', line: 2 }] }],
    ['the count of evidence', { moreEvidence: 3 }],
    ['a title', { title: 'Other' }],
  ])(
    'shows that %s changed, but keeps it out of history',
    async (_, change) => {
      const { store } = await withRepository();
      const given = { status: 'fail' as const, evidence: [{ message: 'a' }] };
      await store.saveCollection(
        reading('a', at(1, 10), [evaluation({ readme: given })]),
      );
      const result = await store.saveCollection(
        reading('a', at(1, 20), [
          evaluation({ readme: { ...given, ...change } }),
        ]),
      );
      expect(result).toMatchObject({
        revision: 3,
        change: { from: 0, to: 0, verdicts: [] },
      });
      expect((await store.getVerdicts('a', ''))[0]).toMatchObject({
        ...change,
        since: ended(1, 10),
      });
      expect((await store.getActivity(20, 'everything')).items).toHaveLength(1);
      expect(
        await store.getSummary('a', '', 'everything', clock),
      ).toMatchObject({
        changedAt: ended(1, 10),
        revision: 3,
      });
    },
  );

  it('says which verdicts changed, and since when', async () => {
    const { store } = await withRepository();
    await store.saveCollection(
      reading('a', at(1, 10), [evaluation({ readme: 'fail', ci: 'pass' })]),
    );
    const { change } = await store.saveCollection(
      reading('a', at(1, 20), [evaluation({ readme: 'pass', ci: 'pass' })], {
        commit: 'c2',
      }),
    );
    expect(change).toMatchObject({
      from: 50,
      to: 100,
      commit: 'c2',
      verdicts: [{ checkId: 'readme', from: 'fail', to: 'pass' }],
    });
    expect(await store.getVerdicts('a', '')).toMatchObject([
      { checkId: 'ci', since: ended(1, 10), evidence: [] },
      { checkId: 'readme', since: ended(1, 20), commit: 'c2' },
    ]);
  });

  it('forgets evidence and checks that are gone', async () => {
    const { store, knex } = await withRepository();
    const fail = { status: 'fail' as const, evidence: [{ message: 'a' }] };
    await store.saveCollection(
      reading('a', at(1, 10), [
        evaluation({ readme: fail, old: fail, ci: 'pass' }),
      ]),
    );
    await store.saveCollection(
      reading('a', at(1, 20), [evaluation({ readme: 'pass', ci: 'pass' })]),
    );
    expect(await knex('verdict_evidence').select('*')).toEqual([]);
    const verdicts = await store.getVerdicts('a', '');
    expect(verdicts.map(verdict => verdict.checkId)).toEqual(['ci', 'readme']);
  });

  it('judges each folder by itself and drops those that are not claimed any more', async () => {
    const { store, knex } = await withRepository();
    const fact = {
      factId: 'readme',
      version: 1,
      commit: 'c1',
      collectedAt: text(at(1)),
    };
    await store.saveCollection(
      reading(
        'a',
        at(1, 10),
        [evaluation({ ci: 'pass' }), evaluation({ ci: 'fail' }, 'lib')],
        {
          facts: [
            { ...fact, subpath: '', value: { words: 3 } },
            {
              ...fact,
              subpath: 'lib',
              problem: { code: 'timeout', message: 'm', action: 'a' },
            },
          ],
        },
      ),
    );
    expect(await store.getFacts('a')).toEqual([
      { ...fact, subpath: '', value: { words: 3 } },
      {
        ...fact,
        subpath: 'lib',
        problem: { code: 'timeout', message: 'm', action: 'a' },
      },
    ]);
    expect(
      await store.getSummary('a', 'lib', 'everything', clock),
    ).toMatchObject({ score: 0, days: [{ score: 0 }] });
    expect(await store.getSummary('a', '', 'everything', clock)).toMatchObject({
      score: 100,
    });

    const result = await store.saveCollection(
      reading('a', at(1, 20), [evaluation({ ci: 'pass' })]),
    );
    expect(result.revision).toBe(3);
    expect(await store.getVerdicts('a', 'lib')).toEqual([]);
    expect(
      await store.getSummary('a', 'lib', 'everything', clock),
    ).toBeUndefined();
    expect((await store.getFacts('a')).map(one => one.subpath)).toEqual(['']);
    expect(await knex('rollups').select('subpath')).toEqual([{ subpath: '' }]);
  });

  it('ignores a reading that began before the stored one', async () => {
    const { store } = await withRepository();
    await store.saveCollection(
      reading('a', at(1, 20), [evaluation({ ci: 'pass' })]),
    );
    const late = reading('a', at(1, 10), [evaluation({ ci: 'fail' })]);
    expect(
      await store.saveCollection({ ...late, finishedAt: at(1, 40) }),
    ).toEqual({ revision: null });
    expect(
      await store.saveFailure({
        repositoryId: 'a',
        reason: { code: 'unreachable', message: 'm', action: 'a' },
        startedAt: at(1, 10),
        dueAt: at(2),
      }),
    ).toEqual({ revision: null });
    expect(await store.getSummary('a', '', 'everything', clock)).toMatchObject({
      score: 100,
      state: 'ready',
    });
  });

  it('keeps the last, least and greatest score of each day', async () => {
    const { store, knex } = await withRepository();
    const judged = (status: 'pass' | 'fail' | 'warn' | 'unknown') => [
      evaluation({ ci: status }),
    ];
    await store.saveCollection(reading('a', at(1, 10), judged('unknown')));
    await store.saveCollection(reading('a', at(1, 20), judged('pass')));
    await store.saveCollection(reading('a', at(1, 30), judged('fail')));
    await store.saveCollection(reading('a', at(1, 40), judged('warn')));
    await store.saveCollection(reading('a', at(3, 10), judged('pass')));
    expect(
      await knex('history_days')
        .orderBy('day')
        .select('day', 'at', 'score', 'min', 'max'),
    ).toEqual([
      { day: '2026-03-01', at: ended(1, 40), score: 50, min: 0, max: 100 },
      { day: '2026-03-03', at: ended(3, 10), score: 100, min: 100, max: 100 },
    ]);
    expect(
      (await store.getHistory('a', '', 2, clockAt(at(3, 60)))).days,
    ).toEqual([{ at: ended(3, 10), score: 100 }]);
  });

  it('stays due when asked for, or given another folder, while it was read', async () => {
    const { store } = await withRepository();
    const due = (seconds: number) =>
      store.claimDue({ now: at(1, seconds), leaseUntil: at(2), limit: 9 });
    const save = (seconds: number, folders = ['']) =>
      store.saveCollection(
        reading(
          'a',
          at(1, seconds),
          folders.map(folder => evaluation({ ci: 'pass' }, folder)),
        ),
      );
    expect(await due(1)).toEqual(['a']);
    await store.markDue('a', at(1, 12));
    await save(10);
    expect(await due(13)).toEqual(['a']);
    await save(13);
    expect(await due(15)).toEqual([]);

    await store.saveDiscovery({
      repositories: [repository('a')],
      claims: [claim('svc', 'a', { subpath: 'lib' })],
      at: at(1, 16),
    });
    // Began after the discovery, but with what was known before it.
    await save(17);
    expect(await due(19)).toEqual(['a']);
    await save(20, ['', 'lib']);
    expect(await due(22)).toEqual([]);
  });

  it('stores many readings in one transaction, with one revision', async () => {
    const { store } = await init();
    await store.saveDiscovery({
      repositories: ['a', 'b', 'c'].map(name => repository(name)),
      claims: [],
      at: at(1),
    });
    await store.saveCollection(
      reading('b', at(1, 10), [evaluation({ ci: 'pass' })]),
    );
    const results = await store.saveCollections([
      reading('c', at(1, 20), [evaluation({ ci: 'fail' })]),
      reading('gone', at(1, 20), [evaluation({ ci: 'fail' })]),
      reading('b', at(1, 20), [evaluation({ ci: 'pass' })]),
      reading('a', at(1, 20), [evaluation({ ci: 'warn' })]),
    ]);
    expect(results).toMatchObject([
      { revision: 3, change: { repositoryId: 'c', to: 0 } },
      { revision: null },
      { revision: null },
      { revision: 3, change: { repositoryId: 'a', to: 50 } },
    ]);
    const changes = await store.getChanges(2, undefined, 'everything', clock);
    expect(changes.items.map(item => item.id)).toEqual(['a', 'c']);
    const twice = reading('a', at(1, 30), []);
    await expect(store.saveCollections([twice, twice])).rejects.toThrow(
      /at most one reading/,
    );
    expect(await store.saveCollections([])).toEqual([]);
  });
});
