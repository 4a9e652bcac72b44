// What is checked besides tests. npm run verify [-- <stage> …]
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { runChild } from './runChild.mjs';

const bin = name => join(root, 'node_modules', '.bin', name);
// The same options as `yarn build:api-reports` in package.json.
const API_OPTIONS = [
  '--validate-release-tags',
  // Packages of one workspace refer to each other's sources, not to their output.
  '--omit-messages=ae-wrong-input-file-type,ae-undocumented',
  // Its testUtils entry uses types of its main entry, which the tool takes for forgotten.
  '--allow-warnings=plugins/fettle-node',
  ...readdirSync(join(root, 'plugins'))
    .sort()
    .map(name => `plugins/${name}`),
];

const STAGES = {
  types: [bin('tsc'), '--incremental', 'false'],
  // One process for all: the rules that need types share one program.
  lint: [
    bin('eslint'),
    '--max-warnings=0',
    '--ext=.ts,.tsx,.mjs',
    '--no-error-on-unmatched-pattern',
    'packages',
    'plugins',
    'demo',
    'scripts',
    'bench',
    'e2e',
  ],
  direction: [
    bin('depcruise'),
    '--config=.dependency-cruiser.cjs',
    'packages',
    'plugins',
  ],
  format: [bin('prettier'), '--check', '--loglevel=warn', '.'],
  // Reads what the types stage wrote.
  api: [bin('backstage-repo-tools'), 'api-reports', '--ci', ...API_OPTIONS],
  config: [bin('backstage-cli'), 'config:check', '--strict'],
  exports: [
    bin('knip'),
    '--no-progress',
    '--no-config-hints',
    '--include=files,exports,duplicates,unlisted,unresolved',
  ],
};

const asked = process.argv.slice(2);
const unknown = asked.filter(stage => !Object.hasOwn(STAGES, stage));
if (unknown.length > 0) {
  console.error(
    `There is no stage ${unknown.join(', ')}. There are: ${Object.keys(
      STAGES,
    ).join(', ')}.`,
  );
  process.exit(1);
}

const failed = [];
for (const stage of asked.length > 0 ? asked : Object.keys(STAGES)) {
  const started = Date.now();
  const code = await runChild(process.execPath, STAGES[stage], { cwd: root });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${code === 0 ? 'passed' : 'FAILED'} ${stage} in ${seconds} s`);
  if (code !== 0) {
    failed.push(stage);
  }
}
if (failed.length > 0) {
  console.error(`verify failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
