import {
  SourceError,
  type AddedText,
  type CommitAdditions,
  type FindingReport,
  type Scanner,
  type ScanProblem,
} from 'backstage-plugin-fettle-node';
import type { Registry } from '../registry/Registry';
import type { FettleStore, StoredRepository } from '../store/FettleStore';
import type {
  SecurityStore,
  StoredScan,
} from '../store/security/SecurityStore';
import { HistoryBatch } from './HistoryBatch';
import { historyId } from './historyId';
import { MAX_FILE_BYTES } from './readFiles';
import type { ScanPool } from './ScanPool';
import type { ScanRecords } from './ScanRecords';

/**
 * Scans what commits added, for scanners that ask for it: each commit once, and
 * the whole history where the scanner or the history itself is another one.
 * What it saw stays until a whole scan does not see it any more.
 */
export class HistoryScanner {
  constructor(
    private readonly options: {
      store: FettleStore;
      security: SecurityStore;
      registry: Registry;
      records: ScanRecords;
      pool: ScanPool;
      timeoutSeconds: number;
    },
  ) {}

  /** To its stored end; one that fails is a stored state, not an error. */
  async scan(repositoryId: string, signal: AbortSignal): Promise<void> {
    const { store, security, registry, records } = this.options;
    const repository = await store.getRepository(repositoryId);
    const commit = repository?.headCommit;
    if (!repository || !commit) return;
    if (!registry.sources.get(repository.sourceId)?.readHistory) return;
    const known = await security.scans(repositoryId);
    for (const scanner of registry.scanners.values()) {
      const record = {
        scannerId: historyId(scanner.id),
        digest: records.digest(scanner),
      };
      if (!scanner.history || !records.isDue({ ...record, commit }, known)) {
        continue;
      }
      const findings: FindingReport[] = [];
      const last = known.find(one => one.scannerId === record.scannerId);
      try {
        const { adds, problems } = await this.#scanSince(
          sinceOf(last, record.digest),
          ...([scanner, repository, commit, findings, signal] as const),
        );
        await records.save({
          ...{ ...record, repositoryId, commit, adds },
          report: {
            findings,
            // What was not read of earlier commits is not read by going on.
            problems: adds ? unite(last?.problems ?? [], problems) : problems,
          },
        });
      } catch (error) {
        // What is cut short by a stop is due again at the next reading.
        if (signal.aborted) return;
        // With the digest of the scan that goes on from here: what a new one
        // has not seen to its end is all to be scanned again.
        const digest = last?.digest ?? '';
        const attempt = { digest: record.digest, commit };
        await records.fail(
          { ...record, digest, attempt, findings },
          ...([repository, error] as const),
        );
      }
    }
  }

  /** The commits since, or all where they do not lead to this one. */
  async #scanSince(
    since: string | undefined,
    scanner: Scanner,
    repository: StoredRepository,
    commit: string,
    findings: FindingReport[],
    stop: AbortSignal,
  ): Promise<{ adds: boolean; problems: ScanProblem[] }> {
    const { records, timeoutSeconds } = this.options;
    const signal = AbortSignal.any([
      stop,
      AbortSignal.timeout(timeoutSeconds * 1000),
    ]);
    const source = records.sourceOf(repository);
    const read = (from?: string) =>
      this.#scanCommits(
        scanner,
        source.readHistory!(repository, commit, { signal, since: from }),
        findings,
      );
    if (since === undefined) return { adds: false, problems: await read() };
    try {
      return { adds: true, problems: await read(since) };
    } catch (error) {
      if (!(error instanceof SourceError) || error.code !== 'moved')
        throw error;
      return { adds: false, problems: await read() };
    }
  }

  async #scanCommits(
    scanner: Scanner,
    commits: AsyncIterable<CommitAdditions>,
    findings: FindingReport[],
  ): Promise<ScanProblem[]> {
    const { pool, records } = this.options;
    const problems: ScanProblem[] = [];
    let batch = new HistoryBatch();
    const scanBatch = async () => {
      const { files } = batch;
      if (files.length === 0) return;
      const { options, program } = scanner;
      const key = await records.key();
      const report = await pool.run(program, { files, options, key });
      for (const found of report.findings ?? []) {
        findings.push(batch.explain(found));
      }
      problems.push(...(report.problems ?? []));
      batch = new HistoryBatch();
    };
    for await (const commit of commits) {
      if (!batch.hasRoomFor(commit)) await scanBatch();
      batch.add(commit, added => isWanted(scanner, added));
      if (commit.cut) problems.push(tooMuch(commit));
    }
    await scanBatch();
    return unite([], problems);
  }
}

/** As of files: what is large and may be data is left out. */
function isWanted(scanner: Scanner, { path, text }: AddedText): boolean {
  const size = Buffer.byteLength(text);
  const entry = { path, size, type: 'file', executable: false } as const;
  const isLarge = size > (scanner.maxFileBytes ?? MAX_FILE_BYTES);
  return scanner.wants(entry) && !(isLarge && scanner.mayBeData?.(entry));
}

/** The commit that a scan goes on from; undefined where all is to be scanned. */
function sinceOf(
  last: StoredScan | undefined,
  digest: string,
): string | undefined {
  return last?.digest === digest ? last.commit ?? undefined : undefined;
}

/** Each problem once. */
function unite(
  before: readonly ScanProblem[],
  added: readonly ScanProblem[],
): ScanProblem[] {
  const all = [...before, ...added];
  return [...new Map(all.map(one => [JSON.stringify(one), one])).values()];
}

function tooMuch({ commit, committedAt }: CommitAdditions): ScanProblem {
  return {
    path: null,
    message: `Commit ${commit.slice(0, 8)} of ${committedAt.slice(
      0,
      10,
    )} added more than is read; what is beyond was not scanned.`,
    action: 'Look at it yourself where it may hold what it should not.',
  };
}
