import type { JsonObject } from '@backstage/types';
import { z } from 'zod';
import type { Route } from './Route';

const ERROR: JsonObject = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['name', 'message'],
      properties: { name: { type: 'string' }, message: { type: 'string' } },
    },
  },
};

/** The API as an OpenAPI 3.1 document, made from the routes' own schemas. */
export function openApiDocument(routes: readonly Route[]): JsonObject {
  const paths: Record<string, JsonObject> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Fettle',
      version: '1',
      description:
        'The condition of repositories. Served under /api/fettle of a Backstage backend, with its authentication.',
    },
    servers: [{ url: '/api/fettle' }],
    components: {
      securitySchemes: { backstage: { type: 'http', scheme: 'bearer' } },
      schemas: { Error: ERROR },
    },
    security: [{ backstage: [] }],
    paths,
  };
}

function operation(route: Route): JsonObject {
  const inPath = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    ...{ name, in: 'path', required: true },
    schema: { type: 'string' },
  }));
  const failure = (description: string) => ({
    description,
    content: json({ $ref: '#/components/schemas/Error' }),
  });
  return {
    operationId: route.id,
    summary: route.summary,
    parameters: [...inPath, ...queryParameters(route.query)],
    ...(route.body && {
      requestBody: {
        required: true,
        content: route.textBody
          ? files(['application/json'])
          : json(jsonSchema(route.body, 'input')),
      },
    }),
    responses: {
      [route.status ?? 200]: {
        description: route.status === 202 ? 'Accepted' : 'OK',
        content: route.downloads
          ? files(route.downloads)
          : {
              ...json(jsonSchema(route.response, 'output')),
              ...files(route.mayDownload ?? []),
            },
      },
      400: failure('The request is not valid; the message says what is'),
      401: failure('Not signed in'),
      403: failure('A permission is missing; the message names it'),
      404: failure('Not there, or not shown to this reader'),
    },
  };
}

function queryParameters(query: z.ZodType | undefined): JsonObject[] {
  if (!query) return [];
  const { properties = {}, required = [] } = jsonSchema(query, 'input') as {
    properties?: Record<string, JsonObject>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    ...{ name, in: 'query', schema },
    required: required.includes(name),
  }));
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonObject {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io });
  return rest as JsonObject;
}

function json(schema: JsonObject): JsonObject {
  return { 'application/json': { schema } };
}

function files(types: readonly string[]): JsonObject {
  return Object.fromEntries(
    types.map(type => [type, { schema: { type: 'string' } }]),
  );
}
