import {
  parseAnswer,
  SourceError,
  type RepositoryLocation,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { GiteaApi } from '../api/GiteaApi';
import { readPages } from '../api/readPages';
import { locationOf, parseSlug } from '../locate/slug';

/** 20,000 repositories. */
const MOST_PAGES = 400;

const pageSchema = z.array(z.object({ full_name: z.string() }));

/** What could not be listed. */
export interface Problem {
  where: string;
  message: string;
  action: string;
}

/** The repositories of the organizations, and people, that config names. */
export async function discoverRepositories(
  apis: readonly GiteaApi[],
  signal: AbortSignal,
): Promise<{ repositories: RepositoryLocation[]; problems: Problem[] }> {
  const repositories: RepositoryLocation[] = [];
  const problems: Problem[] = [];
  for (const api of apis) {
    for (const owner of api.options.host.organizations) {
      try {
        repositories.push(...(await listRepositories(api, owner, signal)));
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
        const { message, action } = error;
        const where = `fettle.gitea.hosts: ${api.host}: ${owner}`;
        problems.push({ where, message, action });
      }
    }
  }
  return { repositories, problems };
}

type List = (paging: {
  page: number;
  limit: number;
}) => Promise<{ data: unknown; headers: Headers }>;

async function listRepositories(
  api: GiteaApi,
  owner: string,
  signal: AbortSignal,
): Promise<RepositoryLocation[]> {
  const about = `${api.options.host.webUrl}/${owner}`;
  const client = api.client({ purpose: 'routine', signal, about });
  try {
    return await listPages(api, about, paging =>
      client.orgs.orgListRepos(owner, paging),
    );
  } catch (error) {
    if (!(error instanceof SourceError) || error.code !== 'not-found') {
      throw error;
    }
    return listPages(api, about, paging =>
      client.users.userListRepos(owner, paging),
    );
  }
}

async function listPages(
  api: GiteaApi,
  about: string,
  list: List,
): Promise<RepositoryLocation[]> {
  const { items, complete } = await readPages({
    mostPages: MOST_PAGES,
    read: async paging => {
      const { data, headers } = await list(paging);
      const total = headers.get('x-total-count');
      return {
        items: parseAnswer(pageSchema, data, { host: api.host, about }),
        total: total ? Number(total) : undefined,
      };
    },
  });
  if (!complete) {
    throw new SourceError(
      'too-large',
      `${about} has more than ${items.length} repositories.`,
      'Name single repositories in the catalog instead.',
    );
  }
  return items.flatMap(({ full_name: name }) => {
    const slug = parseSlug(name);
    return slug ? [locationOf(api.options.host, slug)] : [];
  });
}
