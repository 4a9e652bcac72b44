import { spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './freePort.mjs';

/**
 * Starts a PostgreSQL of our own on a free loopback port, on a cluster that is
 * thrown away when it stops, however this process ends.
 *
 * @param {string} bin the folder with `initdb` and `postgres`
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startPostgres(bin) {
  const folder = mkdtempSync(join(tmpdir(), 'fettle-postgres-'));
  const user = unprivilegedUser();
  if (user.uid !== undefined) {
    chownSync(folder, user.uid, user.gid);
  }
  const options = { ...user, cwd: folder, encoding: 'utf8' };
  const data = join(folder, 'data');
  const initdb = spawnSync(
    join(bin, 'initdb'),
    [
      `--pgdata=${data}`,
      '--username=fettle',
      '--auth=trust',
      '--encoding=UTF8',
      '--locale=C',
      '--no-sync',
    ],
    options,
  );
  if (initdb.status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    throw new Error(`initdb failed: ${initdb.stderr || initdb.error?.message}`);
  }
  const port = await freePort();
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', data, '-p', String(port), '-k', folder, '-F'].concat(
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'max_connections=300',
    ),
    { ...options, stdio: ['ignore', 'ignore', 'pipe'], detached: true },
  );
  let log = '';
  server.stderr.on('data', chunk => {
    log = `${log}${chunk}`.slice(-4_000);
  });
  const exited = new Promise(done => {
    server.once('error', done);
    server.once('exit', done);
  });
  const clean = () => {
    // SIGQUIT ends it at once with all its processes; the cluster is not needed again.
    server.kill('SIGQUIT');
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', clean);

  if (!(await accepts(port, exited))) {
    clean();
    throw new Error(`PostgreSQL did not start: ${log}`);
  }
  return {
    url: `postgresql://fettle@127.0.0.1:${port}/postgres`,
    async stop() {
      server.kill('SIGINT');
      await exited;
      process.off('exit', clean);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root. */
function unprivilegedUser() {
  if (process.getuid?.() !== 0) {
    return {};
  }
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map(flag =>
      spawnSync('id', [flag, name], { encoding: 'utf8' }),
    );
    if (uid.status === 0 && gid.status === 0) {
      return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
    }
  }
  throw new Error(
    'PostgreSQL refuses to run as root, and there is neither a user postgres nor nobody.',
  );
}

async function accepts(port, exited) {
  let ended = false;
  exited.then(() => {
    ended = true;
  });
  for (let attempt = 0; attempt < 300 && !ended; attempt++) {
    if (await connects(port)) {
      return true;
    }
    await new Promise(done => setTimeout(done, 100));
  }
  return false;
}

function connects(port) {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
