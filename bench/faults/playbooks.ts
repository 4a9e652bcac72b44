import type { Files } from '../measure/Repository';
import { EDITORCONFIG, HELP, HOLDER, OWNERS, SECURITY } from './healthyFiles';

const standard = (path: string, content: string, strategy?: string) => ({
  version: '1',
  files: [{ path, content, ...(strategy && { strategy }) }],
});

/** Standards that repositories are measured by; none that ships with Fettle. */
export const STANDARDS = {
  'repository-basics': { enabled: false },
  editor: standard('.editorconfig', EDITORCONFIG),
  tool: standard('tool.json', '{"strict":true}', 'merge-json'),
  service: standard('service.yaml', 'replicas: 2\n', 'merge-yaml'),
  support: standard('README.md', `${HELP}\n`, 'managed-block'),
  security: standard('SECURITY.md', SECURITY, 'create-only'),
};

const PACKAGES = [
  { ecosystem: 'npm', name: 'leaf', type: 'SEMVER' },
  { ecosystem: 'PyPI', name: 'soup', type: 'ECOSYSTEM' },
  { ecosystem: 'Maven', name: 'org.acme:soup', type: 'ECOSYSTEM' },
];

/** What the advisories are for. */
export const ECOSYSTEMS = PACKAGES.map(({ ecosystem }) => ecosystem);

/** Advisories of https://ossf.github.io/osv-schema/ by their paths in a feed. */
export const ADVISORIES: Files = Object.fromEntries(
  PACKAGES.map(({ ecosystem, name, type }, i) => {
    const id = `FAULT-2026-${i + 1}`;
    const events = [{ introduced: '0' }, { fixed: '1.0.1' }];
    const advisory = {
      schema_version: '1.6.0',
      id,
      summary: `A hole in ${name}`,
      modified: '2026-01-01T00:00:00Z',
      affected: [{ package: { ecosystem, name }, ranges: [{ type, events }] }],
    };
    return [`${ecosystem}/${id}.json`, JSON.stringify(advisory)];
  }),
);

const step = (uses: string, parameters: object = {}) => [
  { id: 'mend', uses, with: parameters },
];
const ask = (title: string, trigger: object, question: string) => ({
  title,
  trigger,
  steps: step('wait-for-person', { question }),
});

/** What they are besides what ships with Fettle. */
const SETTINGS: Record<string, object> = {
  'add-licence': {
    steps: step('add-files', {
      files: ['licence'],
      licence: { id: 'MIT', holder: HOLDER },
    }),
  },
  'add-codeowners': {
    steps: step('add-files', {
      files: ['codeowners'],
      owners: { 'group:default/payments': OWNERS },
    }),
  },
  'add-catalog-descriptor': {},
  'apply-drifted-standards': {},
  'pin-actions': {},
  'narrow-workflow-permissions': {},
  'pin-images': {
    title: 'Pin base images',
    trigger: {
      on: 'finding',
      with: { kinds: ['misconfiguration'], rules: ['moving-image'] },
    },
    steps: step('pin-images'),
  },
  'update-vulnerable-packages': {},
  'delete-merged-branches': {
    steps: step('delete-branches', { staleAfterDays: 90 }),
  },
  'revert-breaking-commit': {},
  'rerun-transient-failures': {},
  'ask-about-secrets': ask(
    'Ask about secrets',
    { on: 'finding', with: { kinds: ['secret'] } },
    'Is the secret revoked, and taken out?',
  ),
  'ask-about-failures': ask(
    'Ask about failures that nobody knows the cause of',
    { on: 'run', with: { causes: ['unknown'] } },
    'Does the pipeline work again?',
  ),
};

/** All of them enforce, at once, and prove it within seconds. */
export const PLAYBOOKS = Object.fromEntries(
  Object.entries(SETTINGS).map(([id, settings]) => [
    id,
    {
      level: 'enforce',
      approval: { by: 0 },
      ...settings,
      limits: {
        openChanges: 'none',
        changesPerHour: 'none',
        repositoriesPerDay: 'none',
        shareOfFleetPerDay: 'none',
      },
      verification: {
        settle: { seconds: 2 },
        hold: { seconds: 1 },
        timeout: { minutes: 5 },
      },
    },
  ]),
);
