import {
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { SourceError, type Obstacle } from 'backstage-plugin-fettle-node';
import type { DependencyConfig } from '../../config/StepsConfig';
import { findProgram } from './findProgram';
import { runProgram, type ProgramResult } from './runProgram';

const MOST_LOCKFILE_BYTES = 64 * 1024 * 1024;
/** What scripts that start tools are made of. Above all no `git`, with which tools would fetch what a manifest names. */
const BASICS = ['sh', 'env', 'dirname', 'basename', 'sed', 'uname', 'readlink'];

export interface ToolRun {
  /** Its name in PATH, and in `tools` of the config. */
  program: string;
  args: readonly string[];
  /** Others that it starts itself. */
  programs?: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** Below the folder of the project. */
  cwd?: string;
}

/**
 * An empty folder in which a tool works on a manifest and its lockfile: with a
 * home of its own, no environment but what is given, and few programs in reach.
 * Used within {@link ToolFolder.use}, after which it is gone.
 */
export class ToolFolder {
  private constructor(
    private readonly root: string,
    private readonly config: DependencyConfig,
    private readonly remote: string,
    private readonly signal: AbortSignal,
  ) {}

  static async use<T>(
    options: { config: DependencyConfig; remote: string; signal: AbortSignal },
    work: (folder: ToolFolder) => Promise<T>,
  ): Promise<T> {
    const root = await mkdtemp(join(tmpdir(), 'fettle-update-'));
    const { config, remote, signal } = options;
    const folder = new ToolFolder(root, config, remote, signal);
    try {
      for (const name of ['work', 'home', 'tmp', 'bin']) {
        await mkdir(join(root, name), { mode: 0o700 });
      }
      for (const name of BASICS) {
        const found = await findProgram(name, new Map(), '/usr/bin:/bin');
        if (found) await symlink(found, join(root, 'bin', name));
      }
      await symlink(process.execPath, join(root, 'bin', 'node'));
      return await work(folder);
    } finally {
      await rm(root, { recursive: true, force: true, maxRetries: 3 });
    }
  }

  get home(): string {
    return join(this.root, 'home');
  }

  get temporary(): string {
    return join(this.root, 'tmp');
  }

  /** Writes a file of the project; its path is one of the repository's tree. */
  async write(path: string, text: string): Promise<void> {
    const at = this.#inWork(path);
    await mkdir(dirname(at), { recursive: true });
    await writeFile(at, text);
  }

  async writeHome(name: string, text: string): Promise<void> {
    const at = join(this.home, name);
    await mkdir(dirname(at), { recursive: true });
    await writeFile(at, text, { mode: 0o600 });
  }

  /** What the tool made of a file; undefined where there is none. */
  async read(path: string): Promise<string | undefined> {
    const at = this.#inWork(path);
    const stats = await lstat(at).catch(() => undefined);
    if (!stats?.isFile()) return undefined;
    if (stats.size > MOST_LOCKFILE_BYTES) {
      throw new SourceError(
        'too-large',
        `${path} of ${this.remote} would be over ${MOST_LOCKFILE_BYTES} bytes.`,
        'Update it by hand.',
      );
    }
    return readFile(at, 'utf8');
  }

  /** @throws SourceError where it takes too long or too much, or cannot be started */
  async run({
    program,
    args,
    programs = [],
    env = {},
    cwd = '',
  }: ToolRun): Promise<ProgramResult> {
    const found = await findProgram(program, this.config.tools);
    if (!found) {
      throw new SourceError('failed', ...missing(program, this.remote));
    }
    for (const name of programs) {
      const at = await findProgram(name, this.config.tools);
      const link = join(this.root, 'bin', name);
      if (at && !(await lstat(link).catch(() => undefined))) {
        await symlink(at, link);
      }
    }
    const { timeoutMs, maxOutputBytes, maxFolderBytes } = this.config;
    const result = await runProgram(found, args, {
      cwd: cwd === '' ? join(this.root, 'work') : this.#inWork(cwd),
      env: {
        ...this.config.environment,
        PATH: join(this.root, 'bin'),
        HOME: this.home,
        TMPDIR: this.temporary,
        LANG: 'C.UTF-8',
        ...{ CI: '1', NO_COLOR: '1', TERM: 'dumb' },
        // A shim of it would load the version that the manifest names.
        ...{ COREPACK_ENABLE_NETWORK: '0', COREPACK_ENABLE_PROJECT_SPEC: '0' },
        ...env,
      },
      ...{ folder: this.root, signal: this.signal },
      ...{ timeoutMs, maxOutputBytes, maxFolderBytes },
    });
    if (result.ended === undefined) return result;
    const limit = {
      aborted: ['timeout', 'nobody waits for it any more'],
      timeout: ['timeout', `it took over ${timeoutMs / 1000} s`],
      'too-much-output': ['too-large', 'it said too much'],
      'too-much-space': ['too-large', 'it needed too much space'],
      'not-started': ['failed', 'it could not be started'],
    } as const;
    const [code, why] = limit[result.ended];
    throw new SourceError(
      code,
      `${program} was ended while it updated ${this.remote}: ${why}.`,
      'Look at what the manifest asks for, or raise the limits in `fettle.steps.updateDependency`.',
    );
  }

  #inWork(path: string): string {
    const parts = path.split('/');
    if (
      parts.some(part => ['', '.', '..'].includes(part) || /[\0\\]/.test(part))
    ) {
      throw new SourceError(
        'invalid',
        `A path of ${this.remote} cannot be used here.`,
        'Rename the folder, or update it by hand.',
      );
    }
    return join(this.root, 'work', ...parts);
  }
}

function missing(program: string, remote: string): [string, string] {
  return [
    `To update ${remote} takes ${program}, which is not installed where this backend runs.`,
    `Install ${program}, or name it in \`fettle.steps.updateDependency.tools.${program}\`.`,
  ];
}

/** Said while planning, before anything is tried. */
export async function toolObstacles(
  program: string,
  options: { config: DependencyConfig; remote: string },
): Promise<Obstacle[]> {
  if (await findProgram(program, options.config.tools)) return [];
  const [message, action] = missing(program, options.remote);
  return [{ code: 'tool-missing', message, action }];
}

/** The end of what a tool said, for people; secrets are taken out. */
export function lastWords(output: string, secrets: readonly string[]): string {
  const plain = stripVTControlCharacters(output)
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '' && !/A complete log of this run/.test(line))
    .slice(-8)
    .join(' ');
  return secrets
    .filter(secret => secret.length > 0)
    .reduce((text, secret) => text.replaceAll(secret, '…'), plain)
    .slice(0, 600);
}
