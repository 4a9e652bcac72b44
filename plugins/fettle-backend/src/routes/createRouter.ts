import { pipeline } from 'node:stream/promises';
import type {
  AuditorService,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import express from 'express';
import Router from 'express-promise-router';
import { auditWrite } from './auditWrite';
import { openApiDocument } from './openApiDocument';
import { parseInput } from './parseInput';
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
            query: parseInput(route.query, request.query, 'query'),
            body: parseInput(route.body, request.body, 'body'),
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
        ? await auditWrite(
            auditor,
            { route, request, meta: { ...request.params } },
            answer,
          )
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
