import type {
  RepositorySnapshot,
  ThreatDetector,
  ThreatReading,
} from 'backstage-plugin-fettle-node';
import { rewrittenHistory } from './rewrittenHistory';
import { weakenedProtection } from './weakenedProtection';

const snapshot = (given: Partial<RepositorySnapshot> = {}) =>
  ({ defaultBranch: 'main', shallow: false, ...given } as RepositorySnapshot);

/** Asks as the backend does: each time with the memory of the last, through JSON. */
class Asked {
  memory: unknown = null;
  constructor(
    private readonly detector: ThreatDetector,
    private readonly contains: (
      commit: string,
      other: string,
    ) => boolean | undefined = () => true,
  ) {}

  async about(
    given: Partial<RepositorySnapshot>,
    commit = 'a',
  ): Promise<ThreatReading | undefined> {
    const reading = await this.detector.detect({
      ...{ commit, memory: this.memory, snapshot: snapshot(given) },
      repository: { remote: 'https://x/y', name: 'y', host: 'x' },
      contains: async other => this.contains(commit, other),
      tree: () => Promise.reject(new Error('It is not needed.')),
    });
    if (reading) this.memory = JSON.parse(JSON.stringify(reading.memory));
    return reading;
  }

  async rules(given: Partial<RepositorySnapshot>, commit?: string) {
    const reading = await this.about(given, commit);
    return reading?.findings.map(({ rule }) => rule);
  }
}

describe('the history of the default branch', () => {
  /** For each commit what its history has. */
  const histories: Record<string, string> = {
    a: 'a',
    b: 'ab',
    c: 'ac',
    d: 'abcd',
  };
  const asked = () =>
    new Asked(rewrittenHistory, (commit, other) =>
      histories[commit].includes(other),
    );

  it('goes on, is rewritten, and is brought back', async () => {
    const detector = asked();
    expect(await detector.rules({}, 'a')).toEqual([]);
    expect(await detector.rules({}, 'b')).toEqual([]);
    const { findings } = (await detector.about({}, 'c'))!;
    expect(findings).toMatchObject([
      { kind: 'threat', keys: ['history-rewritten:b'], path: null },
    ]);
    expect(findings[0].message).toContain('main led to b');
    // It is not forgotten by the next reading, nor by the next commit.
    expect(await detector.rules({}, 'c')).toEqual(['history-rewritten']);
    expect(await detector.rules({}, 'd')).toEqual([]);
  });

  it('is another one where the default branch is', async () => {
    const detector = asked();
    await detector.about({}, 'b');
    expect(await detector.rules({ defaultBranch: 'next' }, 'c')).toEqual([]);
  });

  it('is not told of where the source cannot tell', async () => {
    const blind = new Asked(rewrittenHistory, () => undefined);
    expect(await blind.about({}, 'a')).toBeUndefined();
    expect(await asked().about({ shallow: true }, 'a')).toBeUndefined();
    const detector = asked();
    await detector.about({}, 'b');
    const cut = (await detector.about({ shallow: true }, 'c'))!;
    expect(cut).toMatchObject({ findings: [], problems: [{ path: null }] });
    expect(await detector.rules({}, 'c')).toEqual(['history-rewritten']);
  });
});

describe('the protection of the default branch', () => {
  const strong = {
    ...{ protected: true, reviews: 2, forcePushes: false, deletions: false },
    requiredChecks: ['ci', 'lint'],
  };

  it('is no threat where it was never there, or gets stronger', async () => {
    const detector = new Asked(weakenedProtection);
    expect(await detector.rules({ protection: { protected: false } })).toEqual(
      [],
    );
    expect(await detector.rules({ protection: { protected: true } })).toEqual(
      [],
    );
    expect(await detector.rules({ protection: strong })).toEqual([]);
  });

  it.each([
    ['is gone', { protected: false }, ['protection-removed']],
    ['asks for fewer reviews', { ...strong, reviews: 1 }, ['reviews-lowered']],
    [
      'asks for fewer checks',
      { ...strong, requiredChecks: ['lint', 'new'] },
      ['required-check-removed'],
    ],
    [
      'lets pushes by force in',
      { ...strong, forcePushes: true },
      ['force-pushes-allowed'],
    ],
    [
      'lets the branch be deleted',
      { ...strong, deletions: true },
      ['deletion-allowed'],
    ],
  ])('is a threat until it is restored where it %s', async (_, weak, rules) => {
    const detector = new Asked(weakenedProtection);
    await detector.about({ protection: strong });
    expect(await detector.rules({ protection: weak })).toEqual(rules);
    expect(await detector.rules({ protection: weak })).toEqual(rules);
    expect(
      await detector.rules({
        protection: { ...strong, requiredChecks: ['lint', 'new', 'ci'] },
      }),
    ).toEqual([]);
  });

  it('says what it does not see any more, and closes nothing by it', async () => {
    const detector = new Asked(weakenedProtection);
    expect(await detector.about({})).toBeUndefined();
    await detector.about({ protection: strong });
    expect(await detector.about({})).toMatchObject({
      problems: [{ path: null, message: expect.stringContaining('at all') }],
    });
    const less = await detector.about({ protection: { protected: true } });
    expect(less!.findings).toEqual([]);
    expect(less!.problems![0].message).toContain('reviews');
    expect(await detector.rules({ protection: { protected: false } })).toEqual([
      'protection-removed',
    ]);
  });
});
