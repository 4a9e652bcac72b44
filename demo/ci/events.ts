import { randomUUID } from 'node:crypto';

/** A run as events tell of it. */
export interface RunAbout {
  runId: string;
  attempt: number;
  number: number;
  pipeline: string;
  /** Address of the repository. */
  repository: string;
  branch: string;
  commit: string;
  before?: string;
  commitMessage: string;
  committedAt: string;
  actor: string;
  event: string;
  queuedAt: string;
}

/** How something ended, in the words of CDEvents. */
export type Outcome = 'success' | 'failure' | 'error' | 'cancel';

/** Step of a job, as `customData.steps` lists them. */
export interface StepTold {
  number: number;
  name: string;
  state:
    | 'queued'
    | 'running'
    | 'succeeded'
    | 'failed'
    | 'cancelled'
    | 'skipped';
  startedAt?: string;
  finishedAt?: string;
}

/** One CDEvent of the specification 0.4. */
export interface CdEvent {
  context: {
    version: string;
    id: string;
    source: string;
    type: string;
    timestamp: string;
  };
  subject: { id: string; source: string; type: string; content: object };
  customData: object;
  customDataContentType: string;
}

const SOURCE = '/fettle-demo/ci';

function event(
  type: string,
  subject: { id: string; type: string; content: object },
  customData: object,
): CdEvent {
  return {
    context: {
      version: '0.4.1',
      id: randomUUID(),
      source: SOURCE,
      type: `dev.cdevents.${type}.0.2.0`,
      timestamp: new Date().toISOString(),
    },
    subject: { source: SOURCE, ...subject },
    customData,
    customDataContentType: 'application/json',
  };
}

export function runEvent(
  predicate: 'queued' | 'started' | 'finished',
  about: RunAbout,
  more: { outcome?: Outcome; startedAt?: string; uri?: string } = {},
): CdEvent {
  const { runId, pipeline, ...custom } = about;
  const { outcome, uri, startedAt } = more;
  return event(
    `pipelinerun.${predicate}`,
    {
      id: runId,
      type: 'pipelineRun',
      content: { pipelineName: pipeline, ...{ outcome, uri } },
    },
    { ...custom, pipelineId: pipeline, startedAt },
  );
}

export function jobEvent(
  predicate: 'started' | 'finished',
  about: RunAbout,
  job: {
    id: string;
    name: string;
    outcome?: Outcome | 'skipped';
    steps: StepTold[];
    startedAt?: string;
    finishedAt?: string;
  },
): CdEvent {
  const { id, name, outcome, ...custom } = job;
  const { runId, repository, attempt, branch, commit } = about;
  return event(
    `taskrun.${predicate}`,
    {
      id,
      type: 'taskRun',
      content: { taskName: name, pipelineRun: { id: runId }, outcome },
    },
    {
      ...{ repository, attempt, branch, commit },
      pipelineId: about.pipeline,
      runner: 'demo',
      hasLog: true,
      ...custom,
    },
  );
}

export function serviceEvent(
  predicate: 'deployed' | 'rolledback',
  deployment: {
    id: string;
    environment: string;
    repository: string;
    commit?: string;
    committedAt?: string;
  },
): CdEvent {
  const { id, environment, ...custom } = deployment;
  return event(
    `service.${predicate}`,
    { id, type: 'service', content: { environment: { id: environment } } },
    custom,
  );
}
