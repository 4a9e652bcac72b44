import { make } from '../policies/language/environment';
import { evaluateStandard, type StandardTarget } from './evaluateStandard';
import { loadStandard } from './loadStandard';
import { standardSettingsSchema } from './standardSchema';

const origin = { kind: 'config', repository: null, path: null, commit: null };
const standard = (given: object) =>
  loadStandard(
    'service',
    standardSettingsSchema.parse({ version: 1, ...given }),
    origin as Parameters<typeof loadStandard>[2],
  );
const target = (given: Partial<StandardTarget> = {}): StandardTarget => ({
  values: { entity: { owner: 'group:default/pay', title: null } },
  conditions: {
    repository: make('Repository', { name: 'ledger', archived: false }),
    entities: [],
    now: new Date('2026-03-01T00:00:00Z'),
  },
  files: new Map(),
  bases: new Map(),
  settings: {},
  ...given,
});
const owners = {
  path: 'CODEOWNERS',
  content: '* @<% parameters.org %>/<% entity.owner %>\n',
  template: true,
};

describe('a standard', () => {
  it('is followed where all is as it says', () => {
    const drift = evaluateStandard(
      standard({ files: [owners], parameters: { org: 'acme' } }),
      target({
        files: new Map([['CODEOWNERS', '* @acme/group:default/pay\n']]),
      }),
    );
    expect(drift).toMatchObject({ state: 'follows', reason: null, edits: [] });
    expect(drift.rendered.get('CODEOWNERS')).toBe(
      '* @acme/group:default/pay\n',
    );
  });

  it('says what would put a repository right', () => {
    const drift = evaluateStandard(
      standard({
        files: [{ path: '.editorconfig', content: 'root = true\n' }],
        settings: { protection: { reviews: 2 }, topics: ['b', 'a'] },
      }),
      target({
        files: new Map([['.editorconfig', 'root = false\n']]),
        settings: { protection: { reviews: 1 }, topics: ['a', 'b'] },
      }),
    );
    expect(drift).toMatchObject({
      state: 'drifted',
      edits: [{ path: '.editorconfig', content: 'root = true\n' }],
      settings: [{ name: 'protection.reviews', is: 1, should: 2 }],
    });
  });

  it('leaves out files whose condition does not hold', () => {
    const file = {
      path: 'a',
      content: 'a',
      when: 'repository.archived == true',
    };
    const drift = evaluateStandard(standard({ files: [file] }), target());
    expect(drift).toMatchObject({ state: 'follows', edits: [] });
  });

  it.each([
    [
      'asks for what is not known',
      { path: 'a', content: '<% entity.title %>', template: true },
      ...(['variable-unknown', 'unknown'] as const),
    ],
    [
      'is about a file that cannot be read',
      { path: 'big', content: 'a' },
      ...(['unreadable', 'unknown'] as const),
    ],
    [
      'cannot be brought in',
      { path: 'list.json', content: '{}', strategy: 'merge-json' },
      ...(['conflict', 'drifted'] as const),
    ],
  ])('says so where it %s', (_, file, code, state) => {
    const files = new Map<string, string | { unreadable: string }>([
      ['big', { unreadable: 'it is larger than 1 MiB' }],
      ['list.json', '[]'],
    ]);
    const drift = evaluateStandard(
      standard({ files: [file] }),
      target({ files }),
    );
    expect(drift).toMatchObject({ state, reason: { code }, edits: [] });
  });

  it('does not take settings that are not shown for right', () => {
    const drift = evaluateStandard(
      standard({ settings: { wiki: false, issues: true } }),
      target({ settings: { issues: true } }),
    );
    expect(drift).toMatchObject({
      state: 'unknown',
      reason: {
        code: 'settings-not-shown',
        message: expect.stringContaining('wiki'),
      },
    });
  });

  it.each([
    [{ files: [{ path: '../a', content: '' }] }, 'from the root'],
    [{ files: [{ path: '.GIT/hooks/a', content: '' }] }, 'from the root'],
    [{ files: [{ path: 'a' }] }, "one of 'content' and 'source'"],
    [{ settings: { protection: { reviews: -1 } } }, 'reviews'],
  ])('is refused where it says %j', (given, message) => {
    expect(() => standard(given)).toThrow(message);
  });

  it.each([
    [
      {
        files: [
          { path: 'a', content: '' },
          { path: 'a', content: '' },
        ],
      },
      'twice',
    ],
    [
      { files: [{ path: 'a', content: '<%# x %>', template: true }] },
      'Unclosed',
    ],
    [
      { files: [{ path: 'a', content: '', when: 'repository.nme == ""' }] },
      'nme',
    ],
    [{ files: [{ path: 'a', source: 'b' }] }, 'which only standards in repo'],
  ])('cannot be loaded where it says %j', (given, message) => {
    expect(() => standard(given)).toThrow(message);
  });
});
