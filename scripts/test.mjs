// npm test [-- <suite> [arguments of its runner]]
import { lastLine } from './testing/results.mjs';
import { SUITES } from './testing/suites.mjs';

const [only, ...args] = process.argv.slice(2);
const names = Object.keys(SUITES);
if (only && !names.includes(only)) {
  console.error(
    `There is no suite ${JSON.stringify(only)}. There are: ${names.join(
      ', ',
    )}.`,
  );
  process.exit(1);
}

const strict = Boolean(process.env.CI) && process.env.CI !== 'false';
let interrupted = false;
// The suite that runs ends by the same signal and cleans up; no other one starts.
const interrupt = () => {
  interrupted = true;
};
['SIGINT', 'SIGTERM', 'SIGHUP'].forEach(name => process.on(name, interrupt));
const results = [];

async function run(name, onOutput) {
  if (interrupted) return { name, seconds: 0, passed: 0, failed: 1 };
  const started = Date.now();
  let result;
  try {
    result = await SUITES[name](args, onOutput);
  } catch (error) {
    console.error(error);
    result = { passed: 0, failed: 1 };
  }
  if (result.skipped && strict) {
    result = { ...result, failed: result.failed + 1 };
  }
  const seconds = Math.round((Date.now() - started) / 1000);
  return { name, seconds, ...result };
}

/** Runs one, and another beside it whose output follows. */
async function runBoth(name, quiet) {
  const said = [];
  const both = [run(name), run(quiet, chunk => said.push(chunk))];
  results.push(...(await Promise.all(both)));
  process.stdout.write(Buffer.concat(said));
}

if (only) {
  results.push(await run(only));
} else {
  // Most of what scripts do is to wait until the claims of dead processes end.
  await runBoth('packages', 'scripts');
  results.push(await run('browser'));
}

console.log();
for (const { name, seconds, passed, failed } of results) {
  console.log(`${name}: ${passed} passed, ${failed} failed in ${seconds} s`);
}
for (const { skipped } of results) {
  if (skipped) {
    console.log(
      `skipped: ${skipped.what}${
        strict ? ', which is a failure with CI set' : ''
      }. To get it: ${skipped.get}`,
    );
  }
}
console.log(lastLine(results));
process.exitCode = results.some(({ failed }) => failed > 0) ? 1 : 0;
