import type { BareRepository } from './BareRepository';
import { runGit, tryGit } from './runGit';

/**
 * Somebody who writes a commit, as Git has it.
 *
 * @public
 */
export interface GitPerson {
  name: string;
  email: string;
}

/**
 * Writes to a bare repository as hosts do when their API is asked to.
 *
 * @public
 */
export class WritableGit {
  constructor(readonly repository: BareRepository) {}

  /** The tree of a commit or tree with these changes. */
  edit(
    base: string,
    changes: readonly {
      path: string;
      /** For example `100644`. */
      mode: string;
      /** An object id, a content, or null to delete. */
      to: { id: string } | Buffer | null;
    }[],
  ): string {
    const tree = this.git('rev-parse', `${base}^{tree}`);
    const parts = changes.map(({ path, mode, to }) => {
      const name = `"${path.replace(/["\\]/g, '\\$&')}"`;
      if (to === null) return Buffer.from(`D ${name}\n`);
      if (!Buffer.isBuffer(to))
        return Buffer.from(`M ${mode} ${to.id} ${name}\n`);
      const head = `M ${mode} inline ${name}\ndata ${to.length}\n`;
      return Buffer.concat([Buffer.from(head), to, Buffer.from('\n')]);
    });
    const start = `commit refs/fake/tree\ncommitter x <x> 0 +0000\ndata 0\n\nM 040000 ${tree} ""\n`;
    runGit(
      this.repository.folder,
      ['fast-import', '--quiet', '--force'],
      Buffer.concat([Buffer.from(start), ...parts]),
    );
    return this.git('rev-parse', 'refs/fake/tree^{tree}');
  }

  blob(content: Buffer): string {
    const { folder } = this.repository;
    return runGit(folder, ['hash-object', '-w', '--stdin'], content).trim();
  }

  commit(of: {
    tree: string;
    parents: readonly string[];
    message: string;
    author: GitPerson;
    committer?: GitPerson;
  }): string {
    const { tree, parents, message, author, committer = author } = of;
    const who = ({ name, email }: GitPerson) =>
      `${name} <${email}> 1780000000 +0000`;
    const lines = [
      ...[`tree ${tree}`, ...parents.map(parent => `parent ${parent}`)],
      ...[`author ${who(author)}`, `committer ${who(committer)}`, '', message],
    ];
    const how = ['hash-object', '-t', 'commit', '-w', '--stdin'];
    return runGit(this.repository.folder, how, lines.join('\n')).trim();
  }

  setBranch(name: string, commit: string): void {
    this.git('update-ref', `refs/heads/${name}`, commit);
  }

  contains(commit: string, other: string): boolean {
    const how = ['merge-base', '--is-ancestor', other, commit];
    return tryGit(this.repository.folder, how) !== null;
  }

  /** The tree of both; null where they conflict. */
  merged(base: string, head: string): string | null {
    const how = ['merge-tree', '--write-tree', base, head];
    return tryGit(this.repository.folder, how)?.toString().trim() ?? null;
  }

  /** Commits that `head` has and `from` has not, newest first. */
  log(from: string, head: string) {
    const format = '--format=%H%x00%an%x00%ae%x00%cn%x00%ce%x00%P%x00%B%x01';
    return this.git('log', format, `${from}..${head}`)
      .split('\x01')
      .map(text => text.trim())
      .filter(Boolean)
      .map(text => {
        const [id, name, email, byName, byEmail, parents, message] =
          text.split('\0');
        return {
          ...{ id, message, author: { name, email } },
          committer: { name: byName, email: byEmail },
          parents: parents.split(' ').filter(Boolean),
        };
      });
  }

  git(...args: string[]): string {
    return runGit(this.repository.folder, args).trim();
  }
}
