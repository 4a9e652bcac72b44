/** What the fake host answers with. */
export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

/** How the fake misbehaves. */
export type Misbehaviour = Answer | 'half' | 'never';

/** The user of the token. */
export const BOT = 'bot@gitlab.example.com';

export const GONE: Answer = {
  status: 404,
  body: '{"message":"404 Project Not Found"}',
};

/** An answer of a form that the host describes. */
export function json<T>(body: T, status = 200): Answer {
  return { status, body: JSON.stringify(body) };
}

/** What of the host matters to the pages of its lists. */
export interface Paging {
  query: URLSearchParams;
  /** The address that was asked, for the link to the next page. */
  url: string;
  /** No more than the host gives at once, whatever it is asked for. */
  most: number;
}

/** A page of a list with a link to the next one: by number and with the number of all, or by the last item without. */
export function pageOf<T>(
  items: readonly T[],
  { query, url, most }: Paging,
): Answer {
  const size = Math.min(most, Number(query.get('per_page') ?? 20));
  const keyset = query.get('pagination') === 'keyset';
  const name = keyset ? 'page_token' : 'page';
  const page = Number(query.get(name) ?? 1);
  const next = new URL(url);
  next.searchParams.set(name, String(page + 1));
  const headers: Record<string, string> = {};
  if (page * size < items.length) headers.link = `<${next}>; rel="next"`;
  if (!keyset) headers['x-total'] = String(items.length);
  return { ...json(items.slice((page - 1) * size, page * size)), headers };
}
