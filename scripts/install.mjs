import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { hashFiles } from './hashFiles.mjs';

/** An environment in which `node` and `yarn` are the project's own. */
export function projectEnvironment(root, toolsDir, node) {
  const bin = join(toolsDir, 'bin');
  const yarn = yarnRelease(root);
  mkdirSync(bin, { recursive: true });
  writeFileSync(
    join(bin, 'yarn'),
    `#!/bin/sh\nexec "${node}" "${yarn}" "$@"\n`,
  );
  writeFileSync(join(bin, 'yarn.cmd'), `@"${node}" "${yarn}" %*\r\n`);
  chmodSync(join(bin, 'yarn'), 0o755);
  const env = { ...process.env };
  // Windows writes it Path.
  const key = Object.keys(env).find(k => k.toUpperCase() === 'PATH') ?? 'PATH';
  env[key] = [bin, dirname(node), env[key]].filter(Boolean).join(delimiter);
  // npm passes its own settings down, and yarn and npx complain about them.
  for (const name of Object.keys(env)) {
    if (name.startsWith('npm_config_') && name !== 'npm_config_registry') {
      delete env[name];
    }
  }
  return env;
}

/** Installs what yarn.lock names if that is not what is there. */
export function ensureInstalled(root, node, env) {
  const stamp = join(root, 'node_modules', '.fettle-install');
  const manifests = ['packages', 'plugins'].flatMap(folder =>
    readdirSync(join(root, folder)).map(
      name => `${folder}/${name}/package.json`,
    ),
  );
  const wanted = hashFiles(root, [
    'package.json',
    'yarn.lock',
    '.yarnrc.yml',
    ...manifests,
  ]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
    return;
  }
  console.error(
    'Installing what yarn.lock names: a few minutes the first time …',
  );
  const started = Date.now();
  const result = spawnSync(
    node,
    [yarnRelease(root), 'install', '--immutable'],
    { cwd: root, env, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  if (result.status !== 0) {
    const why = /YN0028/.test(result.stdout)
      ? 'yarn.lock does not say what the package.json files say: run `yarn install` and commit yarn.lock.'
      : 'Is the npm registry reachable?';
    throw new Error(
      `Installing failed. ${why} yarn said:\n${tail(
        `${result.stdout ?? ''}${result.stderr ?? ''}${
          result.error?.message ?? ''
        }`,
      )}`,
    );
  }
  writeFileSync(stamp, wanted);
  console.error(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`);
}

function yarnRelease(root) {
  const folder = join(root, '.yarn', 'releases');
  const name = readdirSync(folder).find(file => file.endsWith('.cjs'));
  return join(folder, name);
}

function tail(output) {
  return output.trim().split('\n').slice(-40).join('\n');
}
