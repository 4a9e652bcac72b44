import {
  parseAnswer,
  SourceError,
  type RepositoryLocation,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { GitlabApi } from '../api/GitlabApi';
import { readPages } from '../api/readPages';
import { locationOf, parseSlug } from '../locate/slug';

/** 50,000 repositories. */
const MOST_PAGES = 500;

const pageSchema = z.array(z.object({ path_with_namespace: z.string() }));

/** Of groups and their subgroups, what was shared with them left out; after the last item of a page, as hosts want it for long lists. */
const QUERY = {
  ...{ include_subgroups: true, with_shared: false, simple: true },
  ...{ order_by: 'id', sort: 'asc', pagination: 'keyset' },
};

/** What could not be listed. */
export interface Problem {
  where: string;
  message: string;
  action: string;
}

/** The repositories of the groups that config names. */
export async function discoverRepositories(
  apis: readonly GitlabApi[],
  signal: AbortSignal,
): Promise<{ repositories: RepositoryLocation[]; problems: Problem[] }> {
  const repositories = new Map<string, RepositoryLocation>();
  const problems: Problem[] = [];
  for (const api of apis) {
    for (const group of api.host.groups) {
      try {
        for (const found of await listRepositories(api, group, signal)) {
          repositories.set(found.remote, found);
        }
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
        const { message, action } = error;
        const where = `fettle.gitlab.hosts: ${api.host.host}: ${group}`;
        problems.push({ where, message, action });
      }
    }
  }
  return { repositories: [...repositories.values()], problems };
}

async function listRepositories(
  api: GitlabApi,
  group: string,
  signal: AbortSignal,
): Promise<RepositoryLocation[]> {
  const about = `${api.host.webUrl}/${group}`;
  const path = `/groups/${encodeURIComponent(group)}/projects`;
  const { items, complete } = await readPages({
    ...{ mostPages: MOST_PAGES, query: QUERY },
    read: async query => {
      const asking = { purpose: 'routine' as const, signal, about };
      const answer = await api.get(asking, path, query);
      const context = { host: api.host.host, about };
      return {
        ...answer,
        items: parseAnswer(pageSchema, answer.data, context),
      };
    },
  });
  if (!complete) {
    throw new SourceError(
      'too-large',
      `${about} has more than ${items.length} repositories.`,
      'Name its subgroups instead.',
    );
  }
  return items.flatMap(({ path_with_namespace: name }) => {
    const slug = parseSlug(name);
    return slug ? [locationOf(api.host, slug)] : [];
  });
}
