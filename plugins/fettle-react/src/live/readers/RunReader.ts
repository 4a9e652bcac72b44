import type { Changes, Job, RunDetails } from 'backstage-plugin-fettle-common';
import type { FettleApi } from '../../api/FettleApi';
import type { Loaded, LiveReader } from '../LiveReader';

const PAGE = 200;

/**
 * A run with those of its jobs that are known.
 *
 * @public
 */
export interface RunWithJobs {
  run: RunDetails['run'];
  attempts: RunDetails['attempts'];
  /** By their position; those that were not read yet are absent. */
  jobs: ReadonlyMap<number, Job>;
}

/** A run and the pages of its jobs that are looked at. */
export class RunReader implements LiveReader {
  readonly loadsOnHint = true;
  readonly gapMs = 250;
  readonly #api: Pick<FettleApi, 'getRun'>;
  readonly #id: string;
  #pages = new Map<number, { revision: number; jobs: Job[] }>();
  /** First and last page looked at. */
  #looked: [number, number] = [0, 0];
  value?: RunWithJobs;

  constructor(api: Pick<FettleApi, 'getRun'>, id: string) {
    this.#api = api;
    this.#id = id;
  }

  /** Says which jobs are looked at; true when some of them have to be read. */
  look(first: number, last: number): boolean {
    this.#looked = [Math.floor(first / PAGE), Math.floor(last / PAGE)];
    return this.value !== undefined && this.#missing().length > 0;
  }

  async load(signal: AbortSignal): Promise<Loaded> {
    const [first] = this.#looked;
    let details = await this.#read(first, signal);
    let { revision } = details;
    for (const page of this.#missing()) {
      details = await this.#read(page, signal);
      revision = Math.min(revision, details.revision);
    }
    return { revision };
  }

  apply({ changed }: Changes) {
    return { held: !changed, load: changed };
  }

  async #read(page: number, signal: AbortSignal): Promise<RunDetails> {
    const details = await this.#api.getRun(
      this.#id,
      { offset: page * PAGE, limit: PAGE },
      { signal },
    );
    const { run, attempts, jobs: read } = details;
    this.#pages.set(page, { revision: run.revision, jobs: read });
    const jobs = new Map<number, Job>();
    for (const [at, known] of this.#pages) {
      known.jobs.forEach((job, index) => jobs.set(at * PAGE + index, job));
    }
    this.value = { run, attempts, jobs };
    return details;
  }

  /** Pages looked at that are not as new as the run. */
  #missing(): number[] {
    const { run } = this.value!;
    const [first, last] = this.#looked;
    const end = Math.min(last, Math.max(0, Math.ceil(run.jobCount / PAGE) - 1));
    const missing = [];
    for (let page = first; page <= end; page += 1) {
      if ((this.#pages.get(page)?.revision ?? -1) < run.revision) {
        missing.push(page);
      }
    }
    return missing;
  }
}
