import { PER_PAGE, type Page } from './RepositoryApi';

/**
 * Page after page to the last one, of which the host says how many there are,
 * or which is not full: a host may give fewer at once than it is asked for.
 */
export async function readPages<T>(options: {
  read: (paging: { page: number; limit: number }) => Promise<Page<T>>;
  mostPages: number;
  /** Whether what follows is of no interest. */
  enough?: (items: readonly T[]) => boolean;
}): Promise<{ items: T[]; total: number | undefined; complete: boolean }> {
  const { read, mostPages, enough = () => false } = options;
  const items: T[] = [];
  let total: number | undefined;
  for (let page = 1; page <= mostPages; page++) {
    const found = await read({ page, limit: PER_PAGE });
    items.push(...found.items);
    total = found.total;
    const last =
      total === undefined
        ? found.items.length < PER_PAGE
        : items.length >= total;
    if (last || found.items.length === 0 || enough(items)) {
      return { items, total, complete: true };
    }
  }
  return { items, total, complete: false };
}
