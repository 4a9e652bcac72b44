import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildApp } from './buildApp.mjs';
import { root, typescriptHook } from './paths.mjs';

// Takes the pictures of the README anew.
buildApp();
const { status } = spawnSync(
  process.execPath,
  ['--require', typescriptHook, join(root, 'e2e', 'screenshots.ts')],
  { cwd: root, stdio: 'inherit' },
);
process.exitCode = status ?? 1;
