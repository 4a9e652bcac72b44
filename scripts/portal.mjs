import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { logLevels } from './logLevels.mjs';
import { root, stateDir, typescriptHook } from './paths.mjs';
import { configFiles } from './portalConfigFiles.mjs';
import { waitUntilReady } from './waitUntilReady.mjs';

/**
 * @typedef {object} PortalOptions
 * @property {number} [port] instead of the one in the config
 * @property {string} [dataDir] keeps databases, mirrors and log of this portal, instead of `.fettle`
 * @property {string} [demoDir] the demo fleet to show, instead of `.fettle/demo`
 * @property {{ demoDir?: string, port: number }} [demoCi] the CI of the demo that the portal hears and asks
 * @property {object} [extraConfig] is merged over all other config
 * @property {string[]} [configFiles] are merged over app-config.yaml, in order
 * @property {Record<string, string | undefined>} [env] is added to the environment
 * @property {string} [entry] the backend's first file, relative to packages/backend
 * @property {number} [timeoutMs] how long it may take to be ready
 * @property {(line: string, level: string) => void} [onLine] is told each line of the log
 */

/**
 * @typedef {object} Portal
 * @property {string} url
 * @property {number} pid
 * @property {string} logFile
 * @property {Promise<number | string>} exited the exit code or signal, once it has ended
 * @property {() => Promise<void>} stop ends it as an operator would (SIGTERM), for good after 15 s
 * @property {() => Promise<void>} kill ends it at once (SIGKILL)
 */

/**
 * Starts the portal in a process of its own and waits until it answers. Throws
 * if it cannot, with what it said last.
 *
 * @param {PortalOptions} [options]
 * @returns {Promise<Portal>}
 */
export async function startPortal(options = {}) {
  const dataDir = resolve(options.dataDir ?? stateDir);
  mkdirSync(dataDir, { recursive: true });
  const logFile = join(dataDir, 'backend.log');
  const log = createWriteStream(logFile);
  const child = spawn(
    process.execPath,
    [
      '--enable-source-maps',
      '--require',
      typescriptHook,
      '--require',
      join(root, 'scripts', 'endWithParent.cjs'),
      options.entry ?? 'src/index.ts',
      ...configFiles(options, dataDir).flatMap(file => ['--config', file]),
    ],
    {
      cwd: join(root, 'packages', 'backend'),
      env: { ...process.env, NODE_ENV: 'development', ...options.env },
      stdio: ['pipe', 'pipe', 'pipe'],
      // A Ctrl-C in the terminal is for the one who called: it stops the portal once, and waits.
      detached: true,
    },
  );
  const exited = new Promise(done => {
    child.once('error', () => done(1));
    child.once('exit', (code, signal) => done(code ?? `${signal}`));
  });
  // What it said last may arrive after it has ended.
  const closed = new Promise(done => {
    child.once('close', done);
  });
  const onExit = () => child.kill('SIGKILL');
  process.once('exit', onExit);
  exited.then(() => process.off('exit', onExit));

  const signal = async (name, patienceMs) => {
    child.kill(name);
    const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
    await exited;
    clearTimeout(timer);
  };
  const lastLines = [];
  // Only what it says itself: another program may answer on the port that was asked for.
  let port;
  let taken;
  const read = logLevels((line, level) => {
    log.write(`${line}\n`);
    lastLines.push(line);
    lastLines.splice(0, lastLines.length - 40);
    port = Number(/Listening on \S*:(\d+)/.exec(line)?.[1] ?? port);
    taken = Number(/EADDRINUSE: .*?:(\d+)(?: |$)/.exec(line)?.[1] ?? taken);
    options.onLine?.(line, level);
  });
  child.stdout.on('data', read);
  child.stderr.on('data', read);

  const ready = await waitUntilReady(
    () => ({ port, taken }),
    exited,
    options.timeoutMs ?? 120_000,
  );
  if (ready !== true) {
    await signal('SIGKILL', 0);
    await Promise.race([closed, new Promise(done => setTimeout(done, 1_000))]);
    throw new Error(explain(ready, taken, lastLines, logFile));
  }
  return {
    url: `http://localhost:${port}`,
    pid: /** @type {number} */ (child.pid),
    logFile,
    exited,
    stop: () => signal('SIGTERM', 15_000),
    kill: () => signal('SIGKILL', 15_000),
  };
}

function explain(what, taken, lastLines, logFile) {
  if (taken) {
    return `Port ${taken} is taken by another program. Stop that one, or choose another port: FETTLE_PORT=${
      taken + 1
    } npm start`;
  }
  // A start that failed ends with its reason; what came before only hides it.
  const reason = lastLines.findIndex(line =>
    line.startsWith('BackendStartupError'),
  );
  const last = reason === -1 ? lastLines : lastLines.slice(reason + 1);
  return `The portal ${what}. It said last (all of it is in ${logFile}):\n${last.join(
    '\n',
  )}`;
}
