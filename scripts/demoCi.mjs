import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { demoDir as defaultDemoDir, root, typescriptHook } from './paths.mjs';

/**
 * Starts the CI of the demo fleet in a process of its own. It ends with this one.
 *
 * @param {{ demoDir?: string, port: number, portalUrl: string, first?: number }} options
 * @returns {{ stop: () => Promise<void> }}
 */
export function startDemoCi({
  demoDir = defaultDemoDir,
  port,
  portalUrl,
  first,
}) {
  mkdirSync(join(demoDir, 'ci'), { recursive: true });
  const child = spawn(
    process.execPath,
    [
      '--require',
      typescriptHook,
      '--require',
      join(root, 'scripts', 'endWithParent.cjs'),
      join(root, 'demo', 'ci', 'main.ts'),
    ],
    {
      cwd: root,
      env: {
        ...process.env,
        FETTLE_DEMO_DIR: resolve(demoDir),
        FETTLE_CI_PORT: String(port),
        FETTLE_PORTAL_URL: portalUrl,
        ...(first === undefined ? {} : { FETTLE_CI_FIRST: String(first) }),
      },
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true,
    },
  );
  const log = createWriteStream(join(demoDir, 'ci', 'ci.log'));
  child.stdout.pipe(log);
  child.stderr.pipe(log);
  const exited = new Promise(done => {
    child.once('error', done);
    child.once('exit', done);
  });
  const onExit = () => child.kill('SIGKILL');
  process.once('exit', onExit);
  exited.then(() => process.off('exit', onExit));
  return {
    async stop() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 3_000);
      await exited;
      clearTimeout(timer);
    },
  };
}

/**
 * What lets the portal hear the demo's CI and ask it.
 *
 * @param {{ demoDir?: string, port: number }} options
 */
export function demoCiConfig({ demoDir = defaultDemoDir, port }) {
  const folder = resolve(demoDir);
  const secret = readFileSync(join(folder, 'ci', 'secret'), 'utf8').trim();
  return {
    fettle: {
      cdevents: {
        senders: [
          {
            id: 'demo',
            secret,
            repositories: [pathToFileURL(join(folder, 'git')).href],
            control: { baseUrl: `http://localhost:${port}`, token: secret },
          },
        ],
      },
    },
  };
}

/**
 * The feed of the advisories that the demo starts with.
 *
 * @param {{ demoDir?: string }} options
 */
export function demoAdvisoriesConfig({ demoDir = defaultDemoDir }) {
  const from = join(resolve(demoDir), 'advisories');
  return {
    vulnerabilities: {
      feeds: [
        {
          ecosystems: [
            ...['npm', 'Maven', 'Go', 'PyPI', 'crates.io', 'GitHub Actions'],
          ],
          from,
        },
      ],
    },
  };
}
