import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, graphql } from 'graphql';

const SCHEMA = '@octokit/graphql-schema/schema.graphql';

// GitHub's own schema: what it does not allow is answered with its errors. The
// package can only be imported, not required, and so it is looked for.
const schemaFile = (require.resolve.paths(SCHEMA) ?? [])
  .map(folder => join(folder, SCHEMA))
  .find(file => existsSync(file))!;
const schema = buildSchema(readFileSync(schemaFile, 'utf8'), {
  assumeValid: true,
});

/** A query, as it is sent. */
export interface Query {
  query: string;
  variables: Record<string, unknown>;
}

/** Answers a query as GitHub does; an error's `type` is told. */
export async function runQuery(
  { query, variables }: Query,
  rootValue: object,
): Promise<object> {
  const { data, errors } = await graphql({
    ...{ schema, rootValue, source: query, variableValues: variables },
  });
  const told = errors?.map(({ message, path, originalError }) => ({
    type: (originalError as { type?: string } | undefined)?.type,
    ...{ message, path },
  }));
  return { data, ...(told ? { errors: told } : {}) };
}
