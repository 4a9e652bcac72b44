import { describeStore } from '../testDatabases';
import {
  at,
  clockAt,
  evaluation,
  query,
  reading,
  repository,
} from '../testReadings';

jest.setTimeout(180_000);

const text = (date: Date) => date.toISOString();
const ended = (day: number, seconds = 0) => text(at(day, seconds + 1));

describeStore('saveFailure', init => {
  const clock = clockAt(at(1, 100), 10);
  const reason = {
    code: 'unreachable',
    message: 'No answer from git.example.com',
    action: 'Check the network',
  };
  const failure = (seconds: number, code = 'unreachable') => ({
    repositoryId: 'a',
    reason: { ...reason, code },
    startedAt: at(1, seconds),
    dueAt: at(1, seconds + 30),
  });

  it('keeps what was known, counts, and is cleared by success', async () => {
    const { store } = await init();
    await store.saveDiscovery({
      repositories: [repository('a')],
      claims: [],
      at: at(1),
    });
    await store.saveCollection(
      reading('a', at(1, 10), [evaluation({ ci: 'pass' })]),
    );

    expect(await store.saveFailure(failure(20))).toMatchObject({
      revision: 3,
      change: { from: 100, to: 100, state: 'failing', verdicts: [] },
    });
    expect(await store.saveFailure(failure(30))).toEqual({ revision: null });
    expect(await store.saveFailure(failure(40, 'timeout'))).toMatchObject({
      revision: 4,
    });
    expect(await store.getSummary('a', '', 'everything', clock)).toMatchObject({
      // Failing, though its reading is old, too.
      state: 'failing',
      reason: { ...reason, code: 'timeout' },
      score: 100,
      collectedAt: ended(1, 10),
      attemptedAt: text(at(1, 40)),
      changedAt: text(at(1, 20)),
    });
    expect(await store.getVerdicts('a', '')).toHaveLength(1);
    expect(await store.getRepository('a')).toMatchObject({ failures: 3 });
    expect((await store.getActivity(9, 'everything')).items).toHaveLength(2);
    expect(
      await store.claimDue({ now: at(1, 71), leaseUntil: at(2), limit: 1 }),
    ).toEqual(['a']);

    expect(
      await store.saveCollection(
        reading('a', at(1, 80), [evaluation({ ci: 'pass' })]),
      ),
    ).toMatchObject({ revision: 5, change: { state: 'ready', verdicts: [] } });
    expect(
      await store.getSummary('a', '', 'everything', clockAt(at(1, 81))),
    ).toMatchObject({ state: 'ready', reason: null });
    expect(await store.getRepository('a')).toMatchObject({ failures: 0 });
  });

  it('fails what was never read, and what is gone is left alone', async () => {
    const { store } = await init();
    await store.saveDiscovery({
      repositories: [repository('a')],
      claims: [],
      at: at(1),
    });
    expect(await store.saveFailure(failure(10))).toMatchObject({
      revision: 2,
      change: { from: null, to: null },
    });
    expect(
      await store.saveFailure({ ...failure(10), repositoryId: 'gone' }),
    ).toEqual({ revision: null });
    expect(
      await store.listRepositories(
        query({ state: ['failing'] }),
        'everything',
        clock,
      ),
    ).toMatchObject({ total: 1 });
  });
});
