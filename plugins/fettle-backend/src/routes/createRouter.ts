import { pipeline } from 'node:stream/promises';
import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { openApiDocument } from './openApiDocument';
import { Download, type Route, type RouteServices } from './Route';

/** Mounts routes: authenticate, parse, audit where it is a write, answer. */
export function createRouter(
  routes: readonly Route[],
  options: RouteServices & {
    httpAuth: HttpAuthService;
    auditor: AuditorService;
  },
): express.Router {
  const { httpAuth, auditor, ...services } = options;
  const router = Router();
  const document = openApiDocument(routes);
  router.get('/openapi.json', (_request, response) => {
    response.json(document);
  });
  router.get('/playbook-schema.json', (_request, response) => {
    response.json(services.playbookSchema);
  });
  for (const route of routes) {
    const { bodyLimit: limit = '100kb' } = route;
    const readBody = route.textBody
      ? express.text({ limit, type: () => true })
      : express.json({ limit });
    router[route.method](route.path, readBody, async (request, response) => {
      const credentials = await httpAuth.credentials(request, {
        allow: ['user', 'service'],
      });
      const answer = async () => {
        const result = await route.handle(
          {
            params: request.params as Record<string, string>,
            query: parse(route.query, request.query, 'query'),
            body: parse(route.body, request.body, 'body'),
            accept: request.get('accept') ?? '',
            credentials,
          },
          services,
        );
        // Within what is audited: one that breaks off was not given out.
        if (result instanceof Download) await download(result, response);
        return result;
      };
      const result = route.audited
        ? await audit(auditor, route, request, answer)
        : await answer();
      if (result instanceof Download) return;
      response.status(route.status ?? 200).json(result);
    });
  }
  return router;
}

async function download(
  { fileName, type, content }: Download,
  response: express.Response,
): Promise<void> {
  // The type after the name, which sets the one that its ending has.
  response.attachment(fileName).type(type);
  if (typeof content === 'string') response.send(content);
  else await pipeline(content, response);
}

function parse(schema: z.ZodType | undefined, value: unknown, where: string) {
  if (!schema) return undefined;
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    throw new InputError(
      `The ${where} is not valid. ${z.prettifyError(parsed.error)}`,
    );
  }
  return parsed.data;
}

async function audit<T>(
  auditor: AuditorService,
  route: Route,
  request: express.Request,
  answer: () => Promise<T>,
): Promise<T> {
  const event = await auditor.createEvent({
    eventId: route.id.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`),
    request,
    severityLevel: 'medium',
    meta: { ...request.params },
  });
  try {
    const result = await answer();
    const told =
      result instanceof Download ? { file: result.fileName } : { result };
    await event.success({ meta: told as JsonObject });
    return result;
  } catch (error) {
    await event.fail({
      error: error instanceof Error ? error : new Error(String(error)),
    });
    throw error;
  }
}
