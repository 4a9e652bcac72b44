import type { DeploymentReport } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { timeOf } from './reports';

const STATES: Record<string, DeploymentReport['state']> = {
  queued: 'pending',
  pending: 'pending',
  waiting: 'pending',
  in_progress: 'running',
  success: 'succeeded',
  failure: 'failed',
  error: 'failed',
};

/** A deployment, in webhooks and in the API alike. */
export const deploymentSchema = z.object({
  id: z.number(),
  sha: z.string().nullish(),
  environment: z.string().min(1),
  production_environment: z.boolean().nullish(),
  created_at: z.string().nullish(),
});

/** What was said of a deployment at one time. */
export interface DeploymentStatus {
  /** GitHub's word. */
  state: string;
  createdAt: string | null | undefined;
  url: string | null | undefined;
}

/** A deployment of which nothing was said yet. */
export function toDeploymentReport(
  deployment: z.output<typeof deploymentSchema>,
  repository: DeploymentReport['repository'],
): DeploymentReport {
  const { sha } = deployment;
  const createdAt = timeOf(deployment.created_at);
  return {
    repository,
    id: String(deployment.id),
    environment: deployment.environment.slice(0, 300),
    production: deployment.production_environment ?? undefined,
    ...{ state: 'pending', at: createdAt, createdAt },
    commit: sha && /^[0-9a-f]{7,64}$/.test(sha) ? sha : undefined,
  };
}

/**
 * The same after a status; undefined for one that says nothing of how it went:
 * `inactive` says that another took its place, which is not its end.
 */
export function withStatus(
  report: DeploymentReport,
  { state: word, createdAt, url }: DeploymentStatus,
): DeploymentReport | undefined {
  const state = Object.hasOwn(STATES, word) ? STATES[word] : undefined;
  if (!state) return undefined;
  const at = timeOf(createdAt);
  const ended = state === 'succeeded' || state === 'failed';
  const usable = url && url.length <= 2000 && /^https?:\/\//.test(url);
  return {
    ...report,
    ...{ state, at },
    finishedAt: ended ? at : undefined,
    webUrl: usable ? url : undefined,
  };
}
