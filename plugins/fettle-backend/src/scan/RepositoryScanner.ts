import { createHash } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Reason } from 'backstage-plugin-fettle-common';
import {
  SourceError,
  type RepositoryTree,
  type Scanner,
} from 'backstage-plugin-fettle-node';
import { CachedTree } from '../collect/CachedTree';
import type { Registry } from '../registry/Registry';
import type { FettleStore, StoredRepository } from '../store/FettleStore';
import type {
  SecurityStore,
  StoredScan,
} from '../store/security/SecurityStore';
import { readFiles } from './readFiles';
import { ScanFailure, type ScanPool } from './ScanPool';

const FINGERPRINT_KEY = 'fingerprints';
/** 1 min, 2 min, 4 min … up to a day. */
const FIRST_RETRY_MS = 60_000;
const LAST_RETRY_MS = 24 * 60 * 60 * 1000;

/** Brings the scans of a repository up to its head: what was scanned at this commit is not scanned again. */
export class RepositoryScanner {
  readonly #digests = new Map<string, string>();
  #key?: Promise<string>;

  constructor(
    private readonly options: {
      store: FettleStore;
      security: SecurityStore;
      registry: Registry;
      pool: ScanPool;
      logger: LoggerService;
      clock: () => Date;
      timeoutSeconds: number;
      /** After components changed: asks the matchers about them. */
      match: (repositoryId: string, signal: AbortSignal) => Promise<unknown>;
      onChange: (repositoryId: string, revision: number) => void;
    },
  ) {}

  /** To its stored end; a scanner that fails is a stored state, not an error. */
  async scan(repositoryId: string, signal: AbortSignal): Promise<void> {
    const { store, security, registry } = this.options;
    const repository = await store.getRepository(repositoryId);
    const commit = repository?.headCommit;
    if (!repository || !commit) return;
    const known = await security.scans(repositoryId);
    const due = [...registry.scanners.values()].filter(scanner =>
      this.#isDue(scanner, commit, known),
    );
    if (due.length === 0) return;
    const { timeoutSeconds } = this.options;
    const until = AbortSignal.any([
      signal,
      AbortSignal.timeout(timeoutSeconds * 1000),
    ]);
    let tree: RepositoryTree | undefined;
    for (const scanner of due) {
      try {
        tree ??= await this.#openTree(repository, commit, until);
        await this.#scanWith(scanner, repository, tree);
      } catch (error) {
        // What is cut short by a stop is due again at the next reading.
        if (signal.aborted) return;
        await this.#fail(scanner, repository, toReason(error, repository));
      }
    }
    await this.options.match(repositoryId, signal);
  }

  async #scanWith(
    scanner: Scanner,
    repository: StoredRepository,
    tree: RepositoryTree,
  ): Promise<void> {
    const { security, pool, clock } = this.options;
    this.#key ??= security.portalKey(FINGERPRINT_KEY);
    const { files, problems } = await readFiles(tree, scanner);
    const report =
      files.length === 0
        ? {}
        : await pool.run(scanner.program, {
            files,
            options: scanner.options,
            key: await this.#key,
          });
    const { revision } = await security.saveScan(
      {
        repositoryId: repository.id,
        scannerId: scanner.id,
        digest: this.#digest(scanner),
        commit: tree.commit,
        report: {
          ...report,
          problems: [...problems, ...(report.problems ?? [])],
        },
      },
      clock(),
    );
    if (revision !== null) this.options.onChange(repository.id, revision);
  }

  async #fail(scanner: Scanner, repository: StoredRepository, reason: Reason) {
    const { security, clock, logger } = this.options;
    logger.warn(`${reason.message} (${scanner.id}, ${reason.code})`, {
      repository: repository.name,
    });
    const { revision } = await security.saveFailedScan(
      {
        repositoryId: repository.id,
        scannerId: scanner.id,
        digest: this.#digest(scanner),
        reason,
      },
      clock(),
    );
    if (revision !== null) this.options.onChange(repository.id, revision);
  }

  #openTree(
    repository: StoredRepository,
    commit: string,
    signal: AbortSignal,
  ): Promise<RepositoryTree> {
    const source = this.options.registry.sources.get(repository.sourceId);
    if (!source) {
      throw new SourceError(
        'failed',
        `${repository.name} belongs to the source '${repository.sourceId}', which this backend does not have.`,
        'Add its module to the backend, or remove the repository.',
      );
    }
    return source
      .readTree(repository, commit, { signal })
      .then(tree => new CachedTree(tree));
  }

  #isDue(
    scanner: Scanner,
    commit: string,
    known: readonly StoredScan[],
  ): boolean {
    const last = known.find(({ scannerId }) => scannerId === scanner.id);
    if (!last) return true;
    const current =
      last.commit === commit && last.digest === this.#digest(scanner);
    if (last.state !== 'failed') return !current;
    const wait = Math.min(
      FIRST_RETRY_MS * 2 ** Math.min(last.failures - 1, 12),
      LAST_RETRY_MS,
    );
    const again = Date.parse(last.attemptedAt) + wait;
    return this.options.clock().getTime() >= again;
  }

  #digest(scanner: Scanner): string {
    const known = this.#digests.get(scanner.id);
    if (known) return known;
    const digest = createHash('sha256')
      .update(JSON.stringify([scanner.version, scanner.options ?? null]))
      .digest('hex')
      .slice(0, 16);
    this.#digests.set(scanner.id, digest);
    return digest;
  }
}

function toReason(error: unknown, repository: StoredRepository): Reason {
  if (error instanceof SourceError) return error.toReason();
  const told = error instanceof Error ? error.message : String(error);
  return {
    code: error instanceof ScanFailure ? error.code : 'failed',
    message: `The scan of ${repository.name} failed. ${told}`,
    action:
      'What was found before stays as it is. See the log of the backend; the scan is tried again by itself.',
  };
}
