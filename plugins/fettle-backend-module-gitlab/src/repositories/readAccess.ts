import {
  SourceError,
  type RepositoryAccess,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { ProjectApi } from '../api/ProjectApi';

/** 1,000 of each. */
const MOST_PAGES = 10;
/** https://docs.gitlab.com/api/access_requests/#valid-access-levels */
const MAINTAINER = 40;
const OWNER = 50;

const keySchema = z.object({
  id: z.number(),
  title: z.string(),
  can_push: z.boolean(),
});
const memberSchema = z.object({
  id: z.number(),
  username: z.string(),
  access_level: z.number(),
});

/** Who may change the repository; each list only where the credentials may see all of it. */
export async function readAccess(
  project: ProjectApi,
): Promise<RepositoryAccess> {
  const [keys, members] = await Promise.all([
    list(project, '/deploy_keys', keySchema),
    list(project, '/members/all', memberSchema),
  ]);
  return {
    deployKeys: keys?.map(({ id, title, can_push: canWrite }) => ({
      ...{ id: String(id), title, canWrite },
    })),
    maintainers: members
      ?.filter(one => one.access_level >= MAINTAINER)
      .map(({ id, username, access_level: level }) => ({
        ...{ id: String(id), name: username },
        level: level >= OWNER ? 'owner' : 'maintainer',
      })),
  };
}

async function list<S extends z.ZodType>(
  project: ProjectApi,
  path: string,
  schema: S,
): Promise<z.output<S>[] | undefined> {
  try {
    const found = await project.readAll(path, schema, {
      mostPages: MOST_PAGES,
    });
    return found.complete ? found.items : undefined;
  } catch (error) {
    const hidden =
      error instanceof SourceError &&
      (error.code === 'not-found' || error.code === 'unauthorized');
    if (!hidden) throw error;
    return undefined;
  }
}
