import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const MOST_BYTES = 64 * 1024 * 1024;
/** With no settings but those of the repository. */
const ENV = {
  PATH: process.env.PATH ?? '',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
};

/** Texts by path. */
export type Files = Record<string, string>;

/** One real bare repository, written and read by system git, past everything that is tested. */
export class Repository {
  readonly folder: string;
  readonly remote: string;

  constructor(root: string, readonly name: string) {
    this.folder = join(root, `${name}.git`);
    this.remote = pathToFileURL(join(root, name)).href;
  }

  async create(files: Files): Promise<this> {
    await mkdir(this.folder, { recursive: true });
    await this.#git('init', '--quiet', '--bare', '-b', 'main', '.');
    await this.commit('Begin', files);
    return this;
  }

  /** A commit of someone else on a branch, new or not; null deletes a file. */
  async commit(
    message: string,
    files: Record<string, string | null>,
    options: { branch?: string; daysAgo?: number } = {},
  ): Promise<string> {
    const { branch = 'main', daysAgo = 0 } = options;
    const parent = (await this.head(branch)) ?? (await this.head());
    const seconds = Math.floor(Date.now() / 1000) - daysAgo * 24 * 3600;
    const data = (of: string) => `data ${Buffer.byteLength(of)}\n${of}\n`;
    const changes = Object.entries(files).map(([path, content]) =>
      content === null
        ? `D ${path}\n`
        : `M 100644 inline ${path}\n${data(content)}`,
    );
    const commit = await this.#feed(
      ['fast-import', '--quiet', '--done'],
      [
        `commit refs/heads/${branch}\nmark :1\n`,
        `committer Ada <ada@example.com> ${seconds} +0000\n${data(message)}`,
        ...(parent ? [`from ${parent}\n`] : []),
        ...changes,
        'get-mark :1\ndone\n',
      ].join(''),
    );
    return commit.trim();
  }

  async branch(name: string, commit: string): Promise<void> {
    await this.#git('update-ref', `refs/heads/${name}`, commit);
  }

  async deleteBranch(name: string): Promise<void> {
    await this.#git('update-ref', '-d', `refs/heads/${name}`);
  }

  async head(branch = 'main'): Promise<string | undefined> {
    return (await this.branches()).get(branch);
  }

  /** Commits by the names of branches. */
  async branches(): Promise<Map<string, string>> {
    const format = '--format=%(refname:lstrip=2) %(objectname)';
    const listed = await this.#git('for-each-ref', format, 'refs/heads');
    return new Map(
      lines(listed).map(line => line.split(' ') as [string, string]),
    );
  }

  /** Of the default branch. */
  async files(): Promise<Files> {
    const listed = await this.#git('ls-tree', '-rz', 'main');
    const entries = listed.split('\0').filter(Boolean);
    const blobs = entries.map(line => line.split(/[ \t]/, 3)[2]);
    const output = await this.#feed(
      ['cat-file', '--batch=%(objectsize)'],
      blobs.map(blob => `${blob}\n`).join(''),
    );
    let rest = Buffer.from(output);
    return Object.fromEntries(
      entries.map(line => {
        const start = rest.indexOf('\n') + 1;
        const end = start + Number(rest.subarray(0, start).toString());
        const content = rest.subarray(start, end).toString();
        rest = rest.subarray(end + 1);
        return [line.slice(line.indexOf('\t') + 1), content];
      }),
    );
  }

  /** All of the default branch: what is missing was rewritten. */
  async commits(): Promise<string[]> {
    return lines(await this.#git('rev-list', 'main'));
  }

  /** Commits of the default branch whose message has a text. */
  async commitsWith(message: string): Promise<string[]> {
    const filter = ['--no-merges', '--fixed-strings', `--grep=${message}`];
    return lines(await this.#git('log', '--format=%H', ...filter, 'main'));
  }

  async #git(...args: string[]): Promise<string> {
    const options = { cwd: this.folder, maxBuffer: MOST_BYTES, env: ENV };
    return (await run('git', args, options)).stdout;
  }

  async #feed(args: string[], input: string): Promise<string> {
    const child = spawn('git', args, {
      cwd: this.folder,
      env: ENV,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    child.stdin.end(input);
    const [output, [code]] = await Promise.all([
      text(child.stdout),
      once(child, 'exit'),
    ]);
    if (code !== 0) throw new Error(`git ${args[0]} in ${this.name}: ${code}`);
    return output;
  }
}

function lines(output: string): string[] {
  return output.split('\n').filter(Boolean);
}
