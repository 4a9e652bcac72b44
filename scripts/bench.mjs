// npm run bench -- <name>: prints one JSON object as its last line.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildApp } from './buildApp.mjs';
import { root, typescriptHook } from './paths.mjs';
import { runChild } from './runChild.mjs';
import { findChromium } from './testing/findPrograms.mjs';

const [name, ...args] = process.argv.slice(2);
const folder = join(root, 'bench');
const benches = (existsSync(folder) ? readdirSync(folder) : [])
  .filter(bench => existsSync(join(folder, bench, 'main.ts')))
  .sort();
if (!benches.includes(name)) {
  console.error(
    `There is no bench ${JSON.stringify(name ?? '')}. There are: ${benches.join(
      ', ',
    )}.`,
  );
  process.exit(1);
}
buildApp();
process.exitCode = await runChild(
  process.execPath,
  ['--require', typescriptHook, join(folder, name, 'main.ts'), ...args],
  {
    cwd: root,
    env: { ...process.env, CHROMIUM_PATH: findChromium() ?? '' },
  },
);
