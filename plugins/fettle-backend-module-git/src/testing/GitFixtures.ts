import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { mockServices } from '@backstage/backend-test-utils';
import type { RepositoryLocation } from 'backstage-plugin-fettle-node';
import type {
  MemoryFile,
  ScriptedCommit,
  ScriptedRepository,
} from 'backstage-plugin-fettle-node/testUtils';
import { GitRepositorySource } from '../GitRepositorySource';

export const NOW = new Date('2026-06-01T12:00:00.000Z');

// Each of these tests starts dozens of processes; a busy machine takes its time.
jest.setTimeout(180_000);

/** A folder of real bare repositories, and sources that read it. */
export class GitFixtures {
  readonly root = realpathSync(mkdtempSync(path.join(tmpdir(), 'fettle-git-')));
  readonly repositories = path.join(this.root, 'repositories');
  readonly cacheDir = path.join(this.root, 'cache');
  private readonly sources: GitRepositorySource[] = [];

  constructor() {
    mkdirSync(this.repositories);
  }

  source(settings: object = {}, rest: object = {}): GitRepositorySource {
    const source = GitRepositorySource.fromConfig({
      config: mockServices.rootConfig({
        data: {
          ...rest,
          fettle: {
            git: {
              repositories: [this.repositories],
              cacheDir: this.cacheDir,
              ...settings,
            },
          },
        },
      }),
      logger: mockServices.logger.mock(),
      now: () => NOW,
      cwd: this.root,
    });
    this.sources.push(source);
    return source;
  }

  create(name: string): GitFixtureRepository {
    const folder = path.join(this.repositories, `${name}.git`);
    git(this.root, ['init', '-q', '--bare', '-b', 'main', folder]);
    return new GitFixtureRepository(name, folder);
  }

  async dispose() {
    await Promise.all(this.sources.map(source => source.close()));
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** A real bare repository, written by `git fast-import`. */
export class GitFixtureRepository implements ScriptedRepository {
  readonly location: RepositoryLocation;

  constructor(readonly name: string, readonly folder: string) {
    this.location = {
      remote: pathToFileURL(folder.replace(/\.git$/, '')).href,
      name,
      host: 'localhost',
    };
  }

  async commit(script: ScriptedCommit): Promise<string> {
    const branch = script.branch ?? 'main';
    const author = script.author ?? {
      name: 'Ada Lovelace',
      email: 'ada@example.com',
    };
    const when = `${Date.parse(script.at) / 1000} +0000`;
    const who = `${author.name} <${author.email}> ${when}`;
    const parts: (string | Buffer)[] = [
      `commit refs/heads/${branch}\nmark :1\nauthor ${who}\ncommitter ${who}\n`,
      data(Buffer.from(script.message ?? 'Change')),
    ];
    const parent = this.find(branch) ?? this.find('main');
    if (parent) parts.push(`from ${parent}\n`);
    if (script.merge) parts.push(`merge refs/heads/${script.merge}\n`);
    for (const [name, file] of Object.entries(script.files ?? {})) {
      parts.push(change(name, file));
    }
    git(
      this.folder,
      ['fast-import', '--quiet', '--force'],
      Buffer.concat(parts.map(part => Buffer.from(part as string))),
    );
    return this.find(branch)!;
  }

  async setDefaultBranch(branch: string) {
    git(this.folder, ['symbolic-ref', 'HEAD', `refs/heads/${branch}`]);
  }

  async deleteBranch(branch: string) {
    git(this.folder, ['update-ref', '-d', `refs/heads/${branch}`]);
  }

  async remove() {
    rmSync(this.folder, { recursive: true });
  }

  private find(branch: string): string | undefined {
    const output = git(this.folder, [
      'for-each-ref',
      '--format=%(objectname)',
      `refs/heads/${branch}`,
    ]);
    return output.trim() || undefined;
  }
}

/** Runs git for a test, with nothing of the machine's configuration. */
export function git(cwd: string, args: string[], input?: Buffer): string {
  const { status, stdout, stderr, error } = spawnSync('git', args, {
    cwd,
    input,
    maxBuffer: 1024 * 1024 * 1024,
    env: {
      PATH: process.env.PATH,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_AUTHOR_NAME: 'Ada Lovelace',
      GIT_AUTHOR_EMAIL: 'ada@example.com',
      GIT_COMMITTER_NAME: 'Ada Lovelace',
      GIT_COMMITTER_EMAIL: 'ada@example.com',
    },
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  return stdout.toString();
}

function change(name: string, file: MemoryFile | null): Buffer {
  const quoted = quote(name);
  if (file === null) return Buffer.from(`D ${quoted}\n`);
  if (typeof file === 'string' || Buffer.isBuffer(file)) {
    return inline('100644', quoted, Buffer.from(file));
  }
  if ('symlink' in file) {
    return inline('120000', quoted, Buffer.from(file.symlink));
  }
  if ('submodule' in file) {
    return Buffer.from(`M 160000 ${'a'.repeat(40)} ${quoted}\n`);
  }
  return inline('100755', quoted, Buffer.from(file.text));
}

function inline(mode: string, quoted: string, content: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(`M ${mode} inline ${quoted}\n`),
    data(content),
  ]);
}

function data(content: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(`data ${content.length}\n`),
    content,
    Buffer.from('\n'),
  ]);
}

/** `\xNN` becomes that byte, in git's octal notation. */
function quote(name: string): string {
  const escaped = name.replace(
    /\\x([0-9a-f]{2})|["\\\n]/g,
    (character, hex?: string) => {
      const code = hex ? parseInt(hex, 16) : character.charCodeAt(0);
      return `\\${code.toString(8).padStart(3, '0')}`;
    },
  );
  return `"${escaped}"`;
}
