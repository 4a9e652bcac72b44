import type { z } from 'zod';
import { parseInput } from '../routes/parseInput';
import { Download, type Route } from '../routes/Route';
import type { Asked } from './FettleAction';

/** What a route answers to who asks: the same checks, the same schemas, the same words. */
export async function askRoute<
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
>(
  route: Route<Q, B, R>,
  given: { params?: Record<string, string>; query?: unknown; body?: unknown },
  { credentials, services }: Asked,
): Promise<z.output<R>> {
  const { params = {}, query = {}, body = {} } = given;
  const answer = await route.handle(
    {
      ...{ params, credentials, accept: 'application/json' },
      query: parseInput(route.query, query, 'input') as z.output<Q>,
      body: parseInput(route.body, body, 'input') as z.output<B>,
    },
    services,
  );
  if (answer instanceof Download) {
    throw new Error(`${route.id} answers with a file.`);
  }
  return answer;
}
