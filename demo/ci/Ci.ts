import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { git } from '../git';
import { Deployments } from './Deployments';
import { runEvent, type CdEvent } from './events';
import { executeRun } from './executeRun';
import { readPipelines, type Pipeline } from './Pipeline';
import { Records, type RunRecord } from './Records';
import type { Reporter } from './Reporter';

const RUNNERS = 3;

interface Queued {
  record: RunRecord;
  pipeline: Pipeline;
  abort: AbortController;
}

/** A small CI for local repositories: real scripts, real exit codes, real logs. */
export class Ci {
  readonly records: Records;
  readonly #deployments: Deployments;
  readonly #waiting: Queued[] = [];
  readonly #running = new Map<string, Queued>();
  /** The commit of each branch that was pushed last: hooks and looks tell of the same. */
  readonly #pushed = new Map<string, string>();

  constructor(
    private readonly options: {
      folder: string;
      /** The folder that holds the repositories. */
      repositories: string;
      reporter: Reporter;
      /** Address of its own pages. */
      url: string;
    },
  ) {
    this.records = new Records(options.folder);
    this.#deployments = new Deployments(options.folder, event =>
      options.reporter.send(event),
    );
  }

  /** Starts what a push asks for; resolves when it is queued. */
  async push(given: {
    folder: string;
    branch: string;
    commit: string;
    before?: string;
    event?: string;
  }): Promise<RunRecord[]> {
    const { folder, branch, commit, before, event = 'push' } = given;
    const key = `${folder} ${branch}`;
    if (this.#pushed.get(key) === commit) return [];
    this.#pushed.set(key, commit);
    const pipelines = await readPipelines(folder, commit);
    const format = ['%an', '%cI', '%s'].join('%x00');
    const shown = await git(folder, [
      ...['show', '--no-patch', `--format=${format}`, commit],
    ]);
    const [actor, committedAt, commitMessage] = shown.split('\0');
    const touched = await this.#touched(folder, commit, before);
    const head = await git(folder, ['symbolic-ref', '--short', 'HEAD']);
    const name = relative(this.options.repositories, folder)
      .replace(/\.git$/, '')
      .replace(/[^a-z0-9]+/g, '-');
    const records: RunRecord[] = [];
    for (const pipeline of pipelines) {
      const { path } = pipeline;
      if (path && touched && !touched.some(p => p.startsWith(`${path}/`))) {
        continue;
      }
      const number = this.records.nextNumber(name);
      const record: RunRecord = {
        about: {
          ...{ branch, commit, before, commitMessage, actor, event, number },
          runId: `${name}-${number}`,
          attempt: 1,
          pipeline: pipeline.name,
          repository: remoteOf(folder),
          committedAt: new Date(committedAt).toISOString(),
          queuedAt: new Date().toISOString(),
        },
        folder,
        state: 'queued',
        jobs: {},
        changedAt: new Date().toISOString(),
      };
      records.push(record);
      this.#queue(record, onBranch(pipeline, branch === head));
    }
    return records;
  }

  /** Does a run again as its next attempt; false if there is no such run. */
  async rerun(runId: string, failedOnly: boolean): Promise<boolean> {
    const last = this.records.attempts(runId).at(-1);
    const before = last && this.records.find(runId, last);
    if (!before) return false;
    const { about, folder } = before;
    const pipelines = await readPipelines(folder, about.commit);
    const pipeline = pipelines.find(({ name }) => name === about.pipeline);
    if (!pipeline) return false;
    const head = await git(folder, ['symbolic-ref', '--short', 'HEAD']);
    const kept = Object.entries(before.jobs).filter(
      ([, outcome]) => failedOnly && outcome === 'success',
    );
    this.#queue(
      {
        ...before,
        about: {
          ...about,
          attempt: last + 1,
          queuedAt: new Date().toISOString(),
        },
        state: 'queued',
        jobs: Object.fromEntries(kept),
      },
      onBranch(pipeline, about.branch === head),
    );
    return true;
  }

  /** Ends a run that waits or runs; false if there is none. */
  cancel(runId: string): boolean {
    const queued =
      this.#running.get(runId) ??
      this.#waiting.find(({ record }) => record.about.runId === runId);
    queued?.abort.abort();
    return queued !== undefined || this.records.attempts(runId).length > 0;
  }

  /** Resolves when nothing runs and nothing waits. */
  async idle(): Promise<void> {
    while (this.#running.size + this.#waiting.length > 0) {
      await new Promise(done => setTimeout(done, 50));
    }
  }

  /** Ends everything at once. */
  stop(): void {
    this.#waiting.length = 0;
    for (const { abort } of this.#running.values()) abort.abort();
  }

  #queue(record: RunRecord, pipeline: Pipeline): void {
    this.records.save(record);
    const uri = this.#uri(record);
    this.#tell(record, runEvent('queued', record.about, { uri }));
    this.#waiting.push({ record, pipeline, abort: new AbortController() });
    this.#next();
  }

  #next(): void {
    while (this.#running.size < RUNNERS) {
      const queued = this.#waiting.shift();
      if (!queued) return;
      const { record, pipeline, abort } = queued;
      const { runId } = record.about;
      this.#running.set(runId, queued);
      executeRun(record, pipeline, {
        records: this.records,
        tell: (one, event) => this.#tell(one, event),
        onDeployed: (one, environment) =>
          this.#deployments.deployed(one, environment),
        uri: this.#uri(record),
        signal: abort.signal,
      })
        .catch(error => console.error(error))
        .finally(() => {
          this.#running.delete(runId);
          this.#next();
        });
    }
  }

  #tell(record: RunRecord, event: CdEvent): void {
    this.records.addEvent(record.about, event);
    this.options.reporter.send(event);
  }

  #uri({ about }: RunRecord): string {
    return `${this.options.url}/${about.runId}/${about.attempt}`;
  }

  async #touched(
    folder: string,
    commit: string,
    before: string | undefined,
  ): Promise<string[] | undefined> {
    if (!before || !existsSync(join(folder, 'objects'))) return undefined;
    const listed = await git(folder, [
      ...['diff', '--name-only', '-z', before, commit],
    ]);
    return listed.split('\0');
  }
}

/** Jobs for the default branch only do not run elsewhere. */
function onBranch(pipeline: Pipeline, isDefault: boolean): Pipeline {
  return {
    ...pipeline,
    jobs: pipeline.jobs.filter(job => isDefault || !job.defaultBranchOnly),
  };
}

function remoteOf(folder: string): string {
  return pathToFileURL(folder).href.replace(/\.git$/, '');
}
