import {
  SourceError,
  type AskOptions,
  type CallBudgets,
  type LogTailReading,
  type PipelineSource,
  type RepositoryLocation,
  type RunRef,
  type RunReport,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { Sender } from './config/readCdeventsConfig';
import { ControlClient } from './control/ControlClient';
import { foldReports } from './control/foldReports';
import { cdEventSchema } from './event/CdEvent';
import { readEvent } from './event/readEvent';

const MOST_RUNS = 300;
const eventsSchema = z.object({ events: z.array(cdEventSchema) });

/** Asks CIs that speak CDEvents and have a control API, see the module's README. */
export class CdeventsPipelineSource implements PipelineSource {
  readonly id = 'cdevents';
  readonly title = 'CDEvents';
  readonly rerunsFailed = true;
  readonly #senders: Sender[];

  constructor(
    senders: readonly Sender[],
    private readonly budgets: CallBudgets,
  ) {
    this.#senders = senders.filter(({ control }) => control);
  }

  covers(location: RepositoryLocation): boolean {
    return this.#senderOf(location) !== undefined;
  }

  hostOf(location: RepositoryLocation): string {
    return hostOf(this.#need(location));
  }

  async listRuns(
    location: RepositoryLocation,
    { since, signal }: AskOptions & { since: Date },
  ) {
    const query = new URLSearchParams({
      repository: location.remote,
      since: since.toISOString(),
    });
    const reports = await this.#ask(location, `/runs?${query}`, signal);
    const runs = foldReports(reports).reverse();
    return {
      runs: runs.slice(0, MOST_RUNS),
      complete: runs.length <= MOST_RUNS,
    };
  }

  async readRun(
    location: RepositoryLocation,
    run: RunRef,
    { signal }: AskOptions,
  ): Promise<RunReport> {
    const reports = await this.#ask(location, pathOf(run), signal);
    const found = foldReports(reports).find(({ runId }) => runId === run.runId);
    if (found) return { ...found, jobs: found.jobs ?? [], allJobs: true };
    throw new SourceError(
      'not-found',
      `The CI has no events of run ${run.runId} of ${location.name}.`,
      'It is gone there; nothing is to be done.',
    );
  }

  readLog(
    location: RepositoryLocation,
    run: RunRef,
    jobId: string,
    { signal, maxBytes }: AskOptions & { maxBytes: number },
  ): Promise<LogTailReading> {
    const path = `${pathOf(run)}/tasks/${encodeURIComponent(jobId)}/log`;
    return this.#client(location).getTail(path, maxBytes, signal);
  }

  rerun(
    location: RepositoryLocation,
    run: RunRef,
    { signal, failedOnly }: AskOptions & { failedOnly: boolean },
  ): Promise<void> {
    const path = `${pathOf(run)}/rerun`;
    return this.#client(location).post(path, { failedOnly }, signal);
  }

  cancel(
    location: RepositoryLocation,
    run: RunRef,
    { signal }: AskOptions,
  ): Promise<void> {
    return this.#client(location).post(`${pathOf(run)}/cancel`, {}, signal);
  }

  async #ask(
    location: RepositoryLocation,
    path: string,
    signal: AbortSignal,
  ): Promise<RunReport[]> {
    const sender = this.#need(location);
    const client = this.#client(location);
    const { events } = await client.getJson(path, eventsSchema, signal);
    return events
      .flatMap(event => readEvent(event, sender).runs ?? [])
      .filter(({ repository }) => repository.remote === location.remote);
  }

  #senderOf({ remote }: RepositoryLocation): Sender | undefined {
    return this.#senders.find(
      ({ repositories, repository }) =>
        repository === remote ||
        (repositories?.some(
          one => remote === one || remote.startsWith(`${one}/`),
        ) ??
          repository === undefined),
    );
  }

  #need(location: RepositoryLocation): Sender {
    const sender = this.#senderOf(location);
    if (sender) return sender;
    throw new SourceError(
      'invalid',
      `No sender of CDEvents can be asked about ${location.name}.`,
      'Give its sender a control address in fettle.cdevents.senders.',
    );
  }

  #client(location: RepositoryLocation): ControlClient {
    const sender = this.#need(location);
    return new ControlClient({
      senderId: sender.id,
      ...sender.control!,
      budget: this.budgets.forHost(hostOf(sender)),
    });
  }
}

function hostOf({ control }: Sender): string {
  return new URL(control!.baseUrl).host;
}

function pathOf({ runId, attempt }: RunRef): string {
  return `/runs/${encodeURIComponent(runId)}/attempts/${attempt}`;
}
