import { createHash } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Reason } from 'backstage-plugin-fettle-common';
import {
  SourceError,
  type FindingReport,
  type RepositorySource,
  type Scanner,
} from 'backstage-plugin-fettle-node';
import type { Registry } from '../registry/Registry';
import type { StoredRepository } from '../store/FettleStore';
import type {
  FinishedScan,
  SecurityStore,
  StoredScan,
} from '../store/security/SecurityStore';
import { ScanFailure } from './ScanPool';

const FINGERPRINT_KEY = 'fingerprints';
/** 1 min, 2 min, 4 min … up to a day. */
const FIRST_RETRY_MS = 60_000;
const LAST_RETRY_MS = 24 * 60 * 60 * 1000;

/** What is scanned, and by which scanner it is. */
interface Attempt {
  digest: string;
  commit: string;
}

/** What is stored of scans: of files and of histories the same way. */
export class ScanRecords {
  readonly #digests = new Map<string, string>();
  #key?: Promise<string>;

  constructor(
    private readonly options: {
      security: SecurityStore;
      registry: Registry;
      logger: LoggerService;
      clock: () => Date;
      onChange: (repositoryId: string, revision: number) => void;
    },
  ) {}

  /** For fingerprints; see `ScanInput`. */
  key(): Promise<string> {
    this.#key ??= this.options.security.portalKey(FINGERPRINT_KEY);
    return this.#key;
  }

  /** By which a scanner is known that would report something else. */
  digest(scanner: Scanner): string {
    const known = this.#digests.get(scanner.id);
    if (known) return known;
    const digest = createHash('sha256')
      .update(JSON.stringify([scanner.version, scanner.options ?? null]))
      .digest('hex')
      .slice(0, 16);
    this.#digests.set(scanner.id, digest);
    return digest;
  }

  /** Whether the commit was not scanned yet as it would be now; a scan of the same that failed waits. */
  isDue(
    scan: Attempt & { scannerId: string },
    known: readonly StoredScan[],
  ): boolean {
    const last = known.find(({ scannerId }) => scannerId === scan.scannerId);
    if (!last) return true;
    const current = last.commit === scan.commit && last.digest === scan.digest;
    if (last.state !== 'failed') return !current;
    if (last.attempt !== attemptOf(scan)) return true;
    const wait = Math.min(
      FIRST_RETRY_MS * 2 ** Math.min(last.failures - 1, 12),
      LAST_RETRY_MS,
    );
    const age = this.options.clock().getTime() - Date.parse(last.attemptedAt);
    // Negative where the clock was put back.
    return age < 0 || age >= wait;
  }

  sourceOf(repository: StoredRepository): RepositorySource {
    const source = this.options.registry.sources.get(repository.sourceId);
    if (source) return source;
    throw new SourceError(
      'failed',
      `${repository.name} belongs to the source '${repository.sourceId}', which this backend does not have.`,
      'Add its module to the backend, or remove the repository.',
    );
  }

  async save(scan: FinishedScan): Promise<void> {
    const { security, clock, onChange } = this.options;
    const { revision } = await security.saveScan(scan, clock());
    if (revision !== null) onChange(scan.repositoryId, revision);
  }

  /** `attempt`: what was to be scanned. `findings`: what was seen until it failed. */
  async fail(
    {
      attempt,
      ...scan
    }: {
      scannerId: string;
      digest: string;
      attempt?: Attempt;
      findings?: FindingReport[];
    },
    repository: StoredRepository,
    error: unknown,
  ): Promise<void> {
    const { security, clock, logger, onChange } = this.options;
    const reason = toReason(error, repository);
    logger.warn(`${reason.message} (${scan.scannerId}, ${reason.code})`, {
      repository: repository.name,
    });
    const { revision } = await security.saveFailedScan(
      {
        ...{ ...scan, repositoryId: repository.id, reason },
        attempt: attempt && attemptOf(attempt),
      },
      clock(),
    );
    if (revision !== null) onChange(repository.id, revision);
  }
}

function attemptOf({ digest, commit }: Attempt): string {
  return `${digest}:${commit}`;
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
