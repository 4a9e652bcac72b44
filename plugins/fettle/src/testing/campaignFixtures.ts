import {
  campaignItemPageSchema,
  campaignSchema,
  driftSchema,
  standardsSchema,
  type Campaign,
  type CampaignCounts,
  type CampaignItemPage,
  type Drift,
  type Standards,
} from 'backstage-plugin-fettle-common';
import { HASH } from './automationFixtures';
import { NOW } from './fixtures';

/** Numbers of repositories by state. */
function counts(some: Partial<CampaignCounts> = {}): CampaignCounts {
  const none = {
    ...{ planning: 0, nothing: 0, impossible: 0, waiting: 0, blocked: 0 },
    ...{ running: 0, open: 0, healed: 0, failed: 0, cancelled: 0 },
    ...{ files: 0, lines: 0 },
  };
  const { files: _, lines: __, ...states } = some;
  const all = Object.values(states).reduce((sum, n) => sum + n, 0);
  return { ...none, all, ...some };
}

/** A campaign that is in its second wave of two. */
export function campaign(overrides: Partial<Campaign> = {}): Campaign {
  return campaignSchema.parse({
    ...{ id: 'c1', title: 'Pin all actions', playbookId: 'update' },
    ...{ playbookTitle: 'Update packages', state: 'running', reason: null },
    scope: { repositories: ['payments/*'] },
    ...{ order: 'name', mostFailures: 0.1 },
    waves: [
      { number: 1, state: 'done', counts: counts({ healed: 1 }) },
      {
        ...{ number: 2, state: 'running' },
        counts: counts({ open: 2, failed: 1, waiting: 6 }),
      },
    ],
    counts: counts({
      ...{ healed: 1, open: 2, failed: 1, waiting: 6, nothing: 3 },
      ...{ impossible: 1, files: 18, lines: 240 },
    }),
    ...{ hash: HASH, approvalsNeeded: 0, approvals: [] },
    ...{ createdBy: 'user:default/ada', createdAt: NOW },
    ...{ startedAt: NOW, endedAt: null },
    can: { manage: true, approve: false },
    revision: 7,
    ...overrides,
  });
}

/** A draft whose plans are there. */
export function draft(overrides: Partial<Campaign> = {}): Campaign {
  return campaign({
    state: 'draft',
    waves: [
      { number: 1, state: 'waiting', counts: counts({ waiting: 1 }) },
      { number: 2, state: 'waiting', counts: counts({ waiting: 5 }) },
    ],
    counts: counts({
      ...{ waiting: 6, nothing: 3, impossible: 1, files: 18, lines: 240 },
    }),
    startedAt: null,
    ...overrides,
  });
}

/** A repository of a campaign whose plan waits for its turn. */
export function campaignItem(
  overrides: Partial<CampaignItemPage['items'][number]> = {},
): CampaignItemPage['items'][number] {
  return campaignItemPageSchema.shape.items.element.parse({
    ...{ repositoryId: 'r1', repository: 'payments/ledger', entityRef: null },
    ...{ wave: 2, state: 'waiting', reason: null, planId: 'p1' },
    ...{ planState: 'ready', remediationId: null, remediationState: null },
    ...{ changeUrl: null, files: 1, lines: 2 },
    ...overrides,
  });
}

/** One standard that some follow, and a file that holds none. */
export function standards(overrides: Partial<Standards> = {}): Standards {
  return standardsSchema.parse({
    items: [
      {
        standard: {
          ...{ id: 'basics', title: 'Basics', description: 'Line ends.' },
          ...{ version: '2', scope: {}, settings: ['protection.reviews'] },
          files: [{ path: '.editorconfig', strategy: 'create-only' }],
          origin: {
            ...{ kind: 'repository', repository: 'platform/standards' },
            ...{ path: 'basics.yaml', commit: null },
          },
        },
        counts: { follows: 7, drifted: 2, unknown: 1, exempt: 1 },
        versions: { 2: 5, 1: 2, none: 4 },
      },
    ],
    problems: [
      {
        ...{ repository: 'platform/standards', path: 'ci.yaml', line: 4 },
        reason: {
          ...{ code: 'invalid', message: "There is no strategy 'merge'." },
          action: "Write 'merge-yaml'.",
        },
      },
    ],
    revision: 7,
    ...overrides,
  });
}

/** A repository that differs from {@link standards} in a file and a setting. */
export function drift(overrides: Partial<Drift> = {}): Drift {
  return driftSchema.parse({
    ...{ repositoryId: 'r1', repository: 'payments/ledger', entityRef: null },
    ...{ standardId: 'basics', standardTitle: 'Basics', version: '2' },
    ...{ appliedVersion: '1', state: 'drifted', reason: null },
    files: [
      {
        ...{ path: '.editorconfig', kind: 'changed', added: 1, removed: 1 },
        diff: '@@ -1,1 +1,1 @@\n-indent_size = 4\n+indent_size = 2\n',
      },
    ],
    settings: [{ name: 'protection.reviews', is: 0, should: 1 }],
    ...{ optOut: null, checkedAt: NOW, commit: null },
    ...overrides,
  });
}
