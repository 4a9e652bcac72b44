import type { Knex } from 'knex';
import { dialectOf } from '../Dialect';
import { upsertRows } from '../writeRows';
import { mergeDeployment } from './mergeDeployment';
import type { Resolver } from './resolveRepositories';
import { DEPLOYMENTS, type DeploymentRow } from './rows';
import type { Told } from './RunStore';

/** Merges reports into deployments; gives those that changed, not yet written: they need a revision. */
export async function mergeDeployments(
  trx: Knex,
  told: readonly Told[],
  resolver: Resolver,
  options: { isProduction: (environment: string) => boolean; now: Date },
): Promise<DeploymentRow[]> {
  const reports = told.flatMap(({ sourceId, deployments }) =>
    deployments.flatMap(report => {
      const repository = resolver.find(sourceId, report.repository);
      return repository
        ? [{ sourceId, repositoryId: repository.id, report }]
        : [];
    }),
  );
  if (reports.length === 0) return [];
  const these = dialectOf(trx).oneOf(
    'deployment_id',
    new Set(reports.map(({ report }) => report.id)),
  );
  const rows: DeploymentRow[] = await trx('deployments').whereRaw(
    these.sql,
    these.bindings,
  );
  const place = (row: DeploymentRow) =>
    JSON.stringify([row.repository_id, row.source_id, row.deployment_id]);
  const before = new Map(rows.map(row => [place(row), row]));
  const changed = new Map<string, DeploymentRow>();
  for (const { sourceId, repositoryId, report } of reports) {
    const key = JSON.stringify([repositoryId, sourceId, report.id]);
    const was = changed.get(key) ?? before.get(key);
    const row = mergeDeployment(was, report, {
      ...{ sourceId, repositoryId },
      ...options,
    });
    if (was && JSON.stringify(was) === JSON.stringify(row)) continue;
    changed.set(key, row);
  }
  return [...changed.values()];
}

/** Writes deployments with the revision that made them so. */
export async function writeDeployments(
  trx: Knex,
  rows: readonly DeploymentRow[],
  revision: number,
): Promise<void> {
  await upsertRows(
    trx,
    DEPLOYMENTS,
    rows.map(row => ({ ...row, revision })),
  );
}
