import {
  SourceError,
  type RepositoryLocation,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { hostOf } from '../locate/slug';
import type { GithubHosts } from './GithubHosts';

const answerSchema = z.object({
  data: z.object({ repository: z.unknown() }).nullish(),
  errors: z
    .array(
      z.object({
        type: z.string().optional(),
        message: z.string().catch(''),
        path: z.array(z.union([z.string(), z.number()])).optional(),
      }),
    )
    .optional(),
});

/**
 * Asks for `repository(owner: $owner, name: $repo)` by GraphQL, which answers
 * with 200 whatever happens. A part that the credentials may not see comes as
 * null; the schema says whether that part can be missing.
 */
export async function queryRepository<T extends z.ZodType>(
  hosts: GithubHosts,
  location: RepositoryLocation,
  ask: {
    query: string;
    variables?: Record<string, unknown>;
    schema: T;
    signal: AbortSignal;
  },
): Promise<z.output<T>> {
  const { query, variables = {}, schema, signal } = ask;
  const { api, answer } = await hosts.query(location, query, variables, signal);
  const { data, errors = [] } = hosts.parse(
    location,
    answerSchema,
    answer.data,
  );
  const has = (type: string) => errors.find(error => error.type === type);
  const about = location.remote;
  // As REST would have said it by its status.
  const fail = (status: number) => {
    const { headers } = answer;
    const said = errors[0]?.message ?? 'no reason given';
    const response = { headers, data: { message: said } };
    const cause = Object.assign(new Error(said), { status, response });
    return api.fail(cause, { about, signal });
  };
  // The description has the one, hosts answer with the other too.
  if (has('RATE_LIMITED') ?? has('RATE_LIMIT')) throw fail(429);
  if (data?.repository) return hosts.parse(location, schema, data.repository);
  if (has('NOT_FOUND') || (data && errors.length === 0)) throw fail(404);
  if (has('FORBIDDEN') ?? has('INSUFFICIENT_SCOPES')) throw fail(403);
  throw new SourceError(
    'failed',
    `${hostOf(location)} could not answer a query about ${about}: ${
      errors[0]?.message.slice(0, 200) || 'no reason given'
    }.`,
    'Fettle tries again.',
  );
}
