import { createHash, timingSafeEqual } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Ci } from './Ci';
import type { CdEvent } from './events';

const RUN = /^\/runs\/([^/]+)\/attempts\/(\d{1,6})(?:\/(.+))?$/;
const LOG = /^tasks\/([^/]+)\/log$/;

/** Offers what the README of the CDEvents module calls the control API. */
export function serve(
  ci: Ci,
  options: { port: number; token: string },
): Server {
  const server = createServer((request, response) => {
    answer(ci, options.token, request, response).catch(error => {
      console.error(error);
      send(response, 500, { error: 'failed' });
    });
  });
  return server.listen(options.port, '127.0.0.1');
}

async function answer(
  ci: Ci,
  token: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (!same(request.headers.authorization, `Bearer ${token}`)) {
    send(response, 401, { error: 'not allowed' });
    return;
  }
  if (url.pathname === '/runs' && request.method === 'GET') {
    send(response, 200, { events: runsSince(ci, url.searchParams) });
    return;
  }
  const [, runId, attempt, rest] = RUN.exec(url.pathname) ?? [];
  if (!runId) {
    send(response, 404, { error: 'no such path' });
  } else if (request.method === 'POST' && rest === 'cancel') {
    const known = ci.cancel(decodeURIComponent(runId));
    send(response, known ? 202 : 404, { accepted: known });
  } else if (request.method === 'POST' && rest === 'rerun') {
    const { failedOnly = false } = JSON.parse((await bodyOf(request)) || '{}');
    const known = await ci.rerun(
      decodeURIComponent(runId),
      failedOnly === true,
    );
    send(response, known ? 202 : 404, { accepted: known });
  } else if (request.method === 'GET' && rest === undefined) {
    const events = ci.records.events(
      decodeURIComponent(runId),
      Number(attempt),
    );
    send(response, events.length > 0 ? 200 : 404, { events });
  } else if (request.method === 'GET' && LOG.test(rest)) {
    const job = decodeURIComponent(LOG.exec(rest)![1]);
    const run = decodeURIComponent(runId);
    const file = ci.records.logFile(run, Number(attempt), job);
    sendLog(file, request, response);
  } else {
    send(response, 404, { error: 'no such path' });
  }
}

function runsSince(ci: Ci, query: URLSearchParams): CdEvent[] {
  const since = query.get('since') ?? '';
  const repository = query.get('repository');
  return ci.records
    .all()
    .filter(
      ({ about, changedAt }) =>
        about.repository === repository && changedAt >= since,
    )
    .sort((a, b) => (a.about.queuedAt < b.about.queuedAt ? -1 : 1))
    .slice(-100)
    .flatMap(({ about }) => ci.records.events(about.runId, about.attempt));
}

/** A whole log, or with `Range: bytes=-<n>` the end of it. */
function sendLog(
  file: string | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (!file) {
    send(response, 404, { error: 'no such log' });
    return;
  }
  const { size } = statSync(file);
  const last = /^bytes=-(\d{1,12})$/.exec(request.headers.range ?? '');
  const start = last ? Math.max(0, size - Number(last[1])) : 0;
  if (last && size === 0) {
    response.writeHead(416, { 'content-range': 'bytes */0' }).end();
    return;
  }
  response.writeHead(last ? 206 : 200, {
    'content-type': 'text/plain; charset=utf-8',
    ...(last ? { 'content-range': `bytes ${start}-${size - 1}/${size}` } : {}),
  });
  createReadStream(file, { start, end: Math.max(0, size - 1) }).pipe(response);
}

function send(response: ServerResponse, status: number, body: object): void {
  response
    .writeHead(status, { 'content-type': 'application/json' })
    .end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) {
    body += chunk;
    if (body.length > 10_000) break;
  }
  return body;
}

function same(given: string | undefined, right: string): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(given ?? ''), digest(right));
}
