import type {
  RepositoryAccess,
  RepositoryLocation,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { GithubHosts } from '../api/GithubHosts';
import { listPages } from '../api/listPages';
import { unlessHidden } from '../unlessHidden';

/** 1,000 of each. */
const MOST_PAGES = 10;

export const keySchema = z.object({
  id: z.number(),
  title: z.string(),
  read_only: z.boolean(),
});
export const personSchema = z.object({
  id: z.number(),
  login: z.string(),
  permissions: z
    .object({ admin: z.boolean(), maintain: z.boolean().optional() })
    .optional(),
});

/** Who may change the repository; each list only where the credentials may see all of it. */
export async function readAccess(
  hosts: GithubHosts,
  location: RepositoryLocation,
  signal: AbortSignal,
): Promise<RepositoryAccess> {
  const list = async <S extends z.ZodType>(route: string, schema: S) => {
    const found = await unlessHidden(
      listPages(hosts, location, {
        ...{ route, schema, signal, parameters: {} },
        mostPages: MOST_PAGES,
      }),
    );
    return found?.complete ? found.items : undefined;
  };
  const [keys, people] = await Promise.all([
    list('GET /repos/{owner}/{repo}/keys', keySchema),
    list('GET /repos/{owner}/{repo}/collaborators', personSchema),
  ]);
  return {
    deployKeys: keys?.map(({ id, title, read_only: readOnly }) => ({
      ...{ id: String(id), title, canWrite: !readOnly },
    })),
    maintainers: people
      ?.filter(({ permissions }) => permissions?.admin || permissions?.maintain)
      .map(({ id, login, permissions }) => ({
        ...{ id: String(id), name: login },
        level: permissions?.admin ? 'admin' : 'maintain',
      })),
  };
}
