import type { CompiledPolicy } from './Policy';
import { compilePolicy } from './Policy';
import { evaluatePolicy } from './evaluatePolicy';
import type { Portal } from './gaps';
import type { Subject, SubjectFinding } from './subject/Subject';
import { toValues } from './subject/toValues';

export const NOW = new Date('2026-03-20T12:00:00Z');

export const PORTAL: Portal = {
  scanners: [{ id: 'scanner', title: 'The scanner', finds: null }],
  detectors: [{ id: 'detector', title: 'The detector' }],
  matchers: [{ title: 'OSV', finds: null, empty: false, ecosystems: null }],
};

/** Nothing was imported yet. */
export const EMPTY: Portal = {
  ...PORTAL,
  matchers: [
    {
      ...{ title: 'OSV', finds: ['vulnerability', 'threat'], empty: true },
      ecosystems: null,
    },
  ],
};

/** A repository that was read and scanned. */
export function subject(given: Partial<Subject> = {}): Subject {
  return {
    ...{ id: 'r1', name: 'payments/ledger', host: 'git.example.com' },
    remote: 'https://git.example.com/payments/ledger',
    ...{ state: 'ready', defaultBranch: 'main', headCommit: 'c1' },
    headCommittedAt: '2026-03-19T12:00:00.000Z',
    collectedAt: '2026-03-20T11:00:00.000Z',
    ...{ score: 80, protection: null, archived: null },
    entities: [
      {
        ref: 'component:default/ledger',
        ...{ subpath: '', owner: 'group:default/payments', system: null },
      },
    ],
    verdicts: [],
    scans: [
      {
        ...{ scannerId: 'scanner', state: 'ok', commit: 'c1', reason: null },
        ...{ scannedAt: '2026-03-20T11:00:00.000Z', problems: [] },
      },
    ],
    ecosystems: [],
    ...{ components: [], findings: [] },
    ...given,
  };
}

export function finding(given: Partial<SubjectFinding> = {}): SubjectFinding {
  return {
    ...{ id: 'f1', kind: 'vulnerability', rule: 'CVE-1', aliases: [] },
    ...{ title: 'It breaks', severity: 'high', cvss: null, epss: null },
    ...{ exploited: false, priority: 65, state: 'open', certain: true },
    ...{ path: 'package-lock.json', line: null, component: null },
    ...{ fixedIn: [], seenBy: ['osv'], dueAt: '2026-04-01T12:00:00.000Z' },
    firstSeenAt: '2026-03-02T12:00:00.000Z',
    openedAt: '2026-03-02T12:00:00.000Z',
    ...given,
  };
}

export function policy(
  condition: string,
  given: Partial<Parameters<typeof compilePolicy>[0]> = {},
): CompiledPolicy {
  return compilePolicy({
    ...{ id: 'p', title: 'P', condition, severity: 'high', level: 'observe' },
    ...{ message: 'Put it right.', builtIn: false },
    ...given,
    scope: {
      ...{ owners: [], systems: [], repositories: [], when: null },
      ...given.scope,
    },
  });
}

export function evaluate(
  of: CompiledPolicy,
  given: Subject,
  portal: Portal = PORTAL,
  now: Date = NOW,
) {
  const ids = portal.scanners.map(({ id }) => id);
  const values = toValues(given, ids, now);
  return evaluatePolicy(of, { subject: given, values, mostNamed: 20 }, portal);
}
