/** What the fake host answers with. */
export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: string | Buffer;
}

/** How the fake misbehaves. */
export type Misbehaviour = Answer | 'half' | 'never';

export const GONE: Answer = {
  status: 404,
  body: '{"message":"The target couldn\'t be found."}',
};

/** An answer of a form that the host describes. */
export function json<T>(body: T, status = 200): Answer {
  return { status, body: JSON.stringify(body) };
}

/** A page of a list, with the number of all as the host gives it. */
export function pageOf<T>(
  items: readonly T[],
  query: URLSearchParams,
  most = 50,
): Answer {
  const page = cut(items, query, most);
  return {
    ...json(page),
    headers: { 'x-total-count': String(items.length) },
  };
}

/** No more than the host gives at once, whatever it is asked for. */
export function cut<T>(
  items: readonly T[],
  query: URLSearchParams,
  most = 50,
): T[] {
  const size = Math.min(most, Number(query.get('limit') ?? 30));
  const start = (Number(query.get('page') ?? 1) - 1) * size;
  return items.slice(start, start + size);
}
