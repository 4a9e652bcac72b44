import {
  SourceError,
  type RepositoryLocation,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { GithubApi } from '../api/GithubApi';
import { parseAnswer } from '../api/parseAnswer';
import type { GithubHost } from '../config/readGithubConfig';
import { locationOf, parseSlug } from '../locate/slug';

const PER_PAGE = 100;
/** 20,000 repositories. */
const MOST_PAGES = 200;

const pageSchema = z.array(z.object({ full_name: z.string() }));

/** What could not be listed. */
export interface Problem {
  where: string;
  message: string;
  action: string;
}

/** The repositories of the organizations, and people, that config names. */
export async function discoverRepositories(
  hosts: readonly { host: GithubHost; api: GithubApi }[],
  signal: AbortSignal,
): Promise<{ repositories: RepositoryLocation[]; problems: Problem[] }> {
  const repositories: RepositoryLocation[] = [];
  const problems: Problem[] = [];
  for (const { host, api } of hosts) {
    for (const owner of host.organizations) {
      try {
        repositories.push(...(await listRepositories(api, owner, signal)));
      } catch (error) {
        if (!(error instanceof SourceError)) throw error;
        const { message, action } = error;
        const where = `fettle.github.hosts: ${host.host}: ${owner}`;
        problems.push({ where, message, action });
      }
    }
  }
  return { repositories, problems };
}

async function listRepositories(
  api: GithubApi,
  owner: string,
  signal: AbortSignal,
): Promise<RepositoryLocation[]> {
  const org = { route: 'GET /orgs/{org}/repos', parameters: { org: owner } };
  const user = {
    route: 'GET /users/{username}/repos',
    parameters: { username: owner },
  };
  try {
    return await listPages(api, owner, org, signal);
  } catch (error) {
    if (!(error instanceof SourceError) || error.code !== 'not-found') {
      throw error;
    }
    return listPages(api, owner, user, signal);
  }
}

async function listPages(
  api: GithubApi,
  owner: string,
  list: { route: string; parameters: Record<string, unknown> },
  signal: AbortSignal,
): Promise<RepositoryLocation[]> {
  const about = `https://${api.host}/${owner}`;
  const found: RepositoryLocation[] = [];
  for (let page = 1; page <= MOST_PAGES; page++) {
    const { data } = await api.request({
      route: list.route,
      parameters: { ...list.parameters, per_page: PER_PAGE, page },
      ...{ purpose: 'routine', signal, about },
    });
    const names = parseAnswer(pageSchema, data, { host: api.host, about });
    for (const { full_name: name } of names) {
      const slug = parseSlug(name);
      if (slug) found.push(locationOf(api.host, slug));
    }
    if (names.length < PER_PAGE) return found;
  }
  throw new SourceError(
    'too-large',
    `${about} has more than ${MOST_PAGES * PER_PAGE} repositories.`,
    'Name single repositories in the catalog instead.',
  );
}
