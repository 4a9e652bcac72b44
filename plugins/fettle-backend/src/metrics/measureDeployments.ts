import type { Metric } from 'backstage-plugin-fettle-common';
import { metric, percentile } from './metric';
import type { DeploymentSample } from './rows';

/** The four metrics of https://dora.dev/guides/dora-metrics/, as far as deployments tell them. */
export interface DeploymentMetrics {
  deploymentFrequency: Metric;
  leadTime: Metric;
  changeFailureRate: Metric;
  timeToRestore: Metric;
}

const THINGS = 'deployments to production';

/** See docs/metrics.md for each definition. */
export function measureDeployments(
  deployments: readonly DeploymentSample[],
  days: number,
): DeploymentMetrics {
  // What was rolled back had been put into service; what failed never was.
  const served = deployments.filter(({ state }) => state !== 'failed');
  const failed = deployments.filter(
    ({ state }) => state === 'rolled-back' || state === 'failed',
  );
  const leads = served.flatMap(({ committedAt, finishedAt }) => {
    const ms = committedAt
      ? Date.parse(finishedAt) - Date.parse(committedAt)
      : -1;
    return ms >= 0 ? [ms] : [];
  });
  const restores = restoreTimes(deployments);
  return {
    deploymentFrequency: metric(
      'per-day',
      served.length,
      () => served.length / days,
      THINGS,
      1,
    ),
    leadTime: metric(
      'ms',
      leads.length,
      () => percentile(leads, 0.5),
      `${THINGS} whose commit's time is known`,
    ),
    changeFailureRate: metric(
      'share',
      deployments.length,
      () => failed.length / deployments.length,
      THINGS,
    ),
    timeToRestore: metric(
      'ms',
      restores.length,
      () => percentile(restores, 0.5),
      'failed deployments that were followed by a good one',
      1,
    ),
  };
}

/** From each deployment that failed or was rolled back to the next good one. */
function restoreTimes(deployments: readonly DeploymentSample[]): number[] {
  const sorted = [...deployments].sort((a, b) =>
    a.finishedAt < b.finishedAt ? -1 : Number(a.finishedAt > b.finishedAt),
  );
  const brokenSince = new Map<string, number>();
  const times: number[] = [];
  for (const { repositoryId, state, finishedAt } of sorted) {
    const at = Date.parse(finishedAt);
    const since = brokenSince.get(repositoryId);
    if (state === 'succeeded') {
      if (since !== undefined) times.push(at - since);
      brokenSince.delete(repositoryId);
    } else if (since === undefined) {
      brokenSince.set(repositoryId, at);
    }
  }
  return times;
}
