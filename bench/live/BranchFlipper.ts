import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { git } from '../../demo/git';
import { now } from '../measure/clock';

const PREPARED = 'refs/bench/prepared';

/**
 * Pushes to a bare repository, so prepared that nothing but the update of the
 * branch is left to do: by turns a commit without the README and one with it.
 */
export class BranchFlipper {
  static async prepare(gitDir: string, count: number): Promise<BranchFlipper> {
    const head = await git(gitDir, ['rev-parse', 'refs/heads/main']);
    const files = await git(gitDir, ['ls-tree', '-r', '--name-only', head]);
    const name = files.split('\n').find(file => /^readme\.\w+$/i.test(file));
    if (!name) throw new Error(`${gitDir} has no README to remove`);
    const readme = await git(gitDir, ['rev-parse', `${head}:${name}`]);
    const date = Math.floor(Date.now() / 1000);
    const commits = Array.from({ length: count }, (_, i) => {
      const removes = i % 2 === 0;
      const subject = removes ? 'Tidy up' : 'Bring the README back';
      return [
        `commit ${PREPARED}`,
        `committer Amara <amara@example.com> ${date} +0000`,
        `data ${subject.length}`,
        subject,
        ...(i === 0 ? [`from ${head}`] : []),
        removes ? `D ${name}` : `M 100644 ${readme} ${name}`,
        '',
      ].join('\n');
    });
    await git(gitDir, ['fast-import', '--quiet'], {
      input: commits.join('\n'),
    });
    const ids = await git(gitDir, [
      'rev-list',
      '--reverse',
      PREPARED,
      `^${head}`,
    ]);
    return new BranchFlipper(gitDir, ids.split('\n'));
  }

  readonly #updates: ChildProcessWithoutNullStreams;
  #left: string[];
  #heard = '';
  #onAnswer: (() => void) | undefined;

  private constructor(gitDir: string, commits: string[]) {
    this.#left = commits;
    this.#updates = spawn('git', ['update-ref', '--stdin'], {
      cwd: gitDir,
      env: {
        PATH: process.env.PATH,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: '/dev/null',
      },
    });
    this.#updates.stdout.on('data', chunk => {
      this.#heard += chunk;
      this.#onAnswer?.();
    });
    this.#updates.stderr.pipe(process.stderr);
  }

  /** How many pushes are left. */
  get left(): number {
    return this.#left.length;
  }

  /**
   * Moves the branch on by one commit.
   *
   * @returns the moment before git was told to, with everything else done
   */
  async push(): Promise<number> {
    const commit = this.#left.shift();
    if (!commit) throw new Error('There are no prepared commits left');
    await this.#say(
      `start\nupdate refs/heads/main ${commit}\nprepare\n`,
      'prepare: ok\n',
    );
    const at = now();
    await this.#say('commit\n', 'commit: ok\n');
    return at;
  }

  close(): void {
    this.#updates.stdin.end();
  }

  async #say(command: string, answer: string): Promise<void> {
    this.#heard = '';
    await new Promise<void>((resolve, reject) => {
      this.#onAnswer = () => {
        if (this.#heard.endsWith(answer)) resolve();
      };
      this.#updates.once('exit', () => reject(new Error('git ended')));
      this.#updates.stdin.write(command);
    });
    this.#updates.removeAllListeners('exit');
  }
}
