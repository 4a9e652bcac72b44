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
