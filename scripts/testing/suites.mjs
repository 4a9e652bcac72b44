import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { buildApp } from '../buildApp.mjs';
import { root, stateDir, typescriptHook } from '../paths.mjs';
import { runChild } from '../runChild.mjs';
import { findChromium, findPostgres } from './findPrograms.mjs';
import { fromJest, fromPlaywright, fromTap, withExitCode } from './results.mjs';
import { startPostgres } from './startPostgres.mjs';

const POSTGRES_URL = 'BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING';

/** All packages, on SQLite and, where it is found, on PostgreSQL. */
async function packages(args) {
  const given = process.env[POSTGRES_URL];
  const bin = given ? undefined : findPostgres();
  const postgres = bin ? await startPostgres(bin) : undefined;
  const url = given ?? postgres?.url;
  try {
    const result = await runSuite(
      'packages',
      fromJson(fromJest),
      report => [
        program('backstage-cli'),
        'repo',
        'test',
        '--no-watch',
        // None of them is about time, and a busy machine takes its own.
        '--testTimeout=180000',
        '--json',
        `--outputFile=${report}`,
        ...args,
      ],
      {
        ...(url ? { [POSTGRES_URL]: url } : {}),
        BACKSTAGE_TEST_DISABLE_DOCKER: '1',
      },
    );
    return {
      ...result,
      skipped: url
        ? undefined
        : {
            what: 'PostgreSQL (packages ran on SQLite only)',
            get: 'Debian, Ubuntu: sudo apt-get install postgresql   macOS: brew install postgresql@15',
          },
    };
  } finally {
    await postgres?.stop();
  }
}

/** The demo fleet, faults and crashes, and these scripts. */
function scripts(args, onOutput) {
  return runSuite(
    'scripts',
    fromTap,
    report => [
      '--require',
      typescriptHook,
      '--test',
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      '--test-reporter=tap',
      `--test-reporter-destination=${report}`,
      ...args,
      'demo/**/*.test.ts',
      'bench/**/*.test.ts',
      'scripts/**/*.test.mjs',
    ],
    {},
    onOutput,
  );
}

/** The whole portal, in Chromium. */
async function browser(args) {
  const folder = join(root, 'e2e');
  if (!existsSync(folder) || !readdirSync(folder).some(isSpec)) {
    throw new Error('There are no browser tests in e2e.');
  }
  const chromium = findChromium();
  if (!chromium) {
    return {
      passed: 0,
      failed: 0,
      skipped: {
        what: 'browser (no Chromium)',
        get: 'Debian: sudo apt-get install chromium   macOS: brew install --cask chromium   or CHROMIUM_PATH=<path>',
      },
    };
  }
  buildApp();
  return runSuite(
    'browser',
    fromJson(fromPlaywright),
    () => [
      program('playwright'),
      'test',
      `--config=${configOf(folder)}`,
      '--reporter=list,json',
      ...args,
    ],
    {
      CHROMIUM_PATH: chromium,
      PLAYWRIGHT_JSON_OUTPUT_NAME: reportFile('browser'),
    },
  );
}

async function runSuite(name, parse, args, env = {}, onOutput = undefined) {
  const report = reportFile(name);
  mkdirSync(join(stateDir, 'test'), { recursive: true });
  rmSync(report, { force: true });
  const code = await runChild(process.execPath, args(report), {
    cwd: root,
    env: { ...process.env, ...env },
    onOutput,
  });
  const result = existsSync(report)
    ? parse(readFileSync(report, 'utf8'))
    : { passed: 0, failed: 1 };
  return withExitCode(result, code);
}

function fromJson(parse) {
  return text => parse(JSON.parse(text));
}

function reportFile(name) {
  return join(stateDir, 'test', `${name}.report`);
}

function configOf(folder) {
  const inFolder = join(folder, 'playwright.config.ts');
  return existsSync(inFolder) ? inFolder : join(root, 'playwright.config.ts');
}

function isSpec(name) {
  return name.endsWith('.spec.ts');
}

function program(name) {
  return join(root, 'node_modules', '.bin', name);
}

/** Every suite, by the name that `npm test -- <name>` takes. */
export const SUITES = { packages, scripts, browser };
