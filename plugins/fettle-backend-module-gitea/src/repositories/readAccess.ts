import type { RepositoryAccess } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { readPages } from '../api/readPages';
import type { RepositoryApi } from '../api/RepositoryApi';
import { unlessHidden } from '../unlessHidden';

/** 1,000 keys. */
const MOST_PAGES = 20;
/** Each is a request of its own. */
const MOST_PEOPLE = 50;

const keySchema = z.object({
  id: z.number(),
  title: z.string(),
  read_only: z.boolean(),
});
const personSchema = z.object({
  id: z.number(),
  // It becomes a part of an address.
  login: z.string().regex(/^[\w-][\w.-]*$/),
});
const permissionSchema = z.object({ permission: z.string() });
const MAINTAINS = ['admin', 'owner'];

/**
 * Who may change the repository; each list only where the credentials may see
 * all of it. The host lists those who were named one by one, not its teams.
 */
export async function readAccess(
  repository: RepositoryApi,
): Promise<RepositoryAccess> {
  const [deployKeys, maintainers] = await Promise.all([
    unlessHidden(readKeys(repository)),
    unlessHidden(readMaintainers(repository)),
  ]);
  return { deployKeys, maintainers };
}

async function readKeys(
  repository: RepositoryApi,
): Promise<RepositoryAccess['deployKeys']> {
  const { client, name } = repository;
  const { items, complete } = await readPages({
    read: paging =>
      repository.readPage(
        client.repos.repoListKeys(...name, paging),
        z.array(keySchema),
      ),
    mostPages: MOST_PAGES,
  });
  if (!complete) return undefined;
  return items.map(({ id, title, read_only: readOnly }) => ({
    ...{ id: String(id), title, canWrite: !readOnly },
  }));
}

async function readMaintainers(
  repository: RepositoryApi,
): Promise<RepositoryAccess['maintainers']> {
  const { client, name } = repository;
  const { items, complete } = await readPages({
    read: paging =>
      repository.readPage(
        client.repos.repoListCollaborators(...name, paging),
        z.array(personSchema),
      ),
    mostPages: 1,
  });
  if (!complete || items.length > MOST_PEOPLE) return undefined;
  const maintainers = [];
  for (const { id, login } of items) {
    const { permission } = await repository.read(
      client.repos.repoGetRepoPermissions(...name, login),
      permissionSchema,
    );
    if (!MAINTAINS.includes(permission)) continue;
    maintainers.push({ id: String(id), name: login, level: permission });
  }
  return maintainers;
}
