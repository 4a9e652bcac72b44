import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import {
  PROBLEM_VARIABLES,
  TYPES,
  type Fields,
} from '../policies/language/words';
import type { Subject } from '../policies/subject/Subject';
import { finding, subject } from '../policies/testSubjects';
import type {
  BranchStanding,
  PlaybookStore,
  ProvedVerdict,
} from '../store/playbooks/PlaybookStore';
import { DefaultProblemReader } from './DefaultProblemReader';
import { readPlaybookFile } from './files/readPlaybookFile';
import { STARTER_PLAYBOOKS } from './starterPlaybooks';
import { known, read } from './testPlaybooks';
import type { StoredDrift } from './triggers/DriftReader';
import type { CauseFinder } from './triggers/failures/CauseFinder';

const text = readFileSync(
  resolve(__dirname, '../../../../docs/playbooks.md'),
  'utf8',
);
const examples = [...text.matchAll(/^### \d+\. .*?^```yaml\n(.*?)^```/gms)].map(
  ([, yaml]) => parse(yaml).fettle.playbooks,
);

const NOW = new Date('2026-03-20T12:00:00Z');
const component = (direct: boolean | null) => ({
  ...{ ecosystem: 'npm', name: 'left-pad', versions: ['1.0.0'], direct },
  scope: 'runtime' as const,
});
const verdict = (given: Partial<ProvedVerdict>): ProvedVerdict => ({
  ...{ check: 'readme', title: 'README', status: 'fail', message: 'None.' },
  ...{ subpath: '', since: '2026-03-01T00:00:00.000Z', evidence: [] },
  ...given,
});
const standing = (given: Partial<BranchStanding>): BranchStanding => ({
  ...{ sourceId: 'ci', pipelineId: 'p', pipeline: 'Build', branch: 'main' },
  ...{ defaultBranch: true, underWay: false, failures: 1, goodCommit: 'c0' },
  since: '2026-03-20T11:30:00.000Z',
  newest: {
    ...{ id: 'r1', state: 'failed', commit: 'c1', event: 'push' },
    ref: { runId: '7', attempt: 1, pipelineId: 'p' },
    finishedAt: '2026-03-20T11:30:00.000Z',
  },
  ...given,
});
const drift = (given: Partial<StoredDrift>): StoredDrift => ({
  ...{ standardId: 'base', version: '1', state: 'drifted', paths: ['a'] },
  ...{ checkedAt: NOW.toISOString(), commit: 'c1', reason: null, ...given },
});
const entity = (given: Partial<Subject['entities'][number]>) => ({
  ...{ ref: 'component:default/ledger', subpath: '' },
  ...{ owner: 'group:default/payments', system: null, ...given },
});

interface Given {
  subject?: Partial<Subject>;
  findings?: ReturnType<typeof finding>[];
  verdicts?: ProvedVerdict[];
  standings?: BranchStanding[];
  cause?: 'network' | 'change' | 'unknown';
  drifts?: StoredDrift[];
}

const FIXED = { fixedIn: ['2'], component: component(true) };
const UNPINNED = { kind: 'misconfiguration', rule: 'unpinned-action' } as const;
const OF_WEB = { entities: [entity({ owner: 'group:default/web' })] };
const attempt = (n: number) =>
  standing({
    newest: {
      ...standing({}).newest,
      ref: { runId: '7', attempt: n, pipelineId: 'p' },
    },
  });

/** Repositories in which each example has something to do, and in which it has not. */
const CASES: Record<string, { matches: Given[]; not: Given[] }> = {
  'fix-exploited': {
    matches: [{ findings: [finding({ ...FIXED, exploited: true })] }],
    not: [
      { findings: [finding(FIXED)] },
      { findings: [finding({ exploited: true })] },
      {},
    ],
  },
  'payments-direct-updates': {
    matches: [{ findings: [finding(FIXED)] }],
    not: [
      { findings: [finding({ ...FIXED, component: component(false) })] },
      { findings: [finding({ ...FIXED, component: component(null) })] },
      { findings: [finding(FIXED)], subject: OF_WEB },
    ],
  },
  'pin-ours': {
    matches: [{ findings: [finding(UNPINNED)] }],
    not: [{ findings: [finding(UNPINNED)], subject: { name: 'web/shop' } }],
  },
  'rerun-twice': {
    matches: [{ standings: [attempt(2)], cause: 'network' }],
    not: [
      { standings: [attempt(3)], cause: 'network' },
      { standings: [attempt(1)], cause: 'change' },
      { standings: [attempt(1)], cause: 'unknown' },
    ],
  },
  'revert-release': {
    matches: [
      { standings: [standing({ pipeline: 'Release' })], cause: 'change' },
    ],
    not: [
      { standings: [standing({})], cause: 'change' },
      {
        standings: [standing({ pipeline: 'Release', failures: 2 })],
        cause: 'change',
      },
    ],
  },
  'owners-in-a-week': {
    matches: [{ verdicts: [verdict({ check: 'codeowners' })] }],
    not: [
      {
        verdicts: [
          verdict({ check: 'codeowners', since: '2026-03-19T00:00:00.000Z' }),
        ],
      },
      { verdicts: [verdict({ check: 'codeowners', subpath: 'web' })] },
      {
        verdicts: [verdict({ check: 'codeowners' })],
        subject: { entities: [] },
      },
    ],
  },
  'tell-of-readme': {
    matches: [
      { verdicts: [verdict({ status: 'warn' })] },
      { verdicts: [verdict({})], subject: { archived: false } },
    ],
    not: [
      { verdicts: [verdict({ status: 'pass' })] },
      { verdicts: [verdict({})], subject: { archived: true } },
    ],
  },
  'base-standard': {
    matches: [{ drifts: [drift({})] }],
    not: [
      { drifts: [drift({ state: 'follows' })] },
      { drifts: [drift({ standardId: 'other' })] },
      { drifts: [drift({ paths: Array(11).fill('a') })] },
    ],
  },
  'monday-branches': { matches: [{}], not: [{ subject: OF_WEB }] },
  'security-policy': {
    matches: [{}],
    not: [{ subject: { host: 'elsewhere.example.com' } }],
  },
  'agents-pin-images': {
    matches: [
      { subject: { entities: [entity({ system: 'system:default/bank' })] } },
    ],
    not: [{}],
  },
};

function portal(given: Given) {
  const one = subject(given.subject);
  const store: PlaybookStore = {
    repositories: async () => [one],
    subjects: async () => [one],
    openFindings: async (_, { kinds, rules, severities }) =>
      (given.findings ?? []).filter(
        ({ kind, rule, severity }) =>
          (kinds.length === 0 || kinds.includes(kind)) &&
          (rules.length === 0 || rules.includes(rule)) &&
          (severities.length === 0 || severities.includes(severity)),
      ),
    verdicts: async (_, { checks }) =>
      (given.verdicts ?? []).filter(({ check }) => checks.includes(check)),
    standings: async () => ({
      standings: given.standings ?? [],
      complete: true,
    }),
    failedJobs: async () => [],
    jobHistory: async () => ({ passedHere: [], failedHere: {}, flaky: [] }),
  };
  const causes = {
    find: async () => ({ cause: given.cause ?? 'unknown', jobs: [] }),
  } as unknown as CauseFinder;
  const of = known({
    ...{ store, causes, now: NOW },
    drift: { drifts: async () => given.drifts ?? [], wasRead: () => true },
  });
  const reader = new DefaultProblemReader({
    ...{ store, triggers: of.triggers, clock: () => NOW },
    scanners: () => ['scanner'],
  });
  return { of, reader };
}

async function hasWork(id: string, given: Given): Promise<boolean> {
  const { of, reader } = portal(given);
  const example = examples.find(one => id in one);
  const playbook = read(example, of).find(({ view }) => view.id === id)!;
  const seen = await reader.read(playbook, 'r1');
  return playbook.trigger.see ? seen.problems.length > 0 : seen.inScope;
}

/** A table as its cells, whatever their width. */
const rows = text
  .split('\n')
  .filter(line => line.startsWith('| `') || line.startsWith('#### '))
  .map(line =>
    line
      .replace(/^#### /, '')
      .replace(/^\| | \|$/g, '')
      .split(/ +\| +/)
      .map((cell, i) =>
        i < 2 ? cell.trim().replace(/^`|`$/g, '') : cell.trim(),
      )
      .join('|'),
  );

function table(fields: Fields, head: string): string[] {
  return [
    head,
    ...Object.entries(fields).map(
      ([name, [type, means]]) =>
        `${name}|${type.replace(
          'google.protobuf.Timestamp',
          'timestamp',
        )}|${means}`,
    ),
  ];
}

describe('docs/playbooks.md', () => {
  it('has eleven examples, each of which is tried', () => {
    expect(examples.map(one => Object.keys(one)[0])).toEqual(
      Object.keys(CASES),
    );
    expect(examples).toHaveLength(11);
  });

  describe.each(Object.entries(CASES))('%s', (id, { matches, not }) => {
    it.each(matches.map((given, i) => [i + 1, given] as const))(
      'has something to do in case %d',
      async (_, given) => {
        expect(await hasWork(id, given)).toBe(true);
      },
    );
    it.each(not.map((given, i) => [i + 1, given] as const))(
      'has nothing to do in other case %d',
      async (_, given) => {
        expect(await hasWork(id, given)).toBe(false);
      },
    );
  });

  it('reads what else it shows of config and of files', () => {
    const blocks = [...text.matchAll(/^```yaml\n(.*?)^```/gms)].map(
      ([, yaml]) => yaml,
    );
    const configs = blocks.flatMap(one => parse(one)?.fettle?.playbooks ?? []);
    expect(configs.length).toBeGreaterThan(examples.length);
    for (const one of configs) expect(() => read(one)).not.toThrow();
    const file = blocks.find(one => one.includes('yaml-language-server'))!;
    const options = { repository: 'r', path: 'p', commit: 'c', known: known() };
    expect(readPlaybookFile(file, options)).toHaveLength(1);
  });

  it('describes every variable and field of problems', () => {
    expect(rows).toEqual(
      expect.arrayContaining([
        ...table(PROBLEM_VARIABLES, 'Problems'),
        ...table(TYPES.Run, 'Run'),
        ...table(TYPES.Drift, 'Drift'),
      ]),
    );
  });

  it('lists what ships with Fettle', () => {
    for (const [id, { title }] of Object.entries(STARTER_PLAYBOOKS)) {
      expect(rows).toContain(`${id}|${title}`);
    }
  });
});
