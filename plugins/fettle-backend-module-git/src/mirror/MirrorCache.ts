import { createHash } from 'node:crypto';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { SourceError } from 'backstage-plugin-fettle-node';
import { runGit } from '../git/runGit';
import { toSourceError } from '../git/toSourceError';
import type { LocalRepository } from '../read/LocalRepository';
import { clearAbandonedLocks } from './clearAbandonedLocks';
import { withMirrorLock } from './MirrorLock';
import type { RefUpdate } from './RefUpdate';
import type { RemoteGit, RemoteRefs } from './RemoteGit';
import { watchMirrorSize } from './watchMirrorSize';

const LOCAL_TIMEOUT_MS = 60_000;
/** A name that git accepts for HEAD and that no fetch makes. */
const NO_DEFAULT = 'refs/fettle/no-default-branch';

/**
 * Bare copies of remotes, one folder each, named by a hash. A copy can be
 * deleted at any time: it is fetched again.
 */
export class MirrorCache {
  private readonly queues = new Map<string, Promise<unknown>>();

  constructor(
    private readonly options: {
      folder: string;
      remoteGit: RemoteGit;
      fetchTimeoutMs: number;
      maxBytes: number;
      logger: LoggerService;
    },
  ) {}

  /** The copy as it is, made if there is none. */
  async open(remote: string, signal: AbortSignal): Promise<LocalRepository> {
    const mirror = this.at(remote);
    return (await exists(path.join(mirror.gitDir, 'HEAD')))
      ? mirror
      : this.refresh(remote, signal);
  }

  /** The copy, made equal to the remote. One request where nothing has changed. */
  async refresh(remote: string, signal: AbortSignal): Promise<LocalRepository> {
    return this.inTurn(remote, async mirror => {
      const [wanted, present] = await Promise.all([
        this.options.remoteGit.listRefs(remote, signal),
        this.readOwnRefs(mirror, signal),
      ]);
      if (present === 'damaged') return this.rebuild(mirror, wanted, signal);
      if (present !== 'absent' && isSame(wanted, present)) return undefined;
      return withMirrorLock(`${mirror.gitDir}.lock`, signal, () =>
        this.fetch(mirror, wanted, signal),
      ).catch(error => {
        if (!isDamage(error) || present === 'absent') throw error;
        return this.rebuild(mirror, wanted, signal);
      });
    });
  }

  /** Runs a task on the copy, made equal to the remote, that no other changes meanwhile. */
  async change<T>(
    remote: string,
    signal: AbortSignal,
    task: (mirror: LocalRepository) => Promise<T>,
  ): Promise<T> {
    await this.open(remote, signal);
    let result: { value: T } | undefined;
    await this.inTurn(remote, mirror =>
      withMirrorLock(`${mirror.gitDir}.lock`, signal, async () => {
        await clearAbandonedLocks(mirror.gitDir);
        await this.options.remoteGit.fetch(remote, mirror.gitDir, {
          ...{ signal, timeoutMs: this.options.fetchTimeoutMs, records: true },
        });
        result = { value: await task(mirror) };
      }),
    );
    return result!.value;
  }

  /** Makes these changes of refs at the remote: all of them, or none. */
  async push(
    mirror: LocalRepository,
    updates: readonly RefUpdate[],
    options: { signal: AbortSignal; dryRun?: boolean },
  ): Promise<void> {
    await this.options.remoteGit.push(mirror.remote, mirror.gitDir, {
      ...{ updates, timeoutMs: this.options.fetchTimeoutMs, ...options },
    });
  }

  /** The copy, fetched anew, for when reading it has shown damage. */
  async renew(remote: string, signal: AbortSignal): Promise<LocalRepository> {
    return this.inTurn(remote, async mirror => {
      const wanted = await this.options.remoteGit.listRefs(remote, signal);
      await this.rebuild(mirror, wanted, signal);
    });
  }

  /** One after the other for each mirror. */
  private async inTurn(
    remote: string,
    task: (mirror: LocalRepository) => Promise<void>,
  ): Promise<LocalRepository> {
    const mirror = this.at(remote);
    const before = this.queues.get(mirror.gitDir) ?? Promise.resolve();
    const run = before.then(async () => {
      await prepareFolder(this.options.folder);
      await task(mirror);
    });
    // The next one waits for this one, however it ends.
    const settled = run.then(
      () => {},
      () => {},
    );
    this.queues.set(mirror.gitDir, settled);
    try {
      await run;
    } finally {
      if (this.queues.get(mirror.gitDir) === settled) {
        this.queues.delete(mirror.gitDir);
      }
    }
    return mirror;
  }

  /** Fetches into a new folder and then takes it: a remote that is damaged itself costs nothing that was there. */
  private async rebuild(
    mirror: LocalRepository,
    wanted: RemoteRefs,
    signal: AbortSignal,
  ) {
    this.options.logger.warn(
      `The copy of ${mirror.remote} is damaged and is fetched anew`,
    );
    const gitDir = `${mirror.gitDir}.new`;
    await withMirrorLock(`${mirror.gitDir}.lock`, signal, async () => {
      await fs.rm(gitDir, { recursive: true, force: true });
      await this.fetch(
        { ...mirror, gitDir, commonDir: gitDir },
        wanted,
        signal,
      );
      await fs.rm(mirror.gitDir, { recursive: true, force: true });
      await fs.rename(gitDir, mirror.gitDir);
    });
  }

  private at(remote: string): LocalRepository {
    const hash = createHash('sha256').update(remote).digest('hex').slice(0, 40);
    const gitDir = path.join(this.options.folder, `${hash}.git`);
    return { remote, gitDir, commonDir: gitDir, timeoutMs: LOCAL_TIMEOUT_MS };
  }

  private async readOwnRefs(
    mirror: LocalRepository,
    signal: AbortSignal,
  ): Promise<RemoteRefs | 'absent' | 'damaged'> {
    if (!(await exists(path.join(mirror.gitDir, 'HEAD')))) return 'absent';
    try {
      const [output, head] = await Promise.all([
        // The date makes git open each commit: a copy without them is no copy.
        this.own(
          mirror,
          [
            'for-each-ref',
            '--format=%(objectname)%09%(refname)%09%(committerdate:unix)',
            'refs/heads',
          ],
          signal,
        ),
        fs.readFile(path.join(mirror.gitDir, 'HEAD'), 'utf8'),
      ]);
      const branches = new Map<string, string>();
      for (const line of output.toString('latin1').split('\n')) {
        const [id, name] = line.split('\t');
        if (name) branches.set(name, id);
      }
      const target = head.trim().replace(/^ref: /, '');
      return {
        branches,
        defaultRef: target === NO_DEFAULT ? undefined : target,
      };
    } catch (error) {
      signal.throwIfAborted();
      const failure = toSourceError(error, mirror.remote);
      if (failure instanceof SourceError && failure.code === 'timeout') {
        throw failure;
      }
      return 'damaged';
    }
  }

  private async fetch(
    mirror: LocalRepository,
    wanted: RemoteRefs,
    signal: AbortSignal,
  ) {
    await this.create(mirror, wanted, signal);
    await clearAbandonedLocks(mirror.gitDir);
    const size = watchMirrorSize(mirror, this.options.maxBytes, signal);
    try {
      await this.options.remoteGit.fetch(mirror.remote, mirror.gitDir, {
        signal: size.signal,
        timeoutMs: this.options.fetchTimeoutMs,
      });
    } catch (error) {
      throw size.problem() ?? error;
    } finally {
      size.stop();
    }
    await this.own(
      mirror,
      ['symbolic-ref', 'HEAD', wanted.defaultRef ?? NO_DEFAULT],
      signal,
    );
    await this.own(mirror, ['gc', '--auto', '--quiet'], signal);
  }

  private async create(
    mirror: LocalRepository,
    wanted: RemoteRefs,
    signal: AbortSignal,
  ) {
    if (await exists(path.join(mirror.gitDir, 'HEAD'))) return;
    const [firstId] = wanted.branches.values();
    const format = firstId?.length === 64 ? 'sha256' : 'sha1';
    await runGit(
      [
        'init',
        '--quiet',
        '--bare',
        '--template=',
        `--object-format=${format}`,
        '--end-of-options',
        mirror.gitDir,
      ],
      { signal, timeoutMs: LOCAL_TIMEOUT_MS, maxOutputBytes: 64 * 1024 },
    );
  }

  private async own(
    mirror: LocalRepository,
    args: string[],
    signal: AbortSignal,
  ) {
    return runGit(args, {
      gitDir: mirror.gitDir,
      signal,
      timeoutMs: LOCAL_TIMEOUT_MS,
      maxOutputBytes: 64 * 1024 * 1024,
    });
  }
}

/** Others on this server must not be able to read what was fetched with the portal's credentials. */
async function prepareFolder(folder: string) {
  await fs.mkdir(folder, { recursive: true, mode: 0o700 });
  const { uid } = await fs.stat(folder);
  if (process.getuid && uid !== process.getuid()) {
    throw new SourceError(
      'failed',
      `The cache folder ${folder} belongs to another user of this server.`,
      'Set fettle.git.cacheDir to a folder of the user that runs the portal.',
    );
  }
}

function isDamage(error: unknown): error is SourceError {
  return error instanceof SourceError && error.code === 'corrupt';
}

function isSame(a: RemoteRefs, b: RemoteRefs) {
  if (a.defaultRef !== b.defaultRef || a.branches.size !== b.branches.size) {
    return false;
  }
  for (const [name, id] of a.branches) {
    if (b.branches.get(name) !== id) return false;
  }
  return true;
}

async function exists(file: string) {
  return fs.access(file).then(
    () => true,
    () => false,
  );
}
