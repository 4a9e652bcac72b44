import {
  repositoryHealthSchema,
  repositorySummarySchema,
  type EntityClaim,
  type RepositoryHealth,
  type RepositorySummary,
  type Verdict,
} from 'backstage-plugin-fettle-common';

/** The moment at which the fixtures were true. */
export const NOW = '2026-05-20T12:00:00.000Z';

const COMMIT = '3f2c1ab9d0e84c2f8a1b7c6d5e4f3a2b1c0d9e8f';

/** A claim of `component:default/ledger` on the root. */
export function claim(overrides: Partial<EntityClaim> = {}): EntityClaim {
  return {
    entityRef: 'component:default/ledger',
    subpath: '',
    owner: 'group:default/team-pay',
    system: 'system:default/payments',
    problem: null,
    ...overrides,
  };
}

/** A verdict; `id` names the check. */
export function verdict(
  id: string,
  overrides: Partial<Omit<Verdict, 'check'>> & {
    check?: Partial<Verdict['check']>;
  } = {},
): Verdict {
  const { check, ...rest } = overrides;
  return {
    status: 'pass',
    message: `${id} is as it should be`,
    evidence: [],
    moreEvidence: 0,
    since: '2026-05-01T08:00:00.000Z',
    evaluatedAt: NOW,
    commit: COMMIT,
    points: 10,
    worth: 0,
    ...rest,
    check: {
      id,
      title: `Check ${id}`,
      group: 'Documentation',
      why: `Why ${id} matters.`,
      fix: `Put ${id} right.`,
      appliesTo: 'every repository',
      scope: 'repository',
      weight: 10,
      parameters: {},
      ...check,
    },
  };
}

/** A summary that the schema accepts. */
export function summary(
  overrides: Partial<RepositorySummary> = {},
): RepositorySummary {
  return repositorySummarySchema.parse({
    id: 'r1',
    name: 'payments/ledger',
    host: 'git.example.com',
    remote: 'https://git.example.com/payments/ledger.git',
    webUrl: 'https://git.example.com/payments/ledger',
    defaultBranch: 'main',
    head: {
      commit: COMMIT,
      committedAt: '2026-05-20T11:00:00.000Z',
      subject: 'fix: parse an empty body',
    },
    state: 'ready',
    reason: null,
    score: 87,
    upTo: 87,
    level: 'good',
    trend: 4,
    counts: { pass: 2, warn: 1, fail: 1, unknown: 0, notApplicable: 1 },
    worst: {
      checkId: 'licence',
      title: 'Licence',
      status: 'fail',
      worth: 9,
    },
    entities: [claim()],
    owner: 'group:default/team-pay',
    system: 'system:default/payments',
    days: [
      { at: '2026-05-18T00:00:00.000Z', score: 83 },
      { at: '2026-05-19T00:00:00.000Z', score: 85 },
      { at: '2026-05-20T00:00:00.000Z', score: 87 },
    ],
    collectedAt: '2026-05-20T11:59:48.000Z',
    attemptedAt: '2026-05-20T11:59:48.000Z',
    changedAt: '2026-05-20T11:58:00.000Z',
    revision: 7,
    ...overrides,
  });
}

/** One repository with five verdicts in two groups. */
export function health(
  overrides: Partial<RepositoryHealth> = {},
): RepositoryHealth {
  return repositoryHealthSchema.parse({
    ...summary(),
    subpath: '',
    verdicts: [
      verdict('readme', {
        status: 'warn',
        message: 'README has 2 lines of text',
        points: 4,
        worth: 4,
        evidence: [
          {
            message: 'the first heading has no text below it',
            path: 'README.md',
            line: 41,
            url: 'https://git.example.com/payments/ledger/README.md#L41',
          },
        ],
        check: { title: 'README with substance' },
      }),
      verdict('licence', {
        status: 'fail',
        message: 'No licence file was found',
        points: 0,
        worth: 9,
        evidence: [{ message: 'no LICENSE at the root' }],
        check: { title: 'Licence', fix: 'Add a LICENSE file.' },
      }),
      verdict('ci', {
        points: 41,
        check: { title: 'CI defined', group: 'Delivery' },
      }),
      verdict('lockfile', {
        points: 42,
        check: { title: 'Lockfiles', group: 'Delivery' },
      }),
      verdict('descriptor', {
        status: 'not-applicable',
        points: 0,
        check: { title: 'Catalog descriptor', group: 'Delivery' },
      }),
    ],
    groups: [
      {
        group: 'Documentation',
        score: 24,
        counts: { pass: 0, warn: 1, fail: 1, unknown: 0, notApplicable: 0 },
      },
      {
        group: 'Delivery',
        score: 100,
        counts: { pass: 2, warn: 0, fail: 0, unknown: 0, notApplicable: 1 },
      },
    ],
    staleAfterSeconds: 86_400,
    mayRefresh: true,
    collecting: false,
    ...overrides,
  });
}
