import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import {
  assertCommit,
  SourceError,
  type AnnotatedEntity,
  type CommitAdditions,
  type CommitReading,
  type EntityLocation,
  type RepositoryLocation,
  type RepositorySnapshot,
  type RepositorySource,
  type RepositoryTree,
} from 'backstage-plugin-fettle-node';
import { readGitConfig } from './config/readGitConfig';
import type { GitConfig } from './config/GitConfig';
import { RemoteCredentials } from './credentials/RemoteCredentials';
import { discoverRepositories } from './discover/discoverRepositories';
import { asSource } from './git/toSourceError';
import { assertRemote } from './locate/assertRemote';
import { KnownAddresses } from './locate/KnownAddresses';
import { LocalFolders } from './locate/LocalFolders';
import { openFolder } from './locate/openFolder';
import { locateEntity } from './locate/locateEntity';
import { MirrorCache } from './mirror/MirrorCache';
import { RemoteGit } from './mirror/RemoteGit';
import { ReadingLimit } from './read/ReadingLimit';
import { GitTree } from './read/GitTree';
import type { LocalRepository } from './read/LocalRepository';
import { readCommit } from './read/readCommit';
import { contains, listCommits, readAdditions } from './read/readHistory';
import { readSnapshot } from './read/readSnapshot';
import { inPlace, type WritableRepository } from './change/WritableRepository';
import { LocalWatch } from './watch/LocalWatch';

/** Commits whose additions are read at once; others may read between. */
const COMMITS_AT_ONCE = 100;

/** @internal */
export interface GitRepositorySourceOptions {
  config: Config;
  logger: LoggerService;
  now?: () => Date;
  cwd?: string;
}

/**
 * Reads any Git remote, through a bare mirror, and any folder, in place, with
 * system git. Nothing is checked out and nothing of a repository is executed.
 */
export class GitRepositorySource implements RepositorySource {
  readonly id = 'git';
  /** It reads any remote; a host's own module knows its host better. */
  readonly fallback = true;

  /** Throws where `fettle.git` holds something that cannot be used. */
  static fromConfig(options: GitRepositorySourceOptions): GitRepositorySource {
    const config = readGitConfig(options.config, {
      cwd: options.cwd ?? process.cwd(),
    });
    const configured = config.repositories.flatMap(repository =>
      'address' in repository ? [repository.address] : [],
    );
    const credentials = new RemoteCredentials(options.config, configured);
    return new GitRepositorySource(
      config,
      {
        addresses: new KnownAddresses(config, host =>
          credentials.knowsHost(host),
        ),
        folders: new LocalFolders(
          [
            ...config.repositories.flatMap(repository =>
              'folder' in repository ? [repository.folder] : [],
            ),
            ...config.allowedFolders,
          ],
          config.projectFolder,
        ),
      },
      new MirrorCache({
        folder: config.cacheDir,
        remoteGit: new RemoteGit(credentials, config.checkTimeoutMs),
        fetchTimeoutMs: config.fetchTimeoutMs,
        maxBytes: config.maxMirrorBytes,
        logger: options.logger,
      }),
      options.logger,
      options.now ?? (() => new Date()),
    );
  }

  private readonly stopped = new AbortController();
  private readonly limit: ReadingLimit;
  private readonly localWatch: LocalWatch;

  private constructor(
    private readonly config: GitConfig,
    private readonly known: {
      addresses: KnownAddresses;
      folders: LocalFolders;
    },
    private readonly mirrors: MirrorCache,
    logger: LoggerService,
    private readonly now: () => Date,
  ) {
    this.limit = new ReadingLimit(config);
    this.localWatch = new LocalWatch(logger, location => {
      try {
        return known.folders.find(location);
      } catch {
        // Its snapshot says why it cannot be read.
        return undefined;
      }
    });
  }

  locate(entity: AnnotatedEntity): EntityLocation | undefined {
    return locateEntity(entity, this.known);
  }

  async discover(options: { signal: AbortSignal }) {
    return discoverRepositories(
      this.config.repositories,
      this.known,
      options.signal,
    );
  }

  reads(location: RepositoryLocation): boolean {
    return /^(https?|ssh|file):\/\//.test(location.remote);
  }

  async snapshot(
    location: RepositoryLocation,
    options: { signal: AbortSignal },
  ): Promise<RepositorySnapshot> {
    const signal = this.untilStopped(options.signal);
    return this.limit.run(location, () =>
      this.readHealed(location, signal, 'refresh', repository =>
        readSnapshot(repository, { signal, now: this.now() }),
      ),
    );
  }

  async readTree(
    location: RepositoryLocation,
    commit: string,
    options: { signal: AbortSignal },
  ): Promise<RepositoryTree> {
    assertCommit(location, commit);
    const signal = this.untilStopped(options.signal);
    return this.limit.run(location, () =>
      this.readHealed(location, signal, 'open', repository =>
        GitTree.open(repository, commit, {
          signal,
          maxEntries: this.config.maxFiles,
        }),
      ),
    );
  }

  async readCommit(
    location: RepositoryLocation,
    commit: string,
    options: { signal: AbortSignal; since?: string },
  ): Promise<CommitReading> {
    assertCommit(location, commit);
    const signal = this.untilStopped(options.signal);
    return this.limit.run(location, () =>
      this.readHealed(location, signal, 'open', repository =>
        readCommit(repository, commit, { signal, since: options.since }),
      ),
    );
  }

  async *readHistory(
    location: RepositoryLocation,
    commit: string,
    options: { signal: AbortSignal; since?: string },
  ): AsyncGenerator<CommitAdditions> {
    const { since } = options;
    for (const one of [commit, since ?? commit]) assertCommit(location, one);
    const signal = this.untilStopped(options.signal);
    const read = <T>(task: (repository: LocalRepository) => Promise<T>) =>
      this.limit.run(location, () =>
        this.readHealed(location, signal, 'open', task),
      );
    const commits = await read(repository =>
      listCommits(repository, commit, { signal, since }),
    );
    for (let at = 0; at < commits.length; at += COMMITS_AT_ONCE) {
      const some = commits.slice(at, at + COMMITS_AT_ONCE);
      yield* await read(repository =>
        readAdditions(repository, some, { signal }),
      );
    }
  }

  async contains(
    location: RepositoryLocation,
    commit: string,
    other: string,
    options: { signal: AbortSignal },
  ): Promise<boolean> {
    for (const one of [commit, other]) assertCommit(location, one);
    const signal = this.untilStopped(options.signal);
    return this.limit.run(location, () =>
      this.readHealed(location, signal, 'open', repository =>
        contains(repository, commit, other, { signal }),
      ),
    );
  }

  async watch(
    locations: readonly RepositoryLocation[],
    onChange: (location: RepositoryLocation) => void,
  ): Promise<void> {
    await this.localWatch.set(locations.filter(isLocal), onChange);
  }

  async close(): Promise<void> {
    this.stopped.abort();
    this.localWatch.close();
    await this.limit.idle();
  }

  /**
   * Lets a task write: to a folder in place, or to the copy of a remote, which
   * is up to date, and from there to the remote.
   */
  async write<T>(
    location: RepositoryLocation,
    options: { signal: AbortSignal },
    task: (repository: WritableRepository) => Promise<T>,
  ): Promise<T> {
    const signal = this.untilStopped(options.signal);
    const { remote } = location;
    return this.limit.run(location, () =>
      asSource(remote, async () => {
        if (isLocal(location)) {
          const repository = openFolder(this.known.folders, location);
          return task(inPlace(repository, { signal, now: this.now }));
        }
        assertRemote(remote);
        return this.mirrors.change(remote, signal, mirror =>
          task({
            ...{ ...mirror, signal, now: this.now, isRemote: true },
            publish: updates => this.mirrors.push(mirror, updates, { signal }),
            rehearse: updates =>
              this.mirrors.push(mirror, updates, { signal, dryRun: true }),
          }),
        );
      }),
    );
  }

  /** Reads a folder in place, or a mirror, which is fetched anew once where it is damaged. */
  private async readHealed<T>(
    location: RepositoryLocation,
    signal: AbortSignal,
    how: 'open' | 'refresh',
    read: (repository: LocalRepository) => Promise<T>,
  ): Promise<T> {
    const { remote } = location;
    return asSource(remote, async () => {
      if (isLocal(location))
        return read(openFolder(this.known.folders, location));
      assertRemote(remote);
      const mirror = await this.mirrors[how](remote, signal);
      try {
        return await asSource(remote, () => read(mirror));
      } catch (error) {
        if (!(error instanceof SourceError) || error.code !== 'corrupt') {
          throw error;
        }
        return read(await this.mirrors.renew(remote, signal));
      }
    });
  }

  private untilStopped(signal: AbortSignal): AbortSignal {
    return AbortSignal.any([signal, this.stopped.signal]);
  }
}

function isLocal({ remote }: RepositoryLocation) {
  return remote.startsWith('file:');
}
