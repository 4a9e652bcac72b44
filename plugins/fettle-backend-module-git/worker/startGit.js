// @ts-check
// The process that starts git. A file of its own and plain JavaScript, as it
// is started by its path. It stays small: see docs/adr/0026.
const { spawn } = require('node:child_process');

const AT_ONCE_BYTES = 64 * 1024;
const MAX_REMARKS = 16 * 1024;

/** @type {Map<number, import('node:child_process').ChildProcess>} */
const running = new Map();

/** @param {number | undefined} pid @param {NodeJS.Signals} signal */
function signalGroup(pid, signal) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended in the meantime.
  }
}

/** @param {{ id: number, args: string[], cwd: string, env: NodeJS.ProcessEnv, input?: string }} run */
function start({ id, args, cwd, env, input }) {
  const child = spawn('git', args, {
    cwd,
    env,
    // A group of its own: what git starts is ended with it, and nothing can
    // ask for a password on the server's terminal.
    detached: true,
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  running.set(id, child);
  /** @type {Buffer[]} */
  let chunks = [];
  let bytes = 0;
  let remarks = '';
  child.stdout?.on('data', chunk => {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes < AT_ONCE_BYTES) return;
    const output = Buffer.concat(chunks);
    chunks = [];
    bytes = 0;
    // No more is read than is taken.
    child.stdout?.pause();
    process.send?.({ id, output }, () => child.stdout?.resume());
  });
  child.stderr?.on('data', chunk => {
    if (remarks.length < MAX_REMARKS) remarks += chunk.toString('utf8');
  });
  // Git may end before it has read everything; its exit says why.
  child.stdin?.on('error', () => {});
  child.stdin?.end(input);
  child.on('error', error => {
    running.delete(id);
    process.send?.({ id, failed: error.message });
  });
  child.on('close', code => {
    if (!running.delete(id)) return;
    process.send?.({ id, code, remarks, output: Buffer.concat(chunks) });
  });
}

process.on('message', message => {
  const { id, signal, ...run } = /** @type {any} */ (message);
  if (signal) signalGroup(running.get(id)?.pid, signal);
  else start({ id, ...run });
});
// Without its portal there is nobody to tell.
process.on('disconnect', () => {
  for (const { pid } of running.values()) signalGroup(pid, 'SIGTERM');
  process.exit();
});
