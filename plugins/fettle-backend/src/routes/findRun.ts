import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import type { StoredRun } from '../store/runs/RunStore';
import type { RouteServices } from './Route';

/** A run that the reader may see; throws NotFoundError where there is none. */
export async function findRun(
  id: string,
  credentials: BackstageCredentials,
  { access, runs }: RouteServices,
): Promise<StoredRun> {
  const run = await runs.get(id, await access.visibility(credentials));
  if (!run) {
    throw new NotFoundError(
      `There is no run '${id}', or you may not see its repository.`,
    );
  }
  return run;
}
