import type { PlaybookSettings } from './playbookSettings';

/** Runs that fail for these reasons go away by themselves. */
const TRANSIENT = ['network', 'runner-lost', 'rate-limit', 'flaky-test'];

/** A file that a check misses. */
function missing(check: string, title: string, kind: string): PlaybookSettings {
  return {
    title,
    trigger: { on: 'verdict', with: { checks: [check], statuses: ['fail'] } },
    steps: [{ id: 'add', uses: 'add-files', with: { files: [kind] } }],
  };
}

/**
 * The playbooks that ship with Fettle. They only observe; config raises their
 * level, changes any part of them, or turns them off.
 */
export const STARTER_PLAYBOOKS: Readonly<Record<string, PlaybookSettings>> = {
  'update-vulnerable-packages': {
    title: 'Update packages with known vulnerabilities',
    trigger: { on: 'finding', with: { kinds: ['vulnerability'] } },
    condition: 'finding.fixedIn.size() > 0',
    steps: [{ id: 'update', uses: 'update-dependency' }],
  },
  'pin-actions': {
    title: 'Pin actions of workflows to commits',
    trigger: {
      on: 'finding',
      with: { kinds: ['misconfiguration'], rules: ['unpinned-action'] },
    },
    steps: [{ id: 'pin', uses: 'pin-actions' }],
  },
  'narrow-workflow-permissions': {
    title: 'Give workflows no more permissions than they need',
    trigger: {
      on: 'finding',
      with: {
        kinds: ['misconfiguration'],
        rules: ['missing-permissions', 'wide-permissions'],
      },
    },
    steps: [{ id: 'narrow', uses: 'narrow-permissions' }],
  },
  'rerun-transient-failures': {
    title: 'Run again what failed by chance',
    trigger: { on: 'run', with: { causes: TRANSIENT } },
    group: 'problem',
    steps: [{ id: 'rerun', uses: 'rerun-failed' }],
    verification: { settle: 60, hold: 0, timeout: 24 * 60 * 60 },
  },
  'revert-breaking-commit': {
    title: 'Revert the commit that broke the default branch',
    trigger: { on: 'run', with: { causes: ['change'] } },
    group: 'problem',
    steps: [{ id: 'revert', uses: 'revert-commit' }],
    verification: { settle: 60, hold: 60 * 60, timeout: 2 * 24 * 60 * 60 },
  },
  'delete-merged-branches': {
    title: 'Delete branches that are merged',
    trigger: {
      on: 'verdict',
      with: { checks: ['stale-branches'], statuses: ['fail', 'warn'] },
    },
    steps: [{ id: 'delete', uses: 'delete-branches' }],
  },
  'restore-branch-protection': {
    title: 'Restore the protection of the default branch',
    trigger: {
      on: 'finding',
      with: {
        kinds: ['threat'],
        rules: [
          ...['protection-removed', 'reviews-lowered'],
          ...['required-check-removed', 'force-pushes-allowed'],
          'deletion-allowed',
        ],
      },
    },
    steps: [{ id: 'restore', uses: 'restore-settings' }],
  },
  // Which licence, config says: see the parameters of the step.
  'add-licence': missing('licence', 'Add the missing licence', 'licence'),
  'add-codeowners': missing(
    ...(['codeowners', 'Say who owns the code', 'codeowners'] as const),
  ),
  'add-catalog-descriptor': missing(
    'catalog-descriptor',
    'Describe the repository for the catalog',
    'catalog',
  ),
  'add-security-policy': {
    title: 'Say how vulnerabilities are to be reported',
    // No check asks for it: a person or a campaign does.
    trigger: { on: 'person' },
    steps: [
      { id: 'add', uses: 'add-files', with: { files: ['security-policy'] } },
    ],
  },
  'apply-drifted-standards': {
    title: 'Apply standards that repositories drifted from',
    trigger: { on: 'drift' },
    steps: [{ id: 'apply', uses: 'apply-standard' }],
  },
};
