import { readReport } from '../readReport';

/** What a report of one tool comes to. */
function readOne(text: string) {
  const { readings, ...more } = readReport(text, { key: 'k' });
  expect(readings).toHaveLength(1);
  return { ...more, ...readings[0] };
}

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
    expect(reading.problems).toEqual([]);
    expect(reading.told).toMatchObject([
      { message: expect.stringContaining('1 components') },
    ]);
  });

  it('has components in components, and by which others they came', () => {
    const of = (name: string, components: object[] = []) => ({
      ...{ 'bom-ref': name, name, purl: `pkg:npm/${name}@1`, components },
    });
    const { components } = readOne(
      bom({
        metadata: { component: { 'bom-ref': 'root' } },
        components: [of('a', [of('b', [of('c')])]), of('d')],
        dependencies: [
          { ref: 'root', dependsOn: ['a'] },
          { ref: 'a', dependsOn: ['b', 'a'] },
          { ref: 'b', dependsOn: ['c', 'root'] },
        ],
      }),
    );
    expect(
      components!.map(({ name, direct, chain }) => [name, direct, chain]),
    ).toEqual([
      ...[
        ['a', true, []],
        ['d', false, undefined],
      ],
      ...[
        ['b', false, ['a']],
        ['c', false, ['a', 'b']],
      ],
    ]);
  });

  it('is refused where it has no end', () => {
    const nested = (depth: number): string =>
      `[{"name":"a"${depth > 0 ? `,"components":${nested(depth - 1)}` : ''}}]`;
    const read = (components: string) =>
      readOne(
        `{"bomFormat":"CycloneDX","specVersion":"1.6","components":${components}}`,
      );
    expect(read(nested(19)).told).toHaveLength(1);
    expect(() => read(nested(2_000))).toThrow('more than 20 deep');
    const many = Array.from({ length: 100_001 }, () => ({ name: 'a' }));
    for (const components of [many, [{ name: 'b', components: many }]]) {
      expect(() => read(JSON.stringify(components))).toThrow('up to 100000');
    }
    expect(() => read('[{"name":"a","components":[{}]}]')).toThrow(
      'no CycloneDX in JSON',
    );
  });

  it.each([
    [undefined, 'runtime'],
    ['required', 'runtime'],
    ['optional', 'optional'],
    ['excluded', 'development'],
    ['new', 'unknown'],
  ])('takes the scope %s for %s', (scope, expected) => {
    const components = [{ name: 'a', purl: 'pkg:npm/a@1', scope }];
    const reading = readOne(bom({ components }));
    expect(reading.components).toMatchObject([{ scope: expected }]);
  });

  it('is under all of the licences that it names', () => {
    const licenses = [
      ...[{ expression: 'MIT OR ISC' }, { license: { id: 'Apache-2.0' } }],
    ];
    const components = [{ name: 'a', purl: 'pkg:npm/a@1', licenses }];
    expect(readOne(bom({ components })).components).toMatchObject([
      { licence: '(MIT OR ISC) AND Apache-2.0' },
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
