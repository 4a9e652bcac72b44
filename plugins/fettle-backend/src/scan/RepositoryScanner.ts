import type { RepositoryTree, Scanner } from 'backstage-plugin-fettle-node';
import { CachedTree } from '../collect/CachedTree';
import type { Registry } from '../registry/Registry';
import type { FettleStore, StoredRepository } from '../store/FettleStore';
import type { PublicationStore } from '../store/publications/PublicationStore';
import type { SecurityStore } from '../store/security/SecurityStore';
import { readFiles } from './readFiles';
import type { ScanPool } from './ScanPool';
import type { ScanRecords } from './ScanRecords';

/** Brings the scans of a repository up to its head: what was scanned at this commit is not scanned again. */
export class RepositoryScanner {
  constructor(
    private readonly options: {
      store: FettleStore;
      security: SecurityStore;
      registry: Registry;
      records: ScanRecords;
      pool: ScanPool;
      publications: Pick<PublicationStore, 'save'>;
      timeoutSeconds: number;
      /** After components changed: asks the matchers about them. */
      match: (repositoryId: string, signal: AbortSignal) => Promise<unknown>;
    },
  ) {}

  /** To its stored end; a scanner that fails is a stored state, not an error. */
  async scan(repositoryId: string, signal: AbortSignal): Promise<void> {
    const { store, security, registry, records } = this.options;
    const repository = await store.getRepository(repositoryId);
    const commit = repository?.headCommit;
    if (!repository || !commit) return;
    const known = await security.scans(repositoryId);
    const due = [...registry.scanners.values()].filter(scanner =>
      records.isDue({ ...this.#record(scanner), commit }, known),
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
        const record = this.#record(scanner);
        const attempt = { ...record, commit };
        await records.fail({ ...record, attempt }, repository, error);
      }
    }
    await this.options.match(repositoryId, signal);
  }

  async #scanWith(
    scanner: Scanner,
    repository: StoredRepository,
    tree: RepositoryTree,
  ): Promise<void> {
    const { records, pool, publications } = this.options;
    const { files, problems, data } = await readFiles(tree, scanner);
    const report =
      files.length === 0
        ? {}
        : await pool.run(scanner.program, {
            files,
            options: scanner.options,
            key: await records.key(),
          });
    const all = [...problems, ...(report.problems ?? [])];
    if (scanner.publishes) {
      // First: what a crash cuts short is scanned again.
      await publications.save({
        ...{ repositoryId: repository.id, scannerId: scanner.id },
        ...{ publishes: report.publishes ?? [], problems: all },
      });
    }
    await records.save({
      ...this.#record(scanner),
      repositoryId: repository.id,
      commit: tree.commit,
      report: { ...report, problems: all },
      unread: data,
    });
  }

  async #openTree(
    repository: StoredRepository,
    commit: string,
    signal: AbortSignal,
  ): Promise<RepositoryTree> {
    const source = this.options.records.sourceOf(repository);
    return new CachedTree(
      await source.readTree(repository, commit, { signal }),
    );
  }

  #record(scanner: Scanner) {
    const digest = this.options.records.digest(scanner);
    return { scannerId: scanner.id, digest };
  }
}
