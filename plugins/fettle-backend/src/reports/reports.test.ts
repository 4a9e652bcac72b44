import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import type { Component } from 'backstage-plugin-fettle-common';
import { readReport } from './readReport';
import { safePath } from './safePath';
import { writeBom } from './writeBom';
import { writeComponentsCsv } from './writeCsv';

/** What a report of one tool comes to. */
function readOne(text: string) {
  const { readings, ...more } = readReport(text);
  expect(readings).toHaveLength(1);
  return { ...more, ...readings[0] };
}

function log(result: object, rule: object = {}, run: object = {}) {
  return JSON.stringify({
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Lens', rules: [{ id: 'R1', ...rule }] } },
        results: [{ ruleId: 'R1', message: { text: 'It leaks.' }, ...result }],
        ...run,
      },
    ],
  });
}

const place = (uri: string, line = 7) => ({
  locations: [
    {
      physicalLocation: {
        artifactLocation: { uri },
        region: { startLine: line },
      },
    },
  ],
});

describe('SARIF', () => {
  it('becomes findings', () => {
    const rule = {
      shortDescription: { text: 'A leak' },
      helpUri: 'https://lens.example.com/R1',
      properties: { tags: ['security'], 'security-severity': '9.1' },
    };
    expect(readOne(log(place('src/a%20b.ts'), rule))).toMatchObject({
      ...{ format: 'sarif', tool: 'Lens', problems: [] },
      findings: [
        {
          ...{ kind: 'vulnerability', rule: 'R1', title: 'A leak' },
          ...{ severity: 'critical', path: 'src/a b.ts', line: 7 },
          references: ['https://lens.example.com/R1'],
        },
      ],
    });
  });

  it.each([
    [{ level: 'error' }, 'high'],
    [{ level: 'warning' }, 'medium'],
    [{ level: 'note' }, 'low'],
    [{ level: 'none' }, 'unknown'],
    [{}, 'medium'],
  ])('rates %j as %s', (result, severity) => {
    expect(readOne(log(result)).findings).toMatchObject([{ severity }]);
  });

  it.each([
    { kind: 'pass' },
    { baselineState: 'absent' },
    { suppressions: [{ status: 'accepted' }] },
    { suppressions: [{}] },
  ])('leaves out what is no problem: %j', result => {
    expect(readOne(log(result)).findings).toEqual([]);
  });

  it('knows a result again by its fingerprints, else by what it says, not by its line', () => {
    const keys = (result: object) =>
      readOne(log(result)).findings!.map(one => one.keys[0]);
    expect(keys(place('a', 1))).toEqual(keys(place('a', 9)));
    expect(keys({ message: { text: 'Other.' } })).not.toEqual(keys({}));
    const print = { partialFingerprints: { primary: 'x' } };
    expect(keys({ ...print, message: { text: 'Other.' } })).toEqual(
      keys(print),
    );
  });

  it('keeps a result whose place is outside without its place, and says so', () => {
    for (const uri of ['../../etc/passwd', 'file:///etc/passwd', '/etc/x']) {
      const { findings, problems } = readOne(log(place(uri)));
      expect(findings).toMatchObject([{ path: null }]);
      expect(problems).toHaveLength(1);
    }
  });

  it('finds nothing where there is an empty list, and did not look where there is none', () => {
    const { findings, failed } = readOne(log({}, {}, { results: [] }));
    expect([findings, failed]).toEqual([[], undefined]);
    for (const results of [null, undefined]) {
      const reading = readOne(log({}, {}, { results }));
      expect(reading.findings).toBeUndefined();
      expect(reading.failed!.message).toContain('Lens did not scan');
    }
  });

  it('is not the whole where the tool says that its run failed', () => {
    const invocations = [
      { executionSuccessful: true },
      { executionSuccessful: false, exitCodeDescription: 'out of memory' },
    ];
    const { findings, problems } = readOne(log({}, {}, { invocations }));
    expect(findings).toHaveLength(1);
    expect(problems).toMatchObject([
      { path: null, message: expect.stringContaining('(out of memory)') },
    ]);
  });

  it('is one reading for each tool and part', () => {
    const run = (name: string, rule: string, id?: string) => ({
      tool: { driver: { name } },
      automationDetails: { id },
      results: [{ ruleId: rule, message: { text: 'It leaks.' } }],
    });
    const runs = [
      ...[run('Lens', 'R1'), run('Loupe', 'R2')],
      ...[run('Lens', 'R3'), run('Lens', 'R4', 'web/1')],
    ];
    const { readings } = readReport(JSON.stringify({ version: '2.1.0', runs }));
    const found = readings.map(({ tool, findings }) => [
      tool,
      ...findings!.map(({ rule }) => rule),
    ]);
    expect(found).toEqual([
      ['Lens', 'R1', 'R3'],
      ['Loupe', 'R2'],
      ['Lens web', 'R4'],
    ]);
  });

  it('finds the rule of a result by its id, else by where it stands', () => {
    const rules = ['a', 'b', 'a'].map((id, index) => ({
      ...{ id, shortDescription: { text: `Rule ${index}` } },
    }));
    const results = [
      ...[{ ruleId: 'a' }, { rule: { id: 'b' } }, { ruleIndex: 2 }],
      ...[{ ruleId: 'b', ruleIndex: 0 }, { ruleId: 'c', ruleIndex: 1 }, {}],
    ].map(result => ({ ...result, message: { text: 'It leaks.' } }));
    const runs = [{ tool: { driver: { name: 'Lens', rules } }, results }];
    const { findings } = readOne(JSON.stringify({ version: '2.1.0', runs }));
    expect(findings!.map(({ rule, title }) => `${rule}: ${title}`)).toEqual([
      ...['a: Rule 0', 'b: Rule 1', 'a: Rule 2', 'b: Rule 1', 'c: Rule 1'],
      'unnamed: It leaks.',
    ]);
  });

  it('is not of more tools than one would run', () => {
    const runs = Array.from({ length: 51 }, (_, index) => ({
      tool: { driver: { name: `Lens ${index}` } },
      results: [],
    }));
    expect(() =>
      readReport(JSON.stringify({ version: '2.1.0', runs })),
    ).toThrow('of 51 tools; up to 50');
  });

  it('tells the parts that a tool reports apart', () => {
    const run = { automationDetails: { id: 'web/2026-03-01' } };
    expect(readOne(log({}, {}, run)).tool).toBe('Lens web');
  });

  it.each([
    ['[]', /no form that is read/],
    ['{', /no JSON/],
    ['{"runs":[],"version":"2.1.0"}', /no SARIF 2\.1\.0/],
    ['{"runs":[{}],"version":"2.0.0"}', /no SARIF 2\.1\.0/],
    ['null', /no form/],
  ])('refuses %s', (text, message) => {
    expect(() => readReport(text)).toThrow(message);
  });
});

it.each([
  ['src/a.ts', 'src/a.ts'],
  ['./src//a.ts', 'src/a.ts'],
  ['src\\a.ts', 'src/a.ts'],
  ['a/../b', null],
  ['%2e%2e/b', null],
  ['https://example.com/a', null],
  ['C:\\a', null],
  ['%zz', null],
  ['', null],
])('takes the place %s for %s', (given, path) => {
  expect(safePath(given)).toBe(path);
});

describe('CycloneDX', () => {
  const bom = (given: object) =>
    JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', ...given });

  it('becomes components', () => {
    const reading = readOne(
      bom({
        metadata: {
          tools: { components: [{ name: 'assembler' }] },
          component: { 'bom-ref': 'root' },
        },
        components: [
          {
            ...{ 'bom-ref': 'a', name: 'core', version: '7.0.0' },
            ...{ purl: 'pkg:npm/%40babel/core@7.0.0', scope: 'required' },
            licenses: [{ license: { id: 'MIT' } }],
          },
          { 'bom-ref': 'b', name: 'x', purl: 'pkg:maven/org.x/y@1?type=jar' },
          { name: 'nameless' },
        ],
        dependencies: [{ ref: 'root', dependsOn: ['a'] }],
      }),
    );
    expect(reading.tool).toBe('assembler');
    expect(reading.components).toMatchObject([
      {
        ...{ ecosystem: 'npm', name: '@babel/core', version: '7.0.0' },
        ...{ direct: true, scope: 'runtime', licence: 'MIT' },
      },
      { ecosystem: 'Maven', name: 'org.x:y', version: '1', direct: false },
    ]);
    expect(reading.problems).toMatchObject([
      { message: expect.stringContaining('1 components') },
    ]);
  });

  it('becomes statements of what is no vulnerability here', () => {
    const { statements, components } = readOne(
      bom({
        vulnerabilities: [
          {
            id: 'CVE-1',
            affects: [{ ref: 'pkg:npm/a@1' }],
            analysis: {
              ...{ state: 'not_affected', detail: 'Never called.' },
              justification: 'code_not_reachable',
            },
          },
          { id: 'CVE-2', analysis: { state: 'exploitable' } },
          { id: 'CVE-3' },
        ],
      }),
    );
    expect(components).toBeUndefined();
    expect(statements).toEqual([
      {
        names: ['CVE-1'],
        purls: ['pkg:npm/a@1'],
        reason: 'not_affected: code_not_reachable: Never called.',
      },
    ]);
  });
});

describe('what is given out', () => {
  const component = (given: Partial<Component>): Component => ({
    ...{ purl: 'pkg:npm/a@1.0.0', ecosystem: 'npm', name: 'a' },
    ...{ version: '1.0.0', requirement: null, licence: 'MIT', line: null },
    ...{ path: 'package-lock.json', direct: true, scope: 'runtime', chain: [] },
    ...given,
  });
  const components = [
    component({}),
    component({ path: 'web/package-lock.json' }),
    component({
      ...{ name: '=HYPERLINK("x")', purl: 'pkg:npm/%3Dx', version: '2' },
      ...{ licence: 'MIT OR (Apache-2.0 AND strange)', scope: 'development' },
    }),
    component({ purl: 'nonsense' }),
  ];

  it('is a valid CycloneDX 1.6, with each component once', async () => {
    const text = writeBom(components, {
      ...{ name: 'a/b', commit: 'c1', now: new Date('2026-03-01T00:00:00Z') },
    });
    const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);
    expect(await validator.validate(text)).toBeNull();
    expect(JSON.parse(text)).toMatchObject({
      specVersion: '1.6',
      components: [
        { purl: 'pkg:npm/%3Dx@2', scope: 'optional' },
        { purl: 'pkg:npm/a@1.0.0', version: '1.0.0' },
      ],
    });
    expect(readOne(text).components).toHaveLength(2);
  });

  it('is CSV in which nothing is computed', () => {
    const text = writeComponentsCsv(
      components.map((one, index) => ({
        ...one,
        newest: {
          ...{ version: '3.0.0', from: 'registry', problem: null },
          ...{ publishedAt: null, checkedAt: null },
        },
        behind: index === 0 ? { step: 'major', by: 2 } : null,
      })),
    );
    const [head, ...lines] = text.split('\n');
    expect(head).toContain('ecosystem,name,version,newest,newest from,behind');
    expect(lines[0]).toContain('3.0.0,registry,2 major');
    expect(lines[1]).toContain('3.0.0,registry,,');
    expect(text).toContain(`'=HYPERLINK`);
  });
});
