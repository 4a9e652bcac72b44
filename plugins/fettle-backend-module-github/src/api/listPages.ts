import type { RepositoryLocation } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { GithubHosts } from './GithubHosts';

const PER_PAGE = 100;
/** `<https://api…?after=Y3Vyc29y&per_page=100>; rel="next"` */
const NEXT = /<([^>]+)>;\s*rel="next"/;
/** By which pages of these lists go on; the rest of the address is ours. */
const CURSORS = ['after', 'page'] as const;

/** All items of a list, page by page as its answers say. */
export async function listPages<S extends z.ZodType>(
  hosts: GithubHosts,
  location: RepositoryLocation,
  of: {
    route: string;
    parameters: Record<string, unknown>;
    schema: S;
    signal: AbortSignal;
    mostPages: number;
    /** Whether what follows is of no interest. */
    enough?: (items: readonly z.output<S>[]) => boolean;
  },
): Promise<{ items: z.output<S>[]; complete: boolean }> {
  const { route, schema, signal, mostPages } = of;
  const items: z.output<S>[] = [];
  let cursor: Record<string, string> = {};
  for (let page = 1; page <= mostPages; page += 1) {
    const { data, headers } = await hosts.ask(location, {
      ...{ route, signal },
      parameters: { ...of.parameters, per_page: PER_PAGE, ...cursor },
    });
    items.push(...hosts.parse(location, z.array(schema), data));
    if (of.enough?.(items)) return { items, complete: false };
    const next = NEXT.exec(String(headers.link ?? ''))?.[1];
    if (!next) return { items, complete: true };
    const asked = new URL(next, 'https://localhost').searchParams;
    cursor = Object.fromEntries(
      CURSORS.flatMap(name => {
        const value = asked.get(name);
        return value === null ? [] : [[name, value]];
      }),
    );
    // Nothing that leads on would be the same page for ever.
    if (Object.keys(cursor).length === 0) return { items, complete: false };
  }
  return { items, complete: false };
}
