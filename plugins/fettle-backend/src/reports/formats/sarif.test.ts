import { readReport } from '../readReport';

/** What a report of one tool comes to. */
function readOne(text: string) {
  const { readings, ...more } = readReport(text, { key: 'k' });
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
      const { findings, problems, told } = readOne(log(place(uri)));
      expect(findings).toMatchObject([{ path: null }]);
      expect(told).toHaveLength(1);
      expect(problems).toEqual([]);
    }
  });

  it.each([
    { message: { text: 'Found hunter2.' } },
    {
      ...{ message: { text: 'hunter2', markdown: 'hunter2' } },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'deploy.env' },
            region: { startLine: 3, snippet: { text: 'password=hunter2' } },
          },
        },
      ],
    },
    {
      partialFingerprints: { secret: 'hunter2' },
      message: { text: 'hunter2' },
    },
  ])('keeps nothing that a tool says of a secret: %j', result => {
    const secret = { ruleId: 'leaked-secret', ...result };
    const { findings } = readOne(log(secret, { id: 'leaked-secret' }));
    expect(findings).toMatchObject([
      {
        ...{ kind: 'secret', rule: 'leaked-secret' },
        title: 'A secret that the rule leaked-secret found',
        keys: [expect.stringMatching(/^leaked-secret hmac:[0-9a-f]{16}$/)],
      },
    ]);
    expect(JSON.stringify(findings)).not.toContain('hunter2');
  });

  it('knows a secret again by what it is, which nobody can guess without the key', () => {
    const keyOf = (snippet: string, key: string, sha = 'c1') => {
      const region = { startLine: 3, snippet: { text: snippet } };
      const result = {
        ...{ ruleId: 'secret', message: { text: `Seen in ${sha}.` } },
        locations: [{ physicalLocation: { region } }],
      };
      return readReport(log(result), { key }).readings[0].findings![0].keys[0];
    };
    expect(keyOf('hunter2', 'k', 'c2')).toBe(keyOf('hunter2', 'k'));
    expect(keyOf('hunter3', 'k')).not.toBe(keyOf('hunter2', 'k'));
    expect(keyOf('hunter2', 'other')).not.toBe(keyOf('hunter2', 'k'));
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
    const { readings } = readReport(
      JSON.stringify({ version: '2.1.0', runs }),
      { key: 'k' },
    );
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
      readReport(JSON.stringify({ version: '2.1.0', runs }), { key: 'k' }),
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
    expect(() => readReport(text, { key: 'k' })).toThrow(message);
  });
});
