import {
  SourceError,
  type RepositoryLocation,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { GithubHosts } from '../api/GithubHosts';

const schema = z.object({ status: z.string() });

/** Whether the history of `commit` has `other`; what is gone was in a history that was rewritten. */
export async function contains(
  hosts: GithubHosts,
  location: RepositoryLocation,
  options: { commit: string; other: string; signal: AbortSignal },
): Promise<boolean> {
  const { commit, other, signal } = options;
  try {
    const { status } = await hosts.read(location, {
      route: 'GET /repos/{owner}/{repo}/compare/{basehead}',
      parameters: { basehead: `${other}...${commit}`, per_page: 1 },
      ...{ schema, signal },
    });
    return status === 'ahead' || status === 'identical';
  } catch (error) {
    if (!(error instanceof SourceError) || error.code !== 'not-found') {
      throw error;
    }
    return false;
  }
}
