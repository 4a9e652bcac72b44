import { promises as fs } from 'node:fs';
import { hostname } from 'node:os';
import { performance } from 'node:perf_hooks';
import { codeOf } from '../errors';

const HEARTBEAT_MS = 5_000;
const STALE_MS = 30_000;
const RETRY_MS = 50;

/** Names this process, also after another one was given its number. */
const OWNER = `${hostname()} ${process.pid} ${performance.timeOrigin}`;

/**
 * Lets one process at a time write to a mirror, also where several replicas
 * share the cache folder. A lock whose owner is dead or silent is taken over.
 */
export async function withMirrorLock<T>(
  file: string,
  signal: AbortSignal,
  task: () => Promise<T>,
): Promise<T> {
  while (!(await tryLock(file))) {
    await removeIfAbandoned(file);
    await pause(signal);
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    // Where it cannot be renewed it was taken over, and git's own locks remain.
    fs.utimes(file, now, now).catch(() => {});
  }, HEARTBEAT_MS);
  heartbeat.unref();
  try {
    return await task();
  } finally {
    clearInterval(heartbeat);
    await fs.rm(file, { force: true });
  }
}

async function tryLock(file: string): Promise<boolean> {
  try {
    await fs.writeFile(file, OWNER, { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

async function removeIfAbandoned(file: string): Promise<void> {
  let owner: string;
  let age: number;
  try {
    owner = await fs.readFile(file, 'utf8');
    age = Date.now() - (await fs.stat(file)).mtimeMs;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  if (age < STALE_MS && isAlive(owner)) return;

  // Two may find it abandoned at once: only what was judged is removed.
  const aside = `${file}.${process.pid}`;
  try {
    await fs.rename(file, aside);
    if ((await fs.readFile(aside, 'utf8')) !== owner) {
      await fs.link(aside, file).catch(() => {});
    }
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  await fs.rm(aside, { force: true });
}

function isAlive(owner: string): boolean {
  const [host, pid, startedAt] = owner.split(' ');
  // Written in two steps: an empty lock is a new one. Other machines are judged by age alone.
  if (!pid || host !== hostname()) return true;
  if (Number(pid) === process.pid) {
    return startedAt === String(performance.timeOrigin);
  }
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}

async function pause(signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, RETRY_MS);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
