import { ConfigReader } from '@backstage/config';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import {
  TYPES,
  VARIABLES,
  typesOf,
  type Fields,
  type VariableName,
} from './language/words';
import { readPolicies } from './readPolicies';
import { STARTER_POLICIES } from './starterPolicies';
import type { Subject } from './subject/Subject';
import { evaluate, finding, subject } from './testSubjects';

const text = readFileSync(
  resolve(__dirname, '../../../../docs/policies.md'),
  'utf8',
);
const examples = [...text.matchAll(/^### \d+\. .*?^```yaml\n(.*?)^```/gms)].map(
  ([, yaml]) => parse(yaml),
);

const component = (given: Partial<Subject['components'][number]>) => ({
  ...{ ecosystem: 'npm', name: 'left-pad', version: '1.0.0', licence: null },
  ...{ path: 'package-lock.json', line: null, direct: true },
  ...{ scope: 'runtime' as const, ...given },
});
const verdict = (check: string, status: 'pass' | 'fail' | 'unknown') => ({
  ...{ check, title: check, status, message: status, subpath: '' },
  since: '2026-03-01T00:00:00.000Z',
});
const entity = (given: Partial<Subject['entities'][number]>) => ({
  ...{ ref: 'component:default/ledger', subpath: '' },
  ...{ owner: 'group:default/payments', system: null, ...given },
});
const log4j = {
  ecosystem: 'Maven',
  name: 'org.apache.logging.log4j:log4j-core',
};
const bank = { entities: [entity({ system: 'system:default/bank' })] };

type Given = Partial<Subject>;
/** Repositories that keep each example, that do not, of which it is not known, and that it is not about. */
const CASES: Record<
  string,
  { kept: Given[]; violated: Given[]; unknown?: Given[]; outside?: Given[] }
> = {
  'payments-no-exploited': {
    kept: [{}, { findings: [finding({ exploited: true, state: 'accepted' })] }],
    violated: [{ findings: [finding({ exploited: true })] }],
    unknown: [{ scans: [] }],
    outside: [{ entities: [entity({ owner: 'group:default/web' })] }],
  },
  'fixable-in-two-weeks': {
    kept: [
      { findings: [finding()] },
      {
        findings: [
          finding({ fixedIn: ['2'], openedAt: '2026-03-10T12:00:00.000Z' }),
        ],
      },
    ],
    violated: [{ findings: [finding({ fixedIn: ['2.0.0'] })] }],
  },
  'no-strong-copyleft': {
    kept: [
      { components: [component({}), component({ licence: 'MIT' })] },
      {
        components: [
          component({ licence: 'GPL-3.0-only', scope: 'development' }),
        ],
      },
    ],
    violated: [{ components: [component({ licence: 'AGPL-3.0-only' })] }],
    unknown: [{ scans: [] }],
  },
  'no-log4j-2-14': {
    kept: [
      { components: [component({ ...log4j, version: '2.17.1' })] },
      { components: [component({ ...log4j, version: null })] },
    ],
    violated: [{ components: [component({ ...log4j, version: '2.14.1' })] }],
  },
  'bank-is-documented': {
    kept: [
      {
        ...bank,
        verdicts: [
          ...[verdict('readme', 'pass'), verdict('codeowners', 'pass')],
          verdict('ci', 'fail'),
        ],
      },
    ],
    violated: [
      {
        ...bank,
        verdicts: [verdict('readme', 'fail'), verdict('codeowners', 'pass')],
      },
    ],
    unknown: [
      { ...bank, verdicts: [verdict('readme', 'pass')] },
      {
        ...bank,
        verdicts: [verdict('readme', 'unknown'), verdict('codeowners', 'pass')],
      },
    ],
    outside: [{}],
  },
  'two-reviews': {
    kept: [{ protection: { protected: true, reviews: 2 } }],
    violated: [
      { protection: { protected: true, reviews: 1 } },
      { protection: { protected: false } },
    ],
    unknown: [{}],
    outside: [{ name: 'web/shop' }],
  },
  'owned-by-groups': {
    kept: [{}, { collectedAt: null, state: 'pending', scans: [] }],
    violated: [
      { entities: [] },
      { entities: [entity({ owner: null })] },
      { entities: [entity({}), entity({ owner: 'user:default/ada' })] },
    ],
  },
  'secrets-within-a-day': {
    kept: [
      {
        findings: [
          finding({ kind: 'secret', openedAt: '2026-03-20T01:00:00.000Z' }),
        ],
      },
    ],
    violated: [{ findings: [finding({ kind: 'secret' })] }],
  },
  'good-score': {
    kept: [{ score: 80 }],
    violated: [{ score: 79.5 }],
    unknown: [{ score: null }],
    outside: [{ headCommittedAt: '2024-01-01T00:00:00.000Z' }],
  },
  'no-accepted-criticals': {
    kept: [{ findings: [finding({ severity: 'critical' })] }],
    violated: [
      { findings: [finding({ severity: 'critical', state: 'accepted' })] },
    ],
  },
};

/** What the document has to say of the types, as its tables. */
function table(fields: Fields, head: string): string[] {
  return [
    head,
    ...Object.entries(fields).map(
      ([name, [type, means]]) =>
        `${name}|${type.replace(
          'google.protobuf.Timestamp',
          'timestamp',
        )}|${means}`,
    ),
  ];
}

/** A table as its cells, whatever their width. */
const rows = text
  .split('\n')
  .filter(line => line.startsWith('| `') || line.startsWith('#### '))
  .map(line =>
    line
      .replace(/^#### /, '')
      .replace(/^\| | \|$/g, '')
      .split(/ +\| +/)
      .map((cell, i) =>
        i < 2 ? cell.trim().replace(/^`|`$/g, '') : cell.trim(),
      )
      .join('|'),
  );

describe('docs/policies.md', () => {
  it('has ten examples, each of which is tried', () => {
    expect(examples.map(one => Object.keys(one.fettle.policies)[0])).toEqual(
      Object.keys(CASES),
    );
    expect(examples).toHaveLength(10);
  });

  describe.each(Object.entries(CASES))('%s', (id, cases) => {
    const policyOf = () => {
      const example = examples.find(one => id in one.fettle.policies);
      return readPolicies(new ConfigReader(example)).find(
        ({ described }) => described.id === id,
      )!;
    };

    it.each(
      (['kept', 'violated', 'unknown', 'outside'] as const).flatMap(status =>
        (cases[status] ?? []).map(
          (given, i) => [status, i + 1, given] as const,
        ),
      ),
    )('is %s by case %d', (status, _, given) => {
      expect(evaluate(policyOf(), subject(given))?.status ?? 'outside').toBe(
        status,
      );
    });
  });

  it('describes every variable and field', () => {
    expect(rows).toEqual(
      expect.arrayContaining([
        ...table(VARIABLES, 'Variables'),
        ...typesOf(Object.keys(VARIABLES) as VariableName[]).flatMap(type =>
          table(TYPES[type], type),
        ),
      ]),
    );
  });

  it('lists what ships with Fettle', () => {
    for (const [id, { title, severity }] of Object.entries(STARTER_POLICIES)) {
      expect(rows).toContain(`${id}|${title}|${severity}`);
    }
  });
});
