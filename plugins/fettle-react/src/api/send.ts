import type { FetchApi } from '@backstage/core-plugin-api';
import { ResponseError } from '@backstage/errors';
import type { FettleRequestOptions } from './FettleApi';
import { UnexpectedAnswerError } from './UnexpectedAnswerError';

/** What the client needs of a schema. */
interface Schema<T> {
  safeParse(value: unknown):
    | { success: true; data: T }
    | {
        success: false;
        error: { issues: { path: PropertyKey[]; message: string }[] };
      };
}

/** Parameters of a query; a list repeats its key, `undefined` is left out. */
type Parameters = Record<
  string,
  string | number | readonly string[] | undefined
>;

export interface Request<T> {
  method?: 'GET' | 'POST';
  path: string;
  query?: Parameters;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is, instead of a body: JSON that somebody else wrote. */
  text?: string;
  schema: Schema<T>;
  options?: FettleRequestOptions;
}

function queryString(query: Parameters): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) {
      parameters.append(key, String(one));
    }
  }
  const text = parameters.toString();
  return text && `?${text}`;
}

/** Sends a request; rejects where the answer is an error. */
export async function fetchFrom(
  baseUrl: string,
  fetch: FetchApi['fetch'],
  request: Omit<Request<unknown>, 'schema'>,
): Promise<Response> {
  const { method = 'GET', path, query = {}, body, options } = request;
  const text = body === undefined ? request.text : JSON.stringify(body);
  const response = await fetch(`${baseUrl}${path}${queryString(query)}`, {
    method,
    signal: options?.signal,
    ...(text !== undefined && {
      body: text,
      headers: { 'content-type': 'application/json' },
    }),
  });
  if (!response.ok) throw await ResponseError.fromResponse(response);
  return response;
}

/** Sends a request and checks that the answer has the form that was agreed. */
export async function send<T>(
  baseUrl: string,
  fetch: FetchApi['fetch'],
  request: Request<T>,
): Promise<T> {
  const { method = 'GET', path, schema, options } = request;
  const response = await fetchFrom(baseUrl, fetch, request);
  const route = `${method} /api/fettle${path}`;
  let answer: unknown;
  try {
    answer = await response.json();
  } catch (error) {
    if (options?.signal?.aborted) throw error;
    throw new UnexpectedAnswerError(`${route} did not answer in JSON`, error);
  }
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const { path: place, message } = parsed.error.issues[0];
  throw new UnexpectedAnswerError(
    `${route} answered in an unexpected form at '${place.join(
      '.',
    )}': ${message}. Portal and backend may run different versions of Fettle`,
  );
}
