import type {
  DeploymentReport,
  ReportedRepository,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { link, sha } from './reports';
import { latestOf, timeOf } from './times';

const text = z.string().nullish();

const STATES: Record<string, DeploymentReport['state']> = {
  created: 'pending',
  // For someone to allow it.
  blocked: 'pending',
  running: 'running',
  success: 'succeeded',
  failed: 'failed',
};

/** A deployment, as the API tells of it. */
export const deploymentSchema = z.object({
  id: z.number(),
  status: text,
  sha: text,
  created_at: text,
  updated_at: text,
  environment: z.object({ name: z.string().min(1), tier: text }),
  deployable: z
    .object({
      finished_at: text,
      web_url: text,
      commit: z.object({ created_at: text }).nullish(),
    })
    .nullish(),
});

/** The same, as a webhook tells of it. */
export const deploymentEventSchema = z.object({
  deployment_id: z.number(),
  status: text,
  status_changed_at: text,
  deployable_url: text,
  environment: z.string().min(1),
  environment_tier: text,
  short_sha: text,
  commit_url: text,
});

/** Undefined for one that was cancelled or left out: it says nothing of how it went. */
export function toDeploymentReport(
  deployment: z.output<typeof deploymentSchema>,
  repository: ReportedRepository,
): DeploymentReport | undefined {
  const { environment, deployable } = deployment;
  const state = stateOf(deployment.status);
  if (!state) return undefined;
  const updated = timeOf(deployment.updated_at);
  return {
    repository,
    id: String(deployment.id),
    environment: environment.name.slice(0, 300),
    ...productionOf(environment.tier),
    at: latestOf(deployment.updated_at ?? deployment.created_at),
    state,
    commit: sha(deployment.sha),
    committedAt: timeOf(deployable?.commit?.created_at),
    createdAt: timeOf(deployment.created_at),
    finishedAt: isOver(state)
      ? timeOf(deployable?.finished_at) ?? updated
      : undefined,
    webUrl: link(deployable?.web_url),
  };
}

/** The same for a webhook's. */
export function toReportOfEvent(
  event: z.output<typeof deploymentEventSchema>,
  repository: ReportedRepository,
): DeploymentReport | undefined {
  const state = stateOf(event.status);
  if (!state) return undefined;
  const [, commit] =
    /\/commit\/([0-9a-f]{7,64})$/.exec(event.commit_url ?? '') ?? [];
  return {
    repository,
    id: String(event.deployment_id),
    environment: event.environment.slice(0, 300),
    ...productionOf(event.environment_tier),
    at: latestOf(event.status_changed_at),
    state,
    commit: sha(commit ?? event.short_sha),
    finishedAt: isOver(state) ? timeOf(event.status_changed_at) : undefined,
    webUrl: link(event.deployable_url),
  };
}

function stateOf(word: string | null | undefined) {
  return word && Object.hasOwn(STATES, word) ? STATES[word] : undefined;
}

function isOver(state: DeploymentReport['state']): boolean {
  return state === 'succeeded' || state === 'failed';
}

function productionOf(tier: string | null | undefined) {
  return tier ? { production: tier === 'production' } : {};
}
