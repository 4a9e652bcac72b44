import { timeScale } from './timeScale';

const at = (seconds: number) => new Date(seconds * 1000).toISOString();
const span = (startedAt: number | null, finishedAt: number | null) => ({
  queuedAt: null,
  startedAt: startedAt === null ? null : at(startedAt),
  finishedAt: finishedAt === null ? null : at(finishedAt),
});

describe('timeScale', () => {
  it('goes from the first to the last moment that is known', () => {
    const scale = timeScale(span(100, 200), [span(100, 150)], undefined);
    expect([100, 150, 200].map(s => scale.place(at(s)))).toEqual([0, 50, 100]);
  });

  it('goes on to now while the run is not finished', () => {
    const scale = timeScale(span(100, null), [span(100, null)], 300_000);
    expect(scale.place(at(200))).toBe(50);
    expect(scale.end).toBe(300_000);
  });

  it('holds what a clock that is ahead says', () => {
    const scale = timeScale(span(100, null), [span(190, null)], 130_000);
    expect(scale.place(at(190))).toBe(100);
    expect(scale.place(at(50))).toBe(0);
  });

  it('is a point where nothing is known', () => {
    expect(timeScale(span(null, null), [], undefined).place(at(7))).toBe(100);
  });
});
