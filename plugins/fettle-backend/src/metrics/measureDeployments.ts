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
  const leads = served.flatMap(({ committedAt, finishedAt }) =>
    committedAt ? [Date.parse(finishedAt) - Date.parse(committedAt)] : [],
  );
  const sound = leads.filter(ms => ms >= 0);
  const skewed = leads.length - sound.length;
  const { failures, restores } = failuresOf(deployments);
  const leadTime = metric(
    'ms',
    sound.length,
    () => percentile(sound, 0.5),
    `${THINGS} whose commit's time is known`,
  );
  return {
    deploymentFrequency: metric(
      'per-day',
      served.length,
      () => served.length / days,
      THINGS,
      1,
    ),
    leadTime:
      skewed === 0
        ? leadTime
        : { ...leadTime, note: withSkew(leadTime.note, skewed) },
    changeFailureRate: metric(
      'share',
      deployments.length,
      () => failures / deployments.length,
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

function withSkew(note: string | null, skewed: number): string {
  const left = `${skewed} left out: deployed before the time of the commit`;
  return note === null ? left : `${note}; ${left}`;
}

/**
 * How many failed, and how long it took from each that did to the next good
 * one of the same environment. One that is replaced by a commit that was in
 * service before it failed too: that is how most hosts see a roll-back.
 */
function failuresOf(deployments: readonly DeploymentSample[]) {
  const restores: number[] = [];
  let failures = 0;
  for (const places of byEnvironment(deployments)) {
    const servedBefore = new Set<string>();
    let current: DeploymentSample | undefined;
    let brokenSince: number | undefined;
    for (const one of places) {
      const at = Date.parse(one.finishedAt);
      if (one.state !== 'succeeded') {
        failures += 1;
        brokenSince ??= at;
        if (one.state === 'rolled-back') current = undefined;
        continue;
      }
      if (
        brokenSince === undefined &&
        current?.commit &&
        one.commit &&
        one.commit !== current.commit &&
        servedBefore.has(one.commit)
      ) {
        failures += 1;
        brokenSince = Date.parse(current.finishedAt);
      }
      if (brokenSince !== undefined) restores.push(at - brokenSince);
      brokenSince = undefined;
      if (one.commit) servedBefore.add(one.commit);
      current = one;
    }
  }
  return { failures, restores };
}

/** Those of each environment, first to last. */
function byEnvironment(
  deployments: readonly DeploymentSample[],
): DeploymentSample[][] {
  const places = new Map<string, DeploymentSample[]>();
  for (const one of deployments) {
    const key = JSON.stringify([one.repositoryId, one.environment]);
    const known = places.get(key);
    if (known) known.push(one);
    else places.set(key, [one]);
  }
  const orderOf = ({ finishedAt, state, commit }: DeploymentSample) =>
    `${finishedAt} ${state} ${commit ?? ''}`;
  return [...places.values()].map(list =>
    list.sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1)),
  );
}
