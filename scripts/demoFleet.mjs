import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { demoDir, root, typescriptHook } from './paths.mjs';

/** Runs the demo program (`build`, `reset`, `list` or a scenario) with this terminal. */
export function runDemo(args, folder = demoDir) {
  const result = spawnSync(
    process.execPath,
    ['--require', typescriptHook, join(root, 'demo', 'main.ts'), ...args],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, FETTLE_DEMO_DIR: folder },
    },
  );
  return result.status ?? 1;
}
