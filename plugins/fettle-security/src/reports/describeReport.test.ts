import { describeReport } from './describeReport';

const COMMIT = '3f2c1ab0'.repeat(5);

it.each<[object, object]>([
  [
    {
      version: '2.1.0',
      runs: [
        {
          tool: { driver: { name: 'Lens' } },
          results: [{}, {}],
          versionControlProvenance: [{ revisionId: COMMIT }],
        },
        { tool: { driver: { name: 'Lens' } }, results: null },
      ],
    },
    {
      ...{ form: 'SARIF 2.1.0', tools: ['Lens'], commit: COMMIT },
      holds: { results: 2 },
    },
  ],
  [
    {
      ...{ bomFormat: 'CycloneDX', specVersion: '1.6', components: [{}] },
      metadata: { tools: { components: [{ name: 'syft' }] } },
    },
    { form: 'CycloneDX 1.6', tools: ['syft'], holds: { components: 1 } },
  ],
  [
    {
      ...{ bomFormat: 'CycloneDX', specVersion: '1.4' },
      ...{ metadata: { tools: [{ name: 'vexer' }] }, vulnerabilities: [{}] },
    },
    { form: 'CycloneDX 1.4', tools: ['vexer'], holds: { statements: 1 } },
  ],
  [
    { version: '2.1.0', runs: [7, null, { tool: 'x', results: 'y' }] },
    { form: 'SARIF 2.1.0', tools: [], holds: { results: 0 } },
  ],
])('tells what %j is', (document, described) => {
  expect(describeReport(JSON.stringify(document))).toEqual(described);
});

it.each([
  ['', 'empty'],
  [' \n', 'empty'],
  ['<xml/>', 'noJson'],
  ['{"runs": []', 'noJson'],
  ['null', 'noForm'],
  ['[]', 'noForm'],
  ['{"version": "2.0.0", "runs": []}', 'noForm'],
  ['{"bomFormat": "SPDX"}', 'noForm'],
])('says of %j that it is none', (text, problem) => {
  expect(describeReport(text)).toEqual({ problem });
});
