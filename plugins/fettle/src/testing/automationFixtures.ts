import {
  automationSchema,
  planSchema,
  playbooksSchema,
  remediationDetailsSchema,
  remediationSchema,
  type Automation,
  type Plan,
  type Playbooks,
  type Remediation,
  type RemediationDetails,
} from 'backstage-plugin-fettle-common';
import { NOW } from './fixtures';

/** The hash of the plan of the fixtures. */
export const HASH = '7c1e'.padEnd(64, '0');

const NO_OUTCOME = {
  ...{ healed: 0, failed: 0, unverified: 0, reverted: 0, escalated: 0 },
  ...{ recovered: 0, cancelled: 0, running: 0, waiting: 0, blocked: 0 },
};
const NO_SUCCESS = {
  ...{ problems: 0, healed: 0, rate: null, low: null, high: null },
  ...{ coverage: null, falseHeals: 0 },
};
const SUCCESS = {
  ...{ problems: 20, healed: 17, rate: 0.85, low: 0.64, high: 0.948 },
  ...{ coverage: 0.4, falseHeals: 1 },
};

/** Automation that works, with one breaker that is open. */
export function automation(overrides: Partial<Automation> = {}): Automation {
  return automationSchema.parse({
    killSwitch: { on: false, reason: null, actor: null, at: null },
    outcomes: { ...NO_OUTCOME, healed: 17, failed: 3, running: 2 },
    success: SUCCESS,
    successByHost: [{ host: 'git.example.com', success: NO_SUCCESS }],
    breakers: [
      {
        ...{ playbookId: 'update', target: 'git.example.com', state: 'open' },
        ...{ failures: 3, reason: 'Three changes were closed.' },
        ...{ openedAt: NOW, retryAt: NOW },
        playbookTitle: 'Update what is vulnerable',
      },
    ],
    limits: [
      { of: 'fleet', limit: 'openChanges', used: 3, most: 200 },
      { of: 'update', limit: 'openChanges', used: 5, most: 5 },
    ],
    freezes: [
      {
        ...{ title: 'Weekends', from: '00:00', to: '24:00' },
        ...{ timeZone: 'UTC', active: true },
      },
    ],
    waitingForApproval: 1,
    can: {
      ...{ plan: true, approve: true, apply: true, stop: true },
      campaigns: true,
    },
    revision: 7,
    ...overrides,
  });
}

/** A plan of one file that waits for an approval. */
export function plan(overrides: Partial<Plan> = {}): Plan {
  return planSchema.parse({
    ...{ id: 'p1', hash: HASH, playbookId: 'update' },
    ...{ playbookTitle: 'Update packages', level: 'enforce' },
    ...{ repositoryId: 'r1', repository: 'payments/ledger' },
    ...{ campaignId: null, title: 'Update lodash to 4.17.21' },
    state: 'waiting',
    problems: [
      {
        ...{ id: 'q1', kind: 'finding', key: 'f1' },
        title: 'lodash lets anyone change what all objects have',
        ...{ findingId: 'f1', checkId: null },
      },
    ],
    unmended: [],
    commit: '3f2c1ab9d0e84c2f8a1b7c6d5e4f3a2b1c0d9e8f',
    files: [
      {
        ...{ path: 'package.json', kind: 'changed', added: 1, removed: 1 },
        diff: '@@ -3,3 +3,3 @@\n   "dependencies": {\n-    "lodash": "4.17.10"\n+    "lodash": "4.17.21"\n   }\n',
      },
    ],
    ...{ filesChanged: 1, linesChanged: 2 },
    actions: [],
    obstacles: [],
    notes: ['The lockfile was made by npm 10.'],
    reversible: true,
    ...{ requestedBy: 'user:default/ada', createdAt: NOW },
    ...{ approvals: [], approvalsNeeded: 1 },
    ...{ remediationId: null, supersededBy: null, blockedBy: [] },
    can: { approve: true, apply: false },
    revision: 7,
    ...overrides,
  });
}

/** A remediation whose change is open. */
function remediation(overrides: Partial<Remediation> = {}): Remediation {
  return remediationSchema.parse({
    ...{ id: 'm1', planId: 'p1', planHash: HASH, playbookId: 'update' },
    ...{ playbookTitle: 'Update packages', repositoryId: 'r1' },
    ...{ repository: 'payments/ledger', entityRef: null, campaignId: null },
    ...{ title: 'Update lodash to 4.17.21', state: 'open', reason: null },
    problems: plan().problems,
    change: {
      ...{ id: '12', url: 'https://git.example.com/payments/ledger/pulls/12' },
      ...{ branch: 'fettle/update/7c1e00000000', headCommit: null },
      ...{ state: 'open', checks: 'pending', review: 'none' },
      ...{ mergeable: true, edited: false, mergeCommit: null, endedBy: null },
    },
    ...{ personActed: false, waitsFor: null, startedBy: 'fettle' },
    ...{ createdAt: NOW, stateSince: NOW, endedAt: null, dueAt: null },
    revision: 7,
    ...overrides,
  });
}

/** The story of {@link remediation}. */
export function details(
  overrides: Partial<Omit<RemediationDetails, 'remediation'>> & {
    remediation?: Partial<Remediation>;
  } = {},
): RemediationDetails {
  return remediationDetailsSchema.parse({
    story: [
      {
        ...{ at: NOW, event: 'applied', message: 'Fettle applies the plan.' },
        ...{ stepId: null, actor: null, url: null },
      },
      {
        ...{ at: NOW, event: 'opened', message: 'Opened the change 12.' },
        ...{ stepId: 'update', actor: null, url: 'https://git.example.com/12' },
      },
    ],
    can: { cancel: true, retry: false, confirm: false },
    revision: 7,
    ...overrides,
    remediation: remediation(overrides.remediation),
  });
}

/** One playbook, and a file that holds none. */
export function playbooks(overrides: Partial<Playbooks> = {}): Playbooks {
  return playbooksSchema.parse({
    items: [
      {
        playbook: {
          ...{ id: 'update', title: 'Update packages', description: '' },
          trigger: { on: 'finding', with: { kinds: ['vulnerability'] } },
          condition: 'finding.fixedIn.size() > 0',
          scope: {},
          steps: [
            {
              ...{ id: 'update', uses: 'update-dependency' },
              ...{ title: 'Update a dependency', dependsOn: [], with: {} },
              ...{ destructive: false, idempotent: true, reversible: true },
            },
          ],
          level: 'enforce',
          approval: { by: 1, expiresAfterSeconds: 259_200 },
          group: 'repository',
          limits: {
            ...{ openChanges: 5, changesPerHour: null },
            ...{ repositoriesPerDay: null, shareOfFleetPerDay: null },
            ...{ filesPerRun: 20, linesPerRun: null },
            ...{ filesPerDay: null, linesPerDay: null },
          },
          verification: {
            ...{ settleSeconds: 30, holdSeconds: 86_400 },
            timeoutSeconds: 604_800,
          },
          escalateTo: ['group:default/platform'],
          origin: {
            ...{ kind: 'file', repository: 'platform/playbooks' },
            ...{ path: 'playbooks/update.yaml', line: 3, commit: null },
          },
          digest: 'd1',
        },
        outcomes: { ...NO_OUTCOME, healed: 17 },
        success: SUCCESS,
        breakers: [],
      },
    ],
    problems: [
      {
        ...{ repository: 'platform/playbooks', path: 'playbooks/x.yaml' },
        line: 12,
        reason: {
          code: 'invalid',
          message: "There is no step 'updat-dependency'.",
          action: "Write 'update-dependency'.",
        },
      },
    ],
    revision: 7,
    ...overrides,
  });
}
