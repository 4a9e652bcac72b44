import {
  SourceError,
  type SourceErrorCode,
} from 'backstage-plugin-fettle-node';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { isAllowed } from '../config/readLocation';
import type { ImportLimits } from './limits';

/** By which a server tells whether its answer changed. */
export interface Validators {
  etag?: string;
  lastModified?: string;
}

/** What came of a request. */
type Download =
  | { found: false }
  | { found: true; unchanged: true }
  | { found: true; unchanged: false; validators: Validators; bytes: number };

const REDIRECTS = 5;

/** Fetches what feeds are made of, over HTTP, within limits of size and time. */
export class Downloader {
  constructor(private readonly limits: ImportLimits) {}

  /** Writes a body to a file; what is there afterwards is whole, or an error is thrown. */
  async toFile(
    url: string,
    path: string,
    options: { maxBytes: number; signal: AbortSignal; known?: Validators },
  ): Promise<Download> {
    return this.#get(url, options, async chunks => {
      await pipeline(chunks, createWriteStream(path));
    });
  }

  /** A small body as text; undefined where there is none. */
  async toText(
    url: string,
    options: { maxBytes: number; signal: AbortSignal },
  ): Promise<string | undefined> {
    const parts: Uint8Array[] = [];
    const { found } = await this.#get(url, options, async chunks => {
      for await (const chunk of chunks) parts.push(chunk);
    });
    return found ? Buffer.concat(parts).toString('utf8') : undefined;
  }

  async #get(
    url: string,
    {
      maxBytes,
      signal,
      known = {},
    }: { maxBytes: number; signal: AbortSignal; known?: Validators },
    consume: (chunks: AsyncIterable<Uint8Array>) => Promise<void>,
  ): Promise<Download> {
    const idle = new AbortController();
    const all = AbortSignal.any([
      signal,
      idle.signal,
      AbortSignal.timeout(this.limits.totalMs),
    ]);
    let timer = setTimeout(() => idle.abort(), this.limits.idleMs);
    const rearm = () => {
      clearTimeout(timer);
      timer = setTimeout(() => idle.abort(), this.limits.idleMs);
    };
    try {
      const response = await this.#ask(url, known, all);
      if (response.status === 304) return { found: true, unchanged: true };
      if (response.status === 404 || response.status === 410) {
        await response.body?.cancel();
        return { found: false };
      }
      if (!response.ok || !response.body) {
        await response.body?.cancel();
        throw refused(url, response.status);
      }
      let bytes = 0;
      const counted = async function* counted(body: AsyncIterable<Uint8Array>) {
        for await (const chunk of body) {
          rearm();
          bytes += chunk.length;
          if (bytes > maxBytes) throw tooLarge(url, maxBytes);
          yield chunk;
        }
      };
      if (Number(response.headers.get('content-length')) > maxBytes) {
        await response.body.cancel();
        throw tooLarge(url, maxBytes);
      }
      await consume(
        counted(response.body as unknown as AsyncIterable<Uint8Array>),
      );
      return {
        ...{ found: true, unchanged: false, bytes },
        validators: {
          etag: response.headers.get('etag') ?? undefined,
          lastModified: response.headers.get('last-modified') ?? undefined,
        },
      };
    } catch (error) {
      if (error instanceof SourceError || signal.aborted) throw error;
      if (all.aborted) {
        throw failure('timeout', url, 'did not answer in time', error);
      }
      throw failure('unreachable', url, `broke off: ${causeOf(error)}`, error);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Follows redirects by itself: where they lead has to be as safe as where they start. */
  async #ask(
    first: string,
    { etag, lastModified }: Validators,
    signal: AbortSignal,
  ): Promise<Response> {
    let url = first;
    for (let hop = 0; hop <= REDIRECTS; hop++) {
      const response = await fetch(url, {
        ...{ signal, redirect: 'manual' },
        headers: {
          ...(etag ? { 'If-None-Match': etag } : {}),
          ...(lastModified ? { 'If-Modified-Since': lastModified } : {}),
        },
      });
      const to = response.headers.get('location');
      if (
        response.status === 304 ||
        response.status < 300 ||
        response.status >= 400 ||
        !to
      ) {
        return response;
      }
      await response.body?.cancel();
      const next = URL.canParse(to, url) ? new URL(to, url) : undefined;
      if (!next || !isAllowed(next)) {
        throw failure(
          'invalid',
          first,
          'sends elsewhere, to an address that is not safe',
        );
      }
      url = next.toString();
    }
    throw failure(
      'invalid',
      first,
      `sends elsewhere more than ${REDIRECTS} times`,
    );
  }
}

function causeOf(error: unknown): string {
  const { cause, message } = error as { cause?: unknown; message?: string };
  return cause instanceof Error
    ? cause.message || String(cause)
    : String(message);
}

function failure(
  code: SourceErrorCode,
  url: string,
  what: string,
  cause?: unknown,
): SourceError {
  return new SourceError(
    code,
    `${url} ${what}`,
    'See that the address in fettle.vulnerabilities is right and can be reached from here; until then what was imported before is used',
    cause,
  );
}

function tooLarge(url: string, maxBytes: number): SourceError {
  return failure('too-large', url, `sends more than ${maxBytes} bytes`);
}

const REFUSALS: Record<number, SourceErrorCode> = {
  401: 'unauthorized',
  403: 'unauthorized',
  429: 'rate-limited',
};

function refused(url: string, status: number): SourceError {
  return failure(REFUSALS[status] ?? 'failed', url, `answered ${status}`);
}
