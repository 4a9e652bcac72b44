import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { runControlPermission, type Run } from 'backstage-plugin-fettle-common';
import type { RouteServices } from './Route';

/** Adds to runs what depends on their reader and on the runs before them. */
export async function presentRuns<R extends Run>(
  runs: readonly R[],
  credentials: BackstageCredentials,
  services: RouteServices,
): Promise<R[]> {
  const { access, control, pipelines } = services;
  if (runs.length === 0) return [];
  const repositories = new Map<string, Set<string>>();
  for (const { repositoryId, pipeline } of runs) {
    const ids = repositories.get(repositoryId) ?? new Set();
    repositories.set(repositoryId, ids.add(pipeline.id));
  }
  const [allowed, ...usual] = await Promise.all([
    access.allows(runControlPermission, credentials),
    ...[...repositories].map(
      async ([id, pipelineIds]) =>
        [id, await pipelines.usualMs(id, [...pipelineIds])] as const,
    ),
  ]);
  const usualOf = new Map(usual);
  return Promise.all(
    runs.map(async run => ({
      ...run,
      usualMs: usualOf.get(run.repositoryId)?.get(run.pipeline.id) ?? null,
      can: await control.can(run, allowed),
    })),
  );
}
