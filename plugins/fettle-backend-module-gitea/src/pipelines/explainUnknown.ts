import { SourceError } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { RepositoryApi } from '../api/RepositoryApi';

const repositorySchema = z.object({ has_actions: z.boolean().nullish() });

/**
 * What it means that a host does not know what it was asked: the repository is
 * gone, has no actions, or its version has no such operation.
 */
export async function explainUnknown<T>(
  error: unknown,
  repository: RepositoryApi,
  { what, without }: { what: string; without: T },
): Promise<T> {
  const unknown = error instanceof SourceError && error.code === 'not-found';
  if (!unknown) throw error;
  const { client, name } = repository;
  // Throws where the repository itself is gone.
  const asked = client.repos.repoGet(...name);
  const { has_actions: has } = await repository.read(asked, repositorySchema);
  if (has === false) return without;
  throw repository.error(
    'failed',
    what,
    'Upgrade the host, or rely on its webhooks.',
  );
}
