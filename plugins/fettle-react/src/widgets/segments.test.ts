import { segmentsOf } from './segments';

const day = (date: string, score: number | null) => ({
  at: `2026-05-${date}T00:00:00.000Z`,
  score,
});

describe('segmentsOf', () => {
  it('draws days that follow one another as one line', () => {
    expect(segmentsOf([day('01', 80), day('02', 81)])).toHaveLength(1);
  });

  it('leaves a gap where the score is unknown', () => {
    const segments = segmentsOf([
      day('01', 80),
      day('02', null),
      day('03', 70),
    ]);
    expect(segments.map(s => s.map(p => p.score))).toEqual([[80], [70]]);
  });

  it('leaves a gap where nothing was read', () => {
    expect(segmentsOf([day('01', 80), day('04', 70)])).toHaveLength(2);
  });

  it('draws nothing where nothing is known', () => {
    expect(segmentsOf([day('01', null)])).toEqual([]);
    expect(segmentsOf([])).toEqual([]);
  });
});
