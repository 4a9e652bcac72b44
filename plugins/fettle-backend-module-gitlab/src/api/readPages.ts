import type { HostAnswer } from 'backstage-plugin-fettle-node';
import type { Query } from './GitlabApi';

/** As many as hosts give at once. */
const PER_PAGE = 100;

/** What was found, and whether that is all. */
export interface Pages<T> {
  items: T[];
  /** How many there are, where the host says so: not for many, nor for all lists. */
  total: number | undefined;
  complete: boolean;
}

/**
 * Page after page, by number or by the last item, whichever the host names in
 * its header `Link`. Only what the link asks for is taken from it, never where
 * it leads.
 */
export async function readPages<T>(options: {
  read: (query: Query) => Promise<HostAnswer & { items: T[] }>;
  query?: Query;
  mostPages: number;
  /** Whether what follows is of no interest. */
  enough?: (items: readonly T[]) => boolean;
}): Promise<Pages<T>> {
  const { read, mostPages, enough = () => false } = options;
  const items: T[] = [];
  let total: number | undefined;
  let query: Query | undefined = { ...options.query, per_page: PER_PAGE };
  for (let page = 1; page <= mostPages; page++) {
    const answer: HostAnswer & { items: T[] } = await read(query);
    items.push(...answer.items);
    total = totalOf(answer.headers) ?? total;
    const next = nextOf(answer.headers);
    if (!next || answer.items.length === 0 || enough(items)) {
      return { items, total, complete: true };
    }
    query = { ...options.query, per_page: PER_PAGE, ...next };
  }
  return { items, total, complete: false };
}

export function totalOf(headers: Headers): number | undefined {
  const total = headers.get('x-total');
  return total && /^\d+$/.test(total) ? Number(total) : undefined;
}

function nextOf(headers: Headers): Query | undefined {
  const [, address] =
    /<([^>]+)>\s*;\s*rel="?next"?/.exec(headers.get('link') ?? '') ?? [];
  if (!address || !URL.canParse(address, 'http://host')) return undefined;
  return Object.fromEntries(new URL(address, 'http://host').searchParams);
}
