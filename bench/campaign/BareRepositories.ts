import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const IDENTITY = 'Bench <bench@example.com> 1767225600 +0000';
const FILES = 40;

/** What a commit looks like to `git fast-import`. */
function commit(message: string, files: Record<string, string>, on?: string) {
  const data = (text: string) => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const entries = Object.entries(files).map(
    ([path, text]) => `M 100644 inline ${path}\n${data(text)}`,
  );
  return [
    `commit refs/heads/main\ncommitter ${IDENTITY}\n${data(message)}`,
    ...(on ? [`from ${on}\n`] : []),
    ...entries,
    'done\n',
  ].join('');
}

async function fastImport(folder: string, stream: string): Promise<void> {
  const git = spawn('git', ['fast-import', '--quiet', '--done'], {
    cwd: folder,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  git.stdin.end(stream);
  const [code] = await once(git, 'exit');
  if (code !== 0) throw new Error(`git fast-import in ${folder}: ${code}`);
}

/** Bare repositories of Git, each with some files and no licence. */
export class BareRepositories {
  static async create(
    folder: string,
    count: number,
  ): Promise<BareRepositories> {
    const first = `${folder}-first.git`;
    await mkdir(folder, { recursive: true });
    await run('git', ['init', '--quiet', '--bare', '-b', 'main', first]);
    const files = Object.fromEntries(
      Array.from({ length: FILES }, (_, i) => [
        `src/${i}.txt`,
        `File ${i}\n`.repeat(50),
      ]),
    );
    await fastImport(
      first,
      commit('Begin', { 'README.md': '# It\n', ...files }),
    );
    const folders: string[] = [];
    for (let i = 0; i < count; i += 1) {
      const one = join(folder, `r${String(i).padStart(4, '0')}.git`);
      await cp(first, one, { recursive: true });
      folders.push(one);
    }
    return new BareRepositories(folders);
  }

  private constructor(readonly folders: readonly string[]) {}

  /** The same change by git alone, one repository after the other: milliseconds. */
  async changeBarely(text: string): Promise<number> {
    const start = performance.now();
    for (const folder of this.folders) {
      await fastImport(
        folder,
        commit('Add LICENSE', { LICENSE: text }, 'refs/heads/main^0'),
      );
    }
    return performance.now() - start;
  }

  /** How many commits the default branches hold that add a licence: read from Git itself. */
  async countChanged(): Promise<{ changed: number; twice: number }> {
    let changed = 0;
    let twice = 0;
    for (const folder of this.folders) {
      const { stdout } = await run(
        'git',
        ['log', '--format=%H', '--no-merges', 'main', '--', 'LICENSE'],
        { cwd: folder },
      );
      const commits = stdout.split('\n').filter(Boolean).length;
      changed += commits > 0 ? 1 : 0;
      twice += commits > 1 ? 1 : 0;
    }
    return { changed, twice };
  }
}
