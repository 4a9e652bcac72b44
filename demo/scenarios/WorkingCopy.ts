import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PEOPLE, type Person } from '../catalog/people';
import { git } from '../git';
import type { Files } from '../history/History';

/**
 * A person's clone of a repository, from which real pushes come. It has no
 * files on disk: commits are made in its object database, which keeps a push
 * well under a second.
 */
export class WorkingCopy {
  /** Clones a repository, works in the clone and removes it. */
  static async use<T>(
    remote: string,
    by: Person,
    now: Date,
    work: (copy: WorkingCopy) => Promise<T>,
  ): Promise<T> {
    const folder = await mkdtemp(join(tmpdir(), 'fettle-demo-'));
    try {
      await git(folder, [
        'clone',
        '--quiet',
        '--bare',
        '--shared',
        '--template=',
        '--',
        remote,
        'clone',
      ]);
      return await work(
        new WorkingCopy(join(folder, 'clone'), by, now, await head(remote)),
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  private constructor(
    private readonly folder: string,
    private readonly by: Person,
    private readonly now: Date,
    /** What a person who clones would push to. */
    readonly branch: string,
  ) {}

  /** The commit that a revision names; undefined if there is none. */
  async commitOf(revision: string): Promise<string | undefined> {
    const found = await git(this.folder, [
      'for-each-ref',
      '--format=%(objectname)',
      `refs/heads/${revision}`,
    ]);
    return found || undefined;
  }

  async parentOf(commit: string): Promise<string | undefined> {
    const line = await git(this.folder, [
      'rev-list',
      '--parents',
      '--max-count=1',
      commit,
    ]);
    return line.split(' ')[1];
  }

  async subjectOf(commit: string): Promise<string> {
    return git(this.folder, ['show', '--no-patch', '--format=%s', commit]);
  }

  async paths(commit: string): Promise<string[]> {
    const output = await git(this.folder, [
      'ls-tree',
      '-r',
      '-z',
      '--name-only',
      commit,
    ]);
    return output.split('\0').filter(Boolean);
  }

  async read(commit: string, path: string): Promise<string> {
    return git(this.folder, ['show', `${commit}:${path}`]);
  }

  /** Commits changes to the files of a parent; without a parent, the first commit. */
  async commit(
    parent: string | undefined,
    subject: string,
    files: Files,
  ): Promise<string> {
    const { name, email } = PEOPLE[this.by];
    const seconds = Math.floor(this.now.getTime() / 1000);
    const changes = Object.entries(files).map(([path, content]) =>
      content === null
        ? `D ${path}\n`
        : `M 100644 inline ${path}\ndata ${Buffer.byteLength(
            content,
          )}\n${content}\n`,
    );
    const stream = [
      'commit refs/demo/work\n',
      'mark :1\n',
      `committer ${name} <${email}> ${seconds} +0000\n`,
      `data ${Buffer.byteLength(subject)}\n${subject}\n`,
      parent ? `from ${parent}\n` : '',
      ...changes,
      '\nget-mark :1\ndone\n',
    ].join('');
    return git(
      this.folder,
      ['fast-import', '--quiet', '--done', '--force', '--cat-blob-fd=1'],
      { input: stream },
    );
  }

  /** A commit with exactly the files of another one, on top of a parent. */
  async commitTreeOf(
    source: string,
    parent: string,
    subject: string,
  ): Promise<string> {
    const { name, email } = PEOPLE[this.by];
    const date = `${Math.floor(this.now.getTime() / 1000)} +0000`;
    return git(
      this.folder,
      ['commit-tree', `${source}^{tree}`, '-p', parent, '-m', subject],
      {
        env: {
          GIT_AUTHOR_NAME: name,
          GIT_AUTHOR_EMAIL: email,
          GIT_AUTHOR_DATE: date,
          GIT_COMMITTER_NAME: name,
          GIT_COMMITTER_EMAIL: email,
          GIT_COMMITTER_DATE: date,
        },
      },
    );
  }

  async push(
    commit: string,
    branch: string,
    options: { force?: boolean } = {},
  ): Promise<void> {
    await git(this.folder, [
      'push',
      '--quiet',
      ...(options.force ? ['--force'] : []),
      'origin',
      `${commit}:refs/heads/${branch}`,
    ]);
  }
}

/** The branch to work on: the one that HEAD names, or the only other one there is. */
async function head(remote: string): Promise<string> {
  const named = await git(remote, ['symbolic-ref', '--short', 'HEAD']);
  const branches = (
    await git(remote, [
      'for-each-ref',
      '--format=%(refname:short)',
      'refs/heads',
    ])
  ).split('\n');
  return branches.includes(named) || branches[0] === '' ? named : branches[0];
}
