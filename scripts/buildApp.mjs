import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashFiles } from './hashFiles.mjs';
import { root, stateDir } from './paths.mjs';

const SOURCES = [
  'packages/app',
  'plugins/fettle-common',
  'plugins/fettle-react',
  'plugins/fettle',
  'plugins/fettle-pipelines',
  'plugins/fettle-security',
  'app-config.yaml',
  'yarn.lock',
];

/** Builds the pages that the backend serves, if their sources have changed since. */
export function buildApp() {
  const stamp = join(stateDir, 'app-build');
  const wanted = hashFiles(
    root,
    SOURCES,
    path => !/\.test\.tsx?$|\.md$|\.eslintrc\.js$/.test(path),
  );
  const dist = join(root, 'packages', 'app', 'dist', 'index.html.tmpl');
  if (
    existsSync(dist) &&
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === wanted
  ) {
    return;
  }
  console.error('Building the pages: about half a minute …');
  const result = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/@backstage/cli/bin/backstage-cli'),
      'package',
      'build',
    ],
    {
      cwd: join(root, 'packages', 'app'),
      env: { ...process.env, CI: undefined },
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  if (result.status !== 0) {
    throw new Error(
      `The pages could not be built:\n${result.stdout}${result.stderr}`,
    );
  }
  mkdirSync(stateDir, { recursive: true });
  writeFileSync(stamp, wanted);
}
