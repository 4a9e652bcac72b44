import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { RepositoryLocation } from '../contracts/RepositorySource';
import type { MemoryFile } from './MemoryTree';
import { runGit, tryGit } from './runGit';
import type {
  ChangeableRepository,
  CommitContents,
  ScriptedCommit,
} from './ScriptedRepository';

/**
 * A real bare repository, written by `git fast-import`, for a fake host to
 * answer from.
 *
 * @public
 */
export class BareRepository implements ChangeableRepository {
  constructor(readonly location: RepositoryLocation, readonly folder: string) {
    runGit('/', ['init', '-q', '--bare', '-b', 'main', folder]);
  }

  get defaultBranch(): string {
    return this.#file('HEAD').replace('ref: refs/heads/', '').trim();
  }

  async commit(script: ScriptedCommit): Promise<string> {
    const branch = script.branch ?? 'main';
    const { name, email } = script.author ?? {
      ...{ name: 'Ada Lovelace', email: 'ada@example.com' },
    };
    const who = `${name} <${email}> ${Date.parse(script.at) / 1000} +0000`;
    const parent = this.find(branch) || this.find('main');
    const files = Object.entries(script.files ?? {});
    const input = Buffer.concat([
      Buffer.from(`commit refs/heads/${branch}\nmark :1\n`),
      Buffer.from(`author ${who}\ncommitter ${who}\n`),
      data(Buffer.from(script.message ?? 'Change')),
      Buffer.from(parent && `from ${parent}\n`),
      Buffer.from(script.merge ? `merge refs/heads/${script.merge}\n` : ''),
      ...files.map(([path, file]) => change(quote(path), file)),
    ]);
    runGit(this.folder, ['fast-import', '--quiet', '--force'], input);
    return this.find(branch);
  }

  async setDefaultBranch(branch: string) {
    runGit(this.folder, ['symbolic-ref', 'HEAD', `refs/heads/${branch}`]);
  }

  async deleteBranch(branch: string) {
    runGit(this.folder, ['update-ref', '-d', `refs/heads/${branch}`]);
  }

  async remove() {
    rmSync(this.folder, { recursive: true });
  }

  /** The commit of a branch; empty where there is no such branch. */
  find(branch: string): string {
    const ref = `refs/heads/${branch}`;
    const packed = () =>
      this.#file('packed-refs')
        .split('\n')
        .find(line => line.endsWith(` ${ref}`))
        ?.split(' ')[0];
    return this.#file(ref).trim() || (packed() ?? '');
  }

  /** Read as it lies there: a process for each costs most of the time of a test. */
  #file(name: string): string {
    const file = join(this.folder, name);
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }

  read(commit: string): CommitContents {
    const format = '--format=%P%x00%ae%x00%B';
    const [parents, email, message] = runGit(this.folder, [
      ...['show', '-s', format, commit],
    ]).split('\0');
    const listed = runGit(this.folder, ['ls-tree', '-r', '-z', commit]);
    const files = listed.split('\0').filter(Boolean);
    return {
      parents: parents.split(' ').filter(Boolean),
      ...{ email, message: message.trim() },
      files: Object.fromEntries(
        files.map(line => {
          const tab = line.indexOf('\t');
          const [mode, , id] = line.slice(0, tab).split(' ');
          return [line.slice(tab + 1), this.#content(mode, id)];
        }),
      ),
    };
  }

  #content(mode: string, id: string): MemoryFile {
    if (mode === '160000') return { submodule: true };
    const bytes = tryGit(this.folder, ['cat-file', 'blob', id])!;
    // A text that is none stays bytes.
    const text = bytes.toString();
    if (mode === '120000') return { symlink: text };
    if (mode === '100755') return { text, executable: true };
    return bytes.equals(Buffer.from(text)) ? text : bytes;
  }

  has(object: string): boolean {
    return tryGit(this.folder, ['cat-file', '-e', object]) !== null;
  }
}

function change(path: string, file: MemoryFile | null): Buffer {
  if (file === null) return Buffer.from(`D ${path}\n`);
  if (typeof file === 'string' || Buffer.isBuffer(file)) {
    return inline('100644', path, Buffer.from(file));
  }
  if ('submodule' in file) {
    return Buffer.from(`M 160000 ${'a'.repeat(40)} ${path}\n`);
  }
  return 'symlink' in file
    ? inline('120000', path, Buffer.from(file.symlink))
    : inline('100755', path, Buffer.from(file.text));
}

function inline(mode: string, path: string, content: Buffer): Buffer {
  const head = Buffer.from(`M ${mode} inline ${path}\n`);
  return Buffer.concat([head, data(content)]);
}

function data(content: Buffer): Buffer {
  const head = Buffer.from(`data ${content.length}\n`);
  return Buffer.concat([head, content, Buffer.from('\n')]);
}

/** `\xNN` becomes that byte, in git's octal notation. */
function quote(path: string): string {
  const escaped = path.replace(/\\x([0-9a-f]{2})|["\\\n]/g, (found, hex) => {
    const code = hex ? parseInt(hex, 16) : found.charCodeAt(0);
    return `\\${code.toString(8).padStart(3, '0')}`;
  });
  return `"${escaped}"`;
}
