import { PEOPLE, type Person } from '../catalog/people';
import type { SeededRandom } from './SeededRandom';

/** Content by path; null deletes. */
export type Files = Record<string, string | null>;

export interface DemoCommit {
  daysAgo: number;
  by: Person;
  subject: string;
  files: Files;
  branch?: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * A repository's past, told from its first commit on and written as a stream
 * for `git fast-import`, which takes a thousand commits in a fraction of a
 * second.
 */
export class History {
  private readonly parts: Buffer[] = [];
  private readonly branches = new Map<string, Files>();
  private readonly trunk: { daysAgo: number; mark: number }[] = [];

  constructor(
    private readonly now: Date,
    readonly random: SeededRandom,
    private readonly defaultBranch = 'main',
  ) {}

  commit(commit: DemoCommit): void {
    this.write(commit, commit.branch ?? this.defaultBranch);
  }

  /** Starts a branch where the default branch was at that time, with one commit. */
  branch(name: string, commit: Omit<DemoCommit, 'branch'>): void {
    const start = this.trunk.findLast(at => at.daysAgo >= commit.daysAgo);
    if (!start) {
      throw new Error(`Branch ${name} is older than its repository`);
    }
    this.write(commit, name, { from: `:${start.mark}` });
  }

  /** Merges a branch into the default branch; the branch stays. */
  merge(name: string, commit: Pick<DemoCommit, 'daysAgo' | 'by'>): void {
    this.write(
      {
        ...commit,
        subject: `Merge branch '${name}'`,
        files: this.branches.get(name) ?? {},
      },
      this.defaultBranch,
      { merge: name },
    );
  }

  tag(name: string): void {
    this.text(`reset refs/tags/${name}\n`);
    this.text(`from refs/heads/${this.defaultBranch}\n\n`);
  }

  /** The day of a commit, as people write it. */
  day(daysAgo: number): string {
    return this.at(daysAgo).toISOString().slice(0, 10);
  }

  toStream(): Buffer {
    return Buffer.concat([...this.parts, Buffer.from('done\n')]);
  }

  private write(
    commit: DemoCommit,
    branch: string,
    parents: { from?: string; merge?: string } = {},
  ): void {
    const { name, email } = PEOPLE[commit.by];
    const seconds = Math.floor(this.at(commit.daysAgo).getTime() / 1000);
    this.text(`commit refs/heads/${branch}\n`);
    if (branch === this.defaultBranch) {
      const mark = this.trunk.length + 1;
      this.trunk.push({ daysAgo: commit.daysAgo, mark });
      this.text(`mark :${mark}\n`);
    }
    this.text(`committer ${name} <${email}> ${seconds} +0000\n`);
    this.data(`${commit.subject}\n`);
    if (parents.from) this.text(`from ${parents.from}\n`);
    if (parents.merge) this.text(`merge refs/heads/${parents.merge}\n`);
    for (const [path, content] of Object.entries(commit.files)) {
      if (content === null) {
        this.text(`D ${path}\n`);
      } else {
        this.text(`M ${isScript(path) ? '100755' : '100644'} inline ${path}\n`);
        this.data(content);
      }
    }
    this.text('\n');
    this.branches.set(branch, {
      ...this.branches.get(branch),
      ...commit.files,
    });
  }

  private at(daysAgo: number): Date {
    return new Date(this.now.getTime() - daysAgo * DAY_MS);
  }

  private data(content: string): void {
    const bytes = Buffer.from(content, 'utf8');
    this.parts.push(Buffer.from(`data ${bytes.length}\n`), bytes);
    this.text('\n');
  }

  private text(text: string): void {
    this.parts.push(Buffer.from(text, 'utf8'));
  }
}

function isScript(path: string): boolean {
  return path.endsWith('.ci/run') || path.endsWith('.sh');
}
