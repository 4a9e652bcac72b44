import { createHash } from 'node:crypto';
import type {
  RepositorySnapshot,
  RepositoryTree,
  ThreatDetector,
  ThreatInput,
  ThreatReading,
} from 'backstage-plugin-fettle-node';
import { CachedTree } from '../collect/CachedTree';
import { CollectQueue } from '../collect/CollectQueue';
import type { Registry } from '../registry/Registry';
import type { ScanRecords } from '../scan/ScanRecords';
import type { FettleStore, StoredRepository } from '../store/FettleStore';
import type {
  SecurityStore,
  StoredScan,
} from '../store/security/SecurityStore';

const AT_A_TIME = 2;

/** Asks detectors about each reading of a repository. */
export class ThreatWatcher {
  readonly #snapshots = new Map<string, RepositorySnapshot>();
  readonly #queue = new CollectQueue(
    (id, signal) => this.#watch(id, signal),
    AT_A_TIME,
  );

  constructor(
    private readonly options: {
      store: Pick<FettleStore, 'getRepository'>;
      security: SecurityStore;
      registry: Registry;
      records: ScanRecords;
      clock: () => Date;
      timeoutSeconds: number;
    },
  ) {}

  /**
   * To its stored end; a detector that fails is a stored state, not an error. A
   * reading that follows before its turn takes the place of this one.
   */
  async read(
    repositoryId: string,
    snapshot: RepositorySnapshot,
  ): Promise<void> {
    if (this.options.registry.detectors.size === 0 || !snapshot.head) return;
    this.#snapshots.set(repositoryId, snapshot);
    await this.#queue.add(repositoryId, 'routine');
  }

  async stop(): Promise<void> {
    await this.#queue.stop();
  }

  async #watch(repositoryId: string, stop: AbortSignal): Promise<void> {
    const { store, security, registry, records } = this.options;
    const snapshot = this.#snapshots.get(repositoryId);
    this.#snapshots.delete(repositoryId);
    const repository = await store.getRepository(repositoryId);
    const commit = snapshot?.head?.commit;
    if (!repository || !commit) return;
    const known = await security.scans(repositoryId);
    const signal = AbortSignal.any([
      stop,
      AbortSignal.timeout(this.options.timeoutSeconds * 1000),
    ]);
    let tree: Promise<RepositoryTree> | undefined;
    const input: Omit<ThreatInput, 'memory'> = {
      ...{ repository, snapshot, commit },
      now: this.options.clock(),
      access: async () =>
        records.sourceOf(repository).readAccess?.(repository, { signal }),
      contains: async other =>
        records
          .sourceOf(repository)
          .contains?.(repository, commit, other, { signal }),
      tree: () => {
        tree ??= this.#openTree(repository, commit, signal);
        return tree;
      },
    };
    for (const detector of registry.detectors.values()) {
      const last = known.find(({ scannerId }) => scannerId === detector.id);
      try {
        await this.#ask(detector, repository, input, last);
      } catch (error) {
        // What is cut short by a stop follows the next reading.
        if (stop.aborted) return;
        await records.fail(
          { scannerId: detector.id, digest: last?.digest ?? '' },
          ...([repository, error] as const),
        );
      }
    }
  }

  async #ask(
    detector: ThreatDetector,
    repository: StoredRepository,
    input: Omit<ThreatInput, 'memory'>,
    last: StoredScan | undefined,
  ): Promise<void> {
    const { security, records } = this.options;
    const { commit } = input;
    const version = `v${detector.version}:`;
    const isKnown =
      last?.commit === commit &&
      last.state !== 'failed' &&
      last.digest.startsWith(version);
    const memory = await security.threatMemory(repository.id, detector.id);
    if (detector.perCommit && isKnown && memory !== null) return;
    const reading = await detector.detect({ ...input, memory });
    if (!reading) return;
    const digest = `${version}${digestOf(reading)}`;
    const sameMemory =
      JSON.stringify(memory) === JSON.stringify(reading.memory);
    if (isKnown && sameMemory && last.digest === digest) return;
    const { findings, problems } = reading;
    await records.save({
      ...{ repositoryId: repository.id, scannerId: detector.id },
      ...{ digest, commit, report: { findings, problems } },
    });
    // Last: what a crash cuts short is compared with the same again.
    await security.saveThreatMemory(
      repository.id,
      ...([detector.id, reading.memory] as const),
    );
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
}

function digestOf(reading: ThreatReading): string {
  return createHash('sha256')
    .update(JSON.stringify(reading))
    .digest('hex')
    .slice(0, 16);
}
