import type { RunState } from 'backstage-plugin-fettle-common';
import {
  DeliveryError,
  type DeliveryReading,
  type DeploymentReport,
  type JobReport,
  type RunReport,
} from 'backstage-plugin-fettle-node';
import type { Sender } from '../config/readCdeventsConfig';
import { canonicalRemote } from './canonicalRemote';
import type { CdEvent } from './CdEvent';

/** The outcomes of the specification; 0.3 calls a run that was ended `cancel`. */
const OUTCOMES: Record<string, RunState> = {
  success: 'succeeded',
  failure: 'failed',
  error: 'failed',
  cancel: 'cancelled',
  skipped: 'skipped',
};

const DEPLOYMENTS: Record<string, DeploymentReport['state']> = {
  deployed: 'succeeded',
  upgraded: 'succeeded',
  published: 'succeeded',
  rolledback: 'rolled-back',
};

/** What an event of a sender means. */
export function readEvent(event: CdEvent, sender: Sender): DeliveryReading {
  const [, , subject, predicate] = event.context.type.toLowerCase().split('.');
  switch (subject) {
    case 'pipelinerun':
      return { runs: [runOf(event, predicate, sender)] };
    case 'taskrun':
      return { runs: [jobOf(event, predicate, sender)] };
    case 'service':
      return deploymentOf(event, predicate, sender);
    case 'change':
    case 'branch':
    case 'repository':
      return { repositories: [remoteOf(event, sender)] };
    default:
      return {
        ignored: `Fettle has no use for events of type ${event.context.type}.`,
      };
  }
}

function remoteOf({ customData, subject }: CdEvent, sender: Sender): string {
  const given =
    customData?.repository ??
    subject.content.repository?.source ??
    sender.repository;
  const remote = given === undefined ? undefined : canonicalRemote(given);
  if (!remote) {
    throw new DeliveryError(
      'not-understood',
      given === undefined
        ? 'The event does not say which repository it is about.'
        : `The event is about '${given.slice(
            0,
            200,
          )}', which is not the address of a repository.`,
      `Send customData.repository, or set fettle.cdevents.senders.repository for '${sender.id}'.`,
    );
  }
  const allowed = sender.repositories?.some(
    one => remote === one || remote.startsWith(`${one}/`),
  );
  if (allowed === false) {
    throw new DeliveryError(
      'refused',
      `'${sender.id}' may not speak of ${remote}.`,
      `Add it to fettle.cdevents.senders.repositories of '${sender.id}', if it should.`,
    );
  }
  return remote;
}

function stateOf(predicate: string, outcome: string | undefined) {
  if (predicate === 'queued') return { state: 'queued' as const };
  if (predicate === 'started') return { state: 'running' as const };
  const state = OUTCOMES[outcome?.toLowerCase() ?? ''] ?? 'unknown';
  const plain = outcome === 'success' || outcome === 'failure';
  return {
    state,
    ...(plain ? {} : { hostState: (outcome || predicate).slice(0, 100) }),
  };
}

function timesOf({ context, customData = {} }: CdEvent, predicate: string) {
  const at = context.timestamp;
  return {
    at,
    queuedAt: customData.queuedAt ?? (predicate === 'queued' ? at : undefined),
    startedAt:
      customData.startedAt ?? (predicate === 'started' ? at : undefined),
    finishedAt:
      customData.finishedAt ?? (predicate === 'finished' ? at : undefined),
  };
}

function webUrlOf({ subject }: CdEvent): string | undefined {
  const uri = subject.content.uri ?? subject.content.url;
  return uri && /^https?:\/\//.test(uri) ? uri : undefined;
}

function aboutCommit({ customData = {} }: CdEvent) {
  const { branch, commit, before, commitMessage, committedAt } = customData;
  return {
    ...{ branch, commit, before, committedAt },
    commitSubject: commitMessage?.split('\n')[0].slice(0, 200) || undefined,
    actor: customData.actor,
    event: customData.event,
    number: customData.number,
    attempt: customData.attempt,
  };
}

function runOf(event: CdEvent, predicate: string, sender: Sender): RunReport {
  const { subject, customData } = event;
  const name = subject.content.pipelineName;
  return {
    repository: { remote: remoteOf(event, sender) },
    pipeline: { id: customData?.pipelineId || name || 'pipeline', name },
    runId: subject.id,
    ...stateOf(predicate, subject.content.outcome),
    ...timesOf(event, predicate),
    ...aboutCommit(event),
    webUrl: webUrlOf(event),
  };
}

function jobOf(event: CdEvent, predicate: string, sender: Sender): RunReport {
  const { subject, customData } = event;
  const { taskName, pipelineRun } = subject.content;
  const remote = remoteOf(event, sender);
  if (!pipelineRun) {
    throw new DeliveryError(
      'not-understood',
      `The task '${
        taskName ?? subject.id
      }' does not say which run it belongs to.`,
      'Send subject.content.pipelineRun.id.',
    );
  }
  const job: JobReport = {
    id: subject.id,
    name: taskName || subject.id,
    ...stateOf(predicate, subject.content.outcome),
    ...timesOf(event, predicate),
    runner: customData?.runner,
    webUrl: webUrlOf(event),
    steps: customData?.steps?.slice(0, 200),
    hasLog: customData?.hasLog,
  };
  const { commit, branch, attempt } = aboutCommit(event);
  return {
    repository: { remote },
    pipeline: { id: customData?.pipelineId ?? 'pipeline' },
    runId: pipelineRun.id,
    ...{ commit, branch, attempt },
    jobs: [job],
  };
}

function deploymentOf(
  event: CdEvent,
  predicate: string,
  sender: Sender,
): DeliveryReading {
  const state = DEPLOYMENTS[predicate];
  if (!state) {
    return { ignored: `Nothing was put into service: ${predicate}.` };
  }
  const { subject, customData } = event;
  const at = event.context.timestamp;
  return {
    deployments: [
      {
        repository: { remote: remoteOf(event, sender) },
        id: subject.id,
        environment: subject.content.environment?.id ?? 'production',
        production: customData?.production,
        ...{ at, state },
        commit: customData?.commit,
        committedAt: customData?.committedAt,
        createdAt: customData?.startedAt,
        finishedAt: customData?.finishedAt,
        webUrl: webUrlOf(event),
      },
    ],
  };
}
