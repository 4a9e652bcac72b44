import {
  repositoryPageSchema,
  type RepositorySummary,
} from 'backstage-plugin-fettle-common';
import type { TestPortal } from './TestPortal';

/** What the API says about each repository, by name. */
export async function readRepositories(
  portal: TestPortal,
): Promise<Map<string, RepositorySummary>> {
  const page = repositoryPageSchema.parse(
    await portal.get('/repositories?limit=500'),
  );
  return new Map(page.items.map(item => [item.name, item]));
}
