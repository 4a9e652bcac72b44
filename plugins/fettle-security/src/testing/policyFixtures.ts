import type {
  Policies,
  Policy,
  PolicyReplayed,
  PolicyResult,
} from 'backstage-plugin-fettle-common';

function policy(given: Partial<Policy> = {}): Policy {
  return {
    ...{ id: 'no-secrets', title: 'No secret lies open' },
    condition: '!findings.exists(f, f.kind == "secret")',
    scope: { owners: [], systems: [], repositories: [], when: null },
    ...{ severity: 'critical', level: 'enforce', builtIn: true },
    ...{ message: 'Replace each secret.', reads: ['findings'] },
    ...given,
  };
}

export function policies(given: Partial<Policies> = {}): Policies {
  return {
    items: [
      {
        policy: policy(),
        counts: { kept: 8, violated: 3, error: 0, unknown: 1 },
      },
      {
        policy: policy({
          ...{ id: 'has-owner', title: 'It has an owner', level: 'observe' },
        }),
        counts: { kept: 0, violated: 0, error: 0, unknown: 0 },
      },
    ],
    ...{ can: { replay: true }, revision: 7 },
    ...given,
  };
}

export function policyResult(given: Partial<PolicyResult> = {}): PolicyResult {
  return {
    policy: policy(),
    ...{ status: 'violated', message: '1 of 2 findings breaks it.' },
    ...{ reason: null, caveats: ['The history was not scanned.'] },
    rests: [{ input: 'findings', of: 2, offending: 1, first: ['f1'] }],
    since: '2026-06-01T12:00:00.000Z',
    evaluatedAt: '2026-06-02T12:00:00.000Z',
    commit: '3f2c1ab000000000000000000000000000000000',
    ...given,
  };
}

export function replayed(): PolicyReplayed {
  const day = (at: string, violated: number) => ({
    ...{ day: at, kept: 9 - violated, violated, error: 0, unknown: 0 },
  });
  return {
    today: { kept: 7, violated: 1, error: 0, unknown: 1 },
    outOfScope: 2,
    repositories: [
      {
        ...{ repositoryId: 'r1', repository: 'pay/ledger', owners: [] },
        ...{ status: 'violated', message: '1 of 2 findings breaks it.' },
        ...{ reason: null, rests: [], since: '2026-05-30', orLonger: true },
      },
      {
        ...{ repositoryId: 'r2', repository: 'pay/new', owners: [] },
        ...{ status: 'unknown', message: 'Not known.', rests: [] },
        reason: {
          ...{ code: 'not-scanned', message: 'It was not scanned yet.' },
          action: 'Wait for its scan.',
        },
        ...{ since: null, orLonger: false },
      },
    ],
    more: 0,
    days: [day('2026-06-01', 0), day('2026-06-02', 1)],
    asToday: ['Owners have no history.'],
    reads: ['findings'],
  };
}
