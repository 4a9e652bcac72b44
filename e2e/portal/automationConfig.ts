/** A playbook that adds a licence, once somebody approved that. */
const addLicence = (title: string, ...repositories: string[]) => ({
  title,
  trigger: { on: 'verdict', with: { checks: ['licence'] } },
  steps: [
    {
      ...{ id: 'add', uses: 'add-files' },
      with: {
        files: ['licence'],
        licence: { id: 'MIT', holder: 'Demo Company' },
      },
    },
  ],
  ...{ level: 'enforce', approval: { by: 1 }, scope: { repositories } },
});

/** Each test has playbooks of its own, so that none stands in the way of another. */
const PLAYBOOKS = {
  'narrow-workflow-permissions': {
    ...{ level: 'enforce', approval: { by: 1 } },
    scope: { repositories: ['data/forecast'] },
  },
  'licence-of-shops': {
    ...addLicence('Add the licence of shops', 'web/storefront'),
    trigger: { on: 'person' },
  },
  'old-licences': addLicence(
    'Add the licences of old',
    'legacy/billing-batch',
    'data/forecast',
  ),
  'licence-of-scripts': addLicence(
    'Add the licence of scripts',
    'platform/scratchpad',
  ),
  'say-how-to-report': {
    title: 'Say how vulnerabilities are reported',
    ...{ trigger: { on: 'person' }, level: 'enforce' },
    steps: [
      {
        ...{ id: 'add', uses: 'add-files' },
        with: {
          files: ['security-policy'],
          securityContact: 'security@demo.example',
        },
      },
    ],
  },
};

/** What may be put right by itself in the tests of automation, and how soon it is proved. */
export const automationConfig = {
  auth: { providers: { colleague: {} } },
  fettle: {
    automation: { breaker: { failures: 1 } },
    playbooks: {
      ...Object.fromEntries(
        Object.entries(PLAYBOOKS).map(([id, playbook]) => [
          id,
          {
            ...playbook,
            limits: { shareOfFleetPerDay: 'none' },
            verification: {
              ...{ settle: { seconds: 1 }, hold: { seconds: 0 } },
              timeout: { minutes: 10 },
            },
          },
        ]),
      ),
      'add-licence': { enabled: false },
      'apply-drifted-standards': { enabled: false },
    },
  },
};
