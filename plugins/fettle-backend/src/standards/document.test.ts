import { ConfigReader } from '@backstage/config';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { make } from '../policies/language/environment';
import { evaluateStandard, type StandardTarget } from './evaluateStandard';
import { readStandards } from './readStandards';
import { STARTER_STANDARDS } from './starterStandards';

const text = readFileSync(
  resolve(__dirname, '../../../../docs/standards.md'),
  'utf8',
);
const examples: Record<string, object> = Object.assign(
  {},
  ...[...text.matchAll(/^### \d+\. .*?^```yaml\n(.*?)^```/gms)].map(
    ([, yaml]) => parse(yaml),
  ),
);
const workflow = (...steps: string[]) =>
  [
    ...['name: ci', 'on: [push]', 'jobs:', '  test:'],
    ...['    runs-on: ubuntu-24.04', '    steps:'],
    ...steps.map(step => `      - run: ${step}`),
    '',
  ].join('\n');

interface Case {
  before: Record<string, string>;
  after: Record<string, string>;
  base?: string;
  settings?: StandardTarget['settings'];
}

/** Files of a repository before and after each example is applied. */
const CASES: Record<string, Case> = {
  editorconfig: {
    before: { '.editorconfig': 'root = false\n' },
    after: { '.editorconfig': 'root = true\n[*]\nindent_style = space\n' },
  },
  ignores: {
    before: { '.gitignore': 'dist/\n.env\n' },
    after: { '.gitignore': 'dist/\n.env\n.DS_Store\n' },
  },
  owners: {
    before: {},
    after: { 'docs/CODEOWNERS': '* @acme/payments\n' },
  },
  support: {
    before: { 'README.md': '# Ledger\n' },
    after: {
      'README.md':
        '# Ledger\n\n<!-- fettle: begin support -->\nOwned by group:default/payments. Questions: #help-payments\n<!-- fettle: end support -->\n',
    },
  },
  engines: {
    before: {
      'package.json': '{\n  "name": "a",\n  "preferGlobal": true\n}\n',
    },
    after: {
      'package.json':
        '{\n  "name": "a",\n  "engines": {\n    "node": ">=22"\n  }\n}\n',
    },
  },
  updates: {
    before: { 'updates.yml': '# ours\nversion: 1\n' },
    after: {
      'updates.yml':
        '# ours\nversion: 2\nupdates:\n  - package-ecosystem: npm\n    directory: /\n    schedule:\n      interval: weekly\n',
    },
  },
  mypy: {
    before: { 'pyproject.toml': '[project]\nname = "a" # ours\n' },
    after: {
      'pyproject.toml':
        '[project]\nname = "a" # ours\n\n[tool]\n\n[tool.mypy]\nstrict = true\n',
    },
  },
  ci: {
    before: {
      '.ci/pipeline.yml': workflow('npm install', 'npm test', 'own'),
    },
    base: workflow('npm install', 'npm test'),
    after: {
      '.ci/pipeline.yml': workflow('npm ci', 'npm test', 'own'),
    },
  },
  probes: {
    before: {},
    after: { 'deploy/probes.yaml': 'liveness: /healthz\n' },
  },
  protection: {
    ...{ before: {}, after: {} },
    settings: {
      deleteBranchOnMerge: false,
      protection: { reviews: 1, forcePushes: true },
    },
  },
};

describe('the examples of the guide to standards', () => {
  const loaded = readStandards(
    new ConfigReader({ fettle: { standards: examples } }),
  ).filter(({ view }) => view.origin.kind === 'config');

  it('are all tested', () => {
    expect(loaded.map(({ view }) => view.id)).toEqual(
      Object.keys(CASES).sort(),
    );
  });

  it.each(loaded.map(one => [one.view.id, one] as const))('%s', (id, one) => {
    const { before, after, base, settings } = CASES[id];
    const target = (files: Record<string, string>): StandardTarget => ({
      values: { entity: { owner: 'group:default/payments' } },
      conditions: {
        repository: make('Repository', { name: 'payments/ledger' }),
        entities: [
          make('Entity', {
            ref: 'component:default/ledger',
            system: 'system:default/bank',
          }),
        ],
        now: new Date('2026-03-01T00:00:00Z'),
      },
      files: new Map(Object.entries(files)),
      bases: new Map(base ? one.files.map(({ path }) => [path, base]) : []),
      settings: settings ?? {},
    });
    const drift = evaluateStandard(one, target(before));
    expect(drift.state).toBe('drifted');
    const made = Object.fromEntries(
      drift.edits.map(({ path, content }) => [path, content]),
    );
    expect({ ...before, ...made }).toEqual(after);
    const names = settings
      ? ['deleteBranchOnMerge', 'protection.forcePushes']
      : [];
    expect(drift.settings.map(({ name }) => name)).toEqual(names);
    // Settings are put right by their host, not by files.
    const then = evaluateStandard(one, target(after)).state;
    expect(then).toBe(settings ? 'drifted' : 'follows');
  });
});

describe('standards in config', () => {
  const read = (standards: object) =>
    readStandards(new ConfigReader({ fettle: { standards } }));

  it('come on top of those that ship with Fettle, which can be changed or turned off', () => {
    const [id] = Object.keys(STARTER_STANDARDS);
    expect(read({}).map(({ view }) => view.id)).toEqual([id]);
    expect(read({ [id]: { version: '9' } })[0].view).toMatchObject({
      ...{ version: '9', title: STARTER_STANDARDS[id].title },
      origin: { kind: 'built-in' },
    });
    expect(read({ [id]: { enabled: false } })).toEqual([]);
  });

  it.each([
    [{ 'No id': { version: 1 } }, "'fettle.standards.No id'"],
    [{ a: {} }, 'version'],
    [{ a: { version: 1, file: [] } }, 'file'],
    [{ a: { version: 1, files: [{ path: '/etc', content: '' }] } }, 'path'],
    [{ a: { version: 1, scope: { when: 'repository.nam == ""' } } }, 'nam'],
  ])('stop the start where they are wrong: %j', (standards, message) => {
    expect(() => read(standards)).toThrow(message);
  });
});
