import {
  appendFileSync,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
  type WriteStream,
} from 'node:fs';
import { join } from 'node:path';
import type { CdEvent, RunAbout } from './events';

/** A run as it is kept: what it is about, and how each job ended. */
export interface RunRecord {
  about: RunAbout;
  /** Folder of the repository. */
  folder: string;
  state: 'queued' | 'running' | 'success' | 'failure' | 'cancel';
  jobs: Record<string, 'success' | 'failure' | 'cancel' | 'skipped'>;
  changedAt: string;
}

const SAFE = /^[a-z0-9][a-z0-9.-]{0,150}$/;

/** Everything that the CI remembers, as files. */
export class Records {
  constructor(private readonly folder: string) {
    mkdirSync(join(folder, 'runs'), { recursive: true });
  }

  save(record: RunRecord): void {
    const folder = this.#folder(record.about.runId, record.about.attempt);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'new.json'), JSON.stringify(record));
    renameSync(join(folder, 'new.json'), join(folder, 'run.json'));
  }

  find(runId: string, attempt: number): RunRecord | undefined {
    if (!SAFE.test(runId)) return undefined;
    const file = join(this.#folder(runId, attempt), 'run.json');
    return existsSync(file)
      ? JSON.parse(readFileSync(file, 'utf8'))
      : undefined;
  }

  /** The attempts at a run, first to last. */
  attempts(runId: string): number[] {
    const folder = join(this.folder, 'runs', runId);
    if (!SAFE.test(runId) || !existsSync(folder)) return [];
    return readdirSync(folder)
      .map(Number)
      .sort((a, b) => a - b);
  }

  all(): RunRecord[] {
    return readdirSync(join(this.folder, 'runs')).flatMap(runId =>
      this.attempts(runId).flatMap(n => this.find(runId, n) ?? []),
    );
  }

  addEvent(about: RunAbout, event: CdEvent): void {
    const folder = this.#folder(about.runId, about.attempt);
    mkdirSync(folder, { recursive: true });
    appendFileSync(join(folder, 'events.ndjson'), `${JSON.stringify(event)}\n`);
  }

  events(runId: string, attempt: number): CdEvent[] {
    const file = join(this.#folder(runId, attempt), 'events.ndjson');
    if (!SAFE.test(runId) || !existsSync(file)) return [];
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line));
  }

  openLog(about: RunAbout, job: string): WriteStream {
    const folder = this.#folder(about.runId, about.attempt);
    mkdirSync(folder, { recursive: true });
    return createWriteStream(join(folder, `${job}.log`), { flags: 'a' });
  }

  logFile(runId: string, attempt: number, job: string): string | undefined {
    if (!SAFE.test(runId) || !SAFE.test(job)) return undefined;
    const file = join(this.#folder(runId, attempt), `${job}.log`);
    return existsSync(file) ? file : undefined;
  }

  /** Counts up: the number of a repository's next run. */
  nextNumber(repository: string): number {
    const file = join(this.folder, 'numbers.json');
    const numbers = existsSync(file)
      ? JSON.parse(readFileSync(file, 'utf8'))
      : {};
    numbers[repository] = (numbers[repository] ?? 0) + 1;
    writeFileSync(file, JSON.stringify(numbers));
    return numbers[repository];
  }

  #folder(runId: string, attempt: number): string {
    return join(this.folder, 'runs', runId, String(attempt));
  }
}
