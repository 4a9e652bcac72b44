import { stripVTControlCharacters } from 'node:util';
import {
  ConflictError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  isFinished,
  type LogTail,
  type Run,
} from 'backstage-plugin-fettle-common';
import {
  SourceError,
  type PipelineSource,
  type RepositoryLocation,
} from 'backstage-plugin-fettle-node';
import type { FettleStore } from '../store/FettleStore';
import type { RunStore, StoredRun } from '../store/runs/RunStore';
import { Locations } from './Locations';

const LOG_BYTES = 64 * 1024;
const TIMEOUT_MS = 20_000;

/** Asks hosts about single runs, and tells them what to do with them. */
export class RunControl {
  readonly #locations: Locations;

  constructor(
    private readonly options: {
      sources: ReadonlyMap<string, PipelineSource>;
      store: Pick<FettleStore, 'getRepository'>;
      runs: RunStore;
      clock: () => Date;
      onChange: (repositoryId: string, revision: number) => void;
    },
  ) {
    this.#locations = new Locations(options.store, options.clock);
  }

  /** What the reader may ask for, by permission, state and host. */
  async can(run: Run, allowed: boolean): Promise<Run['can']> {
    const asked = await this.#source(run);
    const none = { rerun: false, rerunFailed: false, cancel: false };
    if (!allowed || !asked || run.requested) return none;
    const { source } = asked;
    const finished = isFinished(run.state);
    const rerun = finished && source.rerun !== undefined;
    return {
      rerun,
      rerunFailed:
        rerun && source.rerunsFailed === true && run.state === 'failed',
      cancel:
        !finished && run.hostState !== 'gone' && source.cancel !== undefined,
    };
  }

  /** The end of a job's log, as text that can be shown. */
  async log(stored: StoredRun, jobId: string): Promise<LogTail> {
    const { runs } = this.options;
    const job = await runs.hasJob(stored.run.id, jobId);
    if (!job) throw new NotFoundError(`The run has no job '${jobId}'.`);
    const asked = await this.#source(stored.run);
    if (!asked?.source.readLog || !job.hasLog) {
      throw new NotFoundError(
        'The log of this job cannot be read from here. Look at it on its host.',
      );
    }
    const { source, location } = asked;
    const { text, truncated } = await this.#ask(() =>
      source.readLog!(location, stored.ref, jobId, {
        signal: AbortSignal.timeout(TIMEOUT_MS),
        maxBytes: LOG_BYTES,
      }),
    );
    return { text: printable(text), truncated, webUrl: job.webUrl };
  }

  /** Asks for a run to be done again; asking twice in a minute does it once. */
  async rerun(stored: StoredRun, failedOnly: boolean): Promise<void> {
    const { run, ref } = stored;
    const asked = await this.#source(run);
    const can = await this.can({ ...run, requested: null }, true);
    if (!asked || !(failedOnly ? can.rerunFailed : can.rerun)) {
      throw new ConflictError(
        `This run cannot be done again: ${whyNot(run, asked)}.`,
      );
    }
    const { source, location } = asked;
    await this.#request(run, 'rerun', () =>
      source.rerun!(location, ref, {
        signal: AbortSignal.timeout(TIMEOUT_MS),
        failedOnly,
      }),
    );
  }

  /** Asks for a run to be ended; asking twice in a minute does it once. */
  async cancel(stored: StoredRun): Promise<void> {
    const { run, ref } = stored;
    const asked = await this.#source(run);
    const can = await this.can({ ...run, requested: null }, true);
    if (!asked || !can.cancel) {
      throw new ConflictError(
        `This run cannot be cancelled: ${whyNot(run, asked)}.`,
      );
    }
    const { source, location } = asked;
    await this.#request(run, 'cancel', () =>
      source.cancel!(location, ref, {
        signal: AbortSignal.timeout(TIMEOUT_MS),
      }),
    );
  }

  async #request(
    run: Run,
    what: 'rerun' | 'cancel',
    ask: () => Promise<void>,
  ): Promise<void> {
    const { runs, clock, onChange } = this.options;
    const noted = await runs.request(run.id, what, clock());
    if (!noted) return;
    onChange(run.repositoryId, noted.revision);
    try {
      await this.#ask(ask);
    } catch (error) {
      const revision = await runs.withdraw(run.id);
      if (revision !== null) onChange(run.repositoryId, revision);
      throw error;
    }
  }

  async #source(
    run: Run,
  ): Promise<
    { source: PipelineSource; location: RepositoryLocation } | undefined
  > {
    const source = this.options.sources.get(run.source);
    if (!source) return undefined;
    const location = await this.#locations.find(run.repositoryId);
    return location && source.covers(location)
      ? { source, location }
      : undefined;
  }

  async #ask<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      throw asHttpError(error);
    }
  }
}

function whyNot(run: Run, asked: object | undefined): string {
  if (!asked) return `its source '${run.source}' cannot be asked for that`;
  return `it is ${run.state}, or its host offers no such thing`;
}

function printable(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/\r\n/g, '\n')
    .replace(/(?![\t\n])\p{Cc}/gu, '');
}

/** A source's failure in the terms of HTTP, with what to do. */
function asHttpError(error: unknown): unknown {
  if (!(error instanceof SourceError)) return error;
  const message = `${error.message} ${error.action}`;
  switch (error.code) {
    case 'not-found':
    case 'moved':
      return new NotFoundError(message, error);
    case 'unauthorized':
    case 'invalid':
    case 'too-large':
      return new ConflictError(message, error);
    default:
      return new ServiceUnavailableError(message, error);
  }
}
