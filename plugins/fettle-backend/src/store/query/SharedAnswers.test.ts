import { SharedAnswers } from './SharedAnswers';

const SECOND = 1_000;

describe('SharedAnswers', () => {
  const visibility = 'everything' as const;
  const at = (ms: number) => new Date(Date.UTC(2026, 2, 1) + ms);
  let loads: number;
  let answers: SharedAnswers<number>;
  const load = async () => ++loads;

  beforeEach(() => {
    loads = 0;
    answers = new SharedAnswers({ reuseMs: 10 * SECOND });
  });

  it('asks once for readers of one view until the next revision', async () => {
    const first = { revision: 7, now: at(0), visibility };
    const later = { ...first, now: at(SECOND) };
    const [one, two] = await Promise.all([
      answers.get(first, { days: 30 }, load),
      answers.get(later, { days: 30 }, load),
    ]);
    expect([one, two]).toEqual([1, 1]);
    expect(await answers.get(later, { days: 7 }, load)).toBe(2);
    expect(await answers.get(later, { days: 30 }, load)).toBe(1);
    const changed = { ...later, revision: 8 };
    expect(await answers.get(changed, { days: 30 }, load)).toBe(3);
  });

  it('never gives to one reader what another sees', async () => {
    const half = { entityRefs: new Set(['component:default/a']) };
    const other = { entityRefs: new Set(['component:default/a']) };
    const question = { revision: 7, now: at(0) };
    const ask = (view: typeof half | 'everything') =>
      answers.get({ ...question, visibility: view }, {}, load);
    expect(await ask('everything')).toBe(1);
    expect(await ask(half)).toBe(2);
    expect(await ask(other)).toBe(3);
    expect(await ask(half)).toBe(2);
  });

  it('asks anew after a while, when the clock steps back, and after a failure', async () => {
    const question = { revision: 7, visibility };
    const ask = (ms: number) =>
      answers.get({ ...question, now: at(ms) }, {}, load);
    expect(await ask(0)).toBe(1);
    expect(await ask(10 * SECOND)).toBe(2);
    expect(await ask(9 * SECOND)).toBe(3);
    answers = new SharedAnswers({ reuseMs: 10 * SECOND });
    const now = at(0);
    const failing = async () => {
      throw new Error('The database is gone');
    };
    await expect(
      answers.get({ ...question, now }, {}, failing),
    ).rejects.toThrow('gone');
    expect(await answers.get({ ...question, now }, {}, load)).toBe(4);
  });
});
