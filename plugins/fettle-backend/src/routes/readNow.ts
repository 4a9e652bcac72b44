import type { RouteServices } from './Route';

/**
 * Has a repository read at once, by this replica; it is made due first, so that
 * a crash in between loses nothing.
 */
export async function readNow(
  repositoryId: string,
  { store, queue, clock, logger }: RouteServices,
): Promise<void> {
  await store.markDue(repositoryId, clock().now);
  queue
    .add(repositoryId, 'now')
    .catch(error =>
      logger.error(`The reading of ${repositoryId} was not stored`, error),
    );
}
