import type { DeploymentReport } from 'backstage-plugin-fettle-node';
import type { DeploymentRow } from './rows';
import { utc } from './stateOrder';

const ORDER: Record<DeploymentReport['state'], number> = {
  pending: 0,
  running: 1,
  failed: 2,
  succeeded: 3,
  'rolled-back': 4,
};

/** A deployment after one more report, in whatever order they come. */
export function mergeDeployment(
  stored: DeploymentRow | undefined,
  report: DeploymentReport,
  context: {
    repositoryId: string;
    sourceId: string;
    /** Whether an environment is production, where the host does not say. */
    isProduction: (environment: string) => boolean;
    now: Date;
  },
): DeploymentRow {
  const at = utc(report.at);
  const stands =
    !stored ||
    (at ?? '') > (stored.at ?? '') ||
    ((at ?? '') === (stored.at ?? '') &&
      ORDER[report.state] >= ORDER[stored.state as DeploymentReport['state']]);
  const created = utc(report.createdAt);
  const production =
    report.production ?? context.isProduction(report.environment);
  const ended = report.state === 'succeeded' || report.state === 'failed';
  const finished = utc(report.finishedAt) ?? (ended ? at : null);
  return {
    repository_id: context.repositoryId,
    source_id: context.sourceId,
    deployment_id: report.id,
    environment: stands ? report.environment : stored.environment,
    production: stands ? Number(production) : stored.production,
    state: stands ? report.state : stored.state,
    at: stands ? at ?? stored?.at ?? null : stored.at,
    commit:
      (stands && report.commit) || stored?.commit || report.commit || null,
    committed_at: utc(report.committedAt) ?? stored?.committed_at ?? null,
    created_at:
      earliest(created, stored?.created_at) ?? at ?? context.now.toISOString(),
    // A roll-back does not change when it had been put into service.
    finished_at:
      (stands && ended ? finished : null) ?? stored?.finished_at ?? finished,
    web_url: report.webUrl ?? stored?.web_url ?? null,
    revision: stored?.revision ?? 0,
  };
}

function earliest(
  one: string | null,
  other: string | null | undefined,
): string | null {
  if (!one || !other) return one ?? other ?? null;
  return one < other ? one : other;
}
