import type {
  RepositoryAccess,
  RepositorySnapshot,
  ThreatDetector,
  ThreatReading,
} from 'backstage-plugin-fettle-node';
import { addedAccess } from './addedAccess';
import { rewrittenHistory } from './rewrittenHistory';
import { weakenedProtection } from './weakenedProtection';

const snapshot = (given: Partial<RepositorySnapshot> = {}) =>
  ({ defaultBranch: 'main', shallow: false, ...given } as RepositorySnapshot);

/** Asks as the backend does: each time with the memory of the last, through JSON. */
class Asked {
  memory: unknown = null;
  access: RepositoryAccess | undefined;
  now = new Date('2026-03-01T12:00:00Z');
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
      access: async () => this.access,
      now: this.now,
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
    ['is gone', { protected: false }, ['protection-removed'], strong],
    [
      'asks for fewer reviews',
      { ...strong, reviews: 1 },
      ['reviews-lowered'],
      { reviews: 2 },
    ],
    [
      'asks for fewer checks',
      { ...strong, requiredChecks: ['lint', 'new'] },
      ['required-check-removed'],
      { requiredChecks: ['ci', 'lint', 'new'] },
    ],
    [
      'lets pushes by force in',
      { ...strong, forcePushes: true },
      ['force-pushes-allowed'],
      { forcePushes: false },
    ],
    [
      'lets the branch be deleted',
      { ...strong, deletions: true },
      ['deletion-allowed'],
      { deletions: false },
    ],
  ])(
    'is a threat until it is restored where it %s',
    async (_, weak, rules, was) => {
      const detector = new Asked(weakenedProtection);
      await detector.about({ protection: strong });
      expect(await detector.rules({ protection: weak })).toEqual(rules);
      expect(await detector.about({ protection: weak })).toMatchObject({
        findings: rules.map(rule => ({ rule, was: { protection: was } })),
      });
      expect(
        await detector.rules({
          protection: { ...strong, requiredChecks: ['lint', 'new', 'ci'] },
        }),
      ).toEqual([]);
    },
  );

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

describe('who has access', () => {
  const ada = { id: '1', name: 'ada', level: 'admin' };
  const bob = { id: '2', name: 'bob', level: 'maintain' };
  const ci = { id: '7', title: 'ci', canWrite: false };
  const robot = { id: '8', title: 'robot', canWrite: true };
  let detector: Asked;
  beforeEach(() => {
    detector = new Asked(addedAccess);
  });
  const after = async (access: RepositoryAccess | undefined, minutes = 61) => {
    detector.now = new Date(detector.now.getTime() + minutes * 60_000);
    detector.access = access;
    return detector.about({});
  };
  const keys = (reading: ThreatReading | undefined) =>
    reading?.findings.map(one => one.keys[0]);

  it('is a threat where it was added, until it is taken back', async () => {
    await after({ maintainers: [ada], deployKeys: [ci] });
    const more = { maintainers: [ada, bob], deployKeys: [ci, robot] };
    const told = ['maintainer-added:2', 'deploy-key-added:8'];
    expect(keys(await after(more))).toEqual(told);
    expect(keys(await after(more))).toEqual(told);
    expect(keys(await after({ maintainers: [ada], deployKeys: [ci] }))).toEqual(
      [],
    );
    // Who was taken away has to be given it anew.
    await after({ maintainers: [], deployKeys: [] });
    expect(keys(await after({ maintainers: [ada], deployKeys: [ci] }))).toEqual(
      ['maintainer-added:1', 'deploy-key-added:7'],
    );
  });

  it('is asked for once an hour, and told again meanwhile', async () => {
    await after({ maintainers: [ada] });
    expect(keys(await after({ maintainers: [ada, bob] }, 30))).toEqual([]);
    expect(keys(await after({ maintainers: [ada, bob] }, 31))).toEqual([
      'maintainer-added:2',
    ]);
    expect(keys(await after({ maintainers: [ada] }, 5))).toEqual([
      'maintainer-added:2',
    ]);
  });

  it('is not spoken of where it is not shown, and nothing closes by that', async () => {
    expect(await after(undefined)).toBeUndefined();
    expect(await after({})).toBeUndefined();
    await after({ maintainers: [ada] });
    const hidden = await after({ deployKeys: [ci] });
    expect(hidden!.findings).toEqual([]);
    expect(hidden!.problems).toMatchObject([
      { path: null, message: expect.stringContaining('maintain') },
    ]);
    expect(keys(await after({ maintainers: [ada, bob] }))).toEqual([
      'maintainer-added:2',
    ]);
  });

  it('keeps nothing of a key but its title', async () => {
    const key = { ...ci, key: 'ssh-ed25519 AAAA' };
    const reading = await after({ deployKeys: [key] });
    expect(JSON.stringify(reading)).not.toContain('AAAA');
  });
});
