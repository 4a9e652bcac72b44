import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';

/** Runs system git, with no settings but its own. */
export const git = (cwd: string, ...args: string[]) =>
  execFileSync('git', args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'A',
      GIT_AUTHOR_EMAIL: 'a@example.org',
      GIT_COMMITTER_NAME: 'A',
      GIT_COMMITTER_EMAIL: 'a@example.org',
    },
  });

/** Makes a repository with one commit of these files. */
function repository(
  fleet: string,
  name: string,
  files: Record<string, string | Buffer>,
) {
  const path = join(fleet, name);
  mkdirSync(path, { recursive: true });
  git(path, 'init', '-q', '-b', 'main');
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(join(path, file, '..'), { recursive: true });
    writeFileSync(join(path, file), content);
  }
  git(path, 'add', '-A');
  git(path, 'commit', '-q', '-m', 'First');
  return path;
}

/**
 * Builds repositories that are broken, odd or hostile in `<dir>/fleet`. Those
 * that try to run something would leave a file `<dir>/pwned`.
 */
export function buildBrokenFleet(dir: string): string {
  const fleet = join(dir, 'fleet');
  const readme = `# Title\n\n${'word '.repeat(120)}`;

  repository(fleet, 'healthy', { 'README.md': readme, LICENSE: 'MIT License' });
  const corrupt = repository(fleet, 'corrupt', { 'README.md': readme });
  const objects = join(corrupt, '.git', 'objects');
  for (const folder of readdirSync(objects)) {
    if (folder.length === 2) rmSync(join(objects, folder), { recursive: true });
  }
  git(fleet, 'init', '-q', '--bare', 'empty.git');
  git(
    fleet,
    'clone',
    '-q',
    '--depth=1',
    '--bare',
    `file://${join(fleet, 'healthy')}`,
    'shallow.git',
  );
  const secret = join(dir, 'secret');
  mkdirSync(secret);
  writeFileSync(join(secret, 'README.md'), readme);
  const escaping = repository(fleet, 'escaping', { 'keep.txt': 'x' });
  symlinkSync(join(secret, 'README.md'), join(escaping, 'README.md'));
  symlinkSync('/etc/passwd', join(escaping, 'LICENSE'));
  git(escaping, 'add', '-A');
  git(escaping, 'commit', '-q', '-m', 'Links that lead outside');
  repository(fleet, 'odd-names', {
    'README.md': readme,
    '--upload-pack=touch pwned': 'x',
    'new\nline': 'x',
  });
  const bytes = join(fleet, 'odd-names');
  writeFileSync(
    Buffer.concat([Buffer.from(`${bytes}/`), Buffer.from([0xff, 0xfe])]),
    'x',
  );
  git(bytes, 'add', '-A');
  git(bytes, 'commit', '-q', '-m', 'A name that is not UTF-8');
  const hooked = repository(fleet, 'hooked', { 'README.md': readme });
  for (const [key, value] of [
    ['core.fsmonitor', `touch ${join(dir, 'pwned')}`],
    ['core.sshCommand', `touch ${join(dir, 'pwned')}`],
    ['core.pager', `touch ${join(dir, 'pwned')}`],
    ['filter.evil.smudge', `touch ${join(dir, 'pwned')}`],
  ]) {
    git(hooked, 'config', key, value);
  }
  repository(fleet, 'shared', { 'README.md': readme, 'api/README.md': readme });

  return fleet;
}

/** A host that refuses, misunderstands and fails, by the first part of the path. */
export async function startBadHost(): Promise<Server> {
  const host = createServer((req, response) => {
    if (req.url?.startsWith('/private/')) {
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="x"' }).end();
    } else if (req.url?.startsWith('/html/')) {
      response.writeHead(200, { 'Content-Type': 'text/html' });
      response.end('<html>Sign in</html>');
    } else if (req.url?.startsWith('/broken/')) {
      response.writeHead(502).end('Bad gateway');
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>(resolve => {
    host.listen(0, '127.0.0.1', resolve);
  });
  return host;
}
