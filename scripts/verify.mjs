// What is checked besides tests. npm run verify [-- <stage> …]
import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
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

/** In the order in which they begin: what takes longest first. */
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
  api: [bin('backstage-repo-tools'), 'api-reports', '--ci', ...API_OPTIONS],
  format: [bin('prettier'), '--check', '--loglevel=warn', '.'],
  direction: [
    bin('depcruise'),
    '--config=.dependency-cruiser.cjs',
    'packages',
    'plugins',
  ],
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

const stages = asked.length > 0 ? asked : Object.keys(STAGES);
const failed = [];
/** What has begun, until it ends. */
const begun = {};

/** Runs one, and prints all it said when it ends, since another one runs beside it. */
async function run(stage) {
  // It reads what the types stage writes.
  if (stage === 'api') await begun.types;
  const started = Date.now();
  const said = [];
  const code = await runChild(process.execPath, STAGES[stage], {
    cwd: root,
    onOutput: chunk => said.push(chunk),
  });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  process.stdout.write(Buffer.concat(said));
  console.log(`${code === 0 ? 'passed' : 'FAILED'} ${stage} in ${seconds} s`);
  if (code !== 0) failed.push(stage);
}

/** Runs one after the other, as long as there are any. */
async function work() {
  for (let stage = stages.shift(); stage; stage = stages.shift()) {
    begun[stage] = run(stage);
    await begun[stage];
  }
}

// Types and lint hold one core and gigabytes each.
await Promise.all([work(), ...(availableParallelism() > 1 ? [work()] : [])]);
if (failed.length > 0) {
  console.error(`verify failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
