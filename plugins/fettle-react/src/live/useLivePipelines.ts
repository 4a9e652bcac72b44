import {
  PIPELINES_SCOPE,
  runsScope,
  SOURCES_SCOPE,
  type FleetPipelines,
  type RepositoryPipelines,
  type Sources,
} from 'backstage-plugin-fettle-common';
import { useLiveSnapshot, type LiveSnapshot } from './useLiveSnapshot';

/** Metrics may follow what happened by this much; a burst is then one request. */
const METRICS_GAP_MS = 1_000;

/**
 * The pipelines of one folder of a repository with their metrics, kept up to
 * date; nothing without a target.
 *
 * @public
 */
export function useLivePipelines(
  target: { id: string; subpath?: string; days?: number } | undefined,
): LiveSnapshot<RepositoryPipelines> {
  const { subpath = '', days } = target ?? {};
  return useLiveSnapshot({
    scope: target && runsScope(target.id),
    key: `pipelines:${JSON.stringify([subpath, days])}`,
    gapMs: METRICS_GAP_MS,
    read: (api, signal) =>
      api.getPipelines(target!.id, { subpath, days }, { signal }),
  });
}

/**
 * The pipelines of the fleet, kept up to date.
 *
 * @public
 */
export function useLiveFleetPipelines(
  query: { days?: number; owner?: string } = {},
): LiveSnapshot<FleetPipelines> {
  const { days, owner } = query;
  return useLiveSnapshot({
    scope: PIPELINES_SCOPE,
    key: `fleet-pipelines:${JSON.stringify([days, owner])}`,
    gapMs: METRICS_GAP_MS,
    read: (api, signal) => api.getFleetPipelines({ days, owner }, { signal }),
  });
}

/**
 * Where runs come from and how that goes, kept up to date.
 *
 * @public
 */
export function useLiveSources(): LiveSnapshot<Sources> {
  return useLiveSnapshot({
    scope: SOURCES_SCOPE,
    key: 'sources',
    gapMs: METRICS_GAP_MS,
    read: (api, signal) => api.getSources({ signal }),
  });
}
