import {
  limitedFetch,
  SourceError,
  type CallBudget,
  type CallPurpose,
} from 'backstage-plugin-fettle-node';
import { giteaApi } from 'gitea-js';
import type { GiteaHost } from '../config/readGiteaConfig';
import { oddAnswer } from './parseAnswer';
import { rateOf, retryTime } from './rateOf';
import { toSourceError, type Failure } from './toSourceError';

/** All operations that a host describes, by name. */
export type Client = ReturnType<typeof giteaApi>;

/** Who asks, and about what. */
export interface Asking {
  purpose: CallPurpose;
  signal: AbortSignal;
  /** The address of the repository or organization, for messages. */
  about: string;
}

const MOST_SAID = 64 * 1024;
/** That something is not there, not allowed or not possible says nothing against the host. */
const BLAMELESS = [400, 403, 404, 405, 409, 410, 416, 422, 451];

/** The API of one host: credentials, budget, and failures as {@link SourceError}. */
export class GiteaApi {
  readonly host: string;
  readonly #limited: typeof fetch;

  constructor(
    readonly options: {
      host: GiteaHost;
      budget: CallBudget;
      clock?: () => Date;
      /** Of an answer that is read as a whole. */
      maxBytes?: number;
    },
  ) {
    this.host = options.host.host;
    this.#limited = limitedFetch({ maxBytes: options.maxBytes });
  }

  /** What it answers was asked for within the budget, and is JSON. */
  client(asking: Asking): Client {
    const { baseUrl } = this.options.host;
    return giteaApi(baseUrl, {
      customFetch: (url, init) => this.#readJson(asking, String(url), init),
    });
  }

  /** An answer that is no JSON, of any length; `path` is below the API's address. */
  async stream(
    asking: Asking,
    path: string,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const url = `${this.options.host.baseUrl}/api/v1${path}`;
    const accept = { accept: '*/*', ...headers };
    const response = await this.#ask(fetch, asking, url, { headers: accept });
    this.#succeeded(response);
    return response;
  }

  async #readJson(
    asking: Asking,
    url: string,
    init?: RequestInit,
  ): Promise<Response> {
    const { method, body } = init ?? {};
    const headers = { accept: 'application/json' };
    const response = await this.#ask(this.#limited, asking, url, {
      ...{ method, body, headers },
    });
    const { status, headers: told } = response;
    let text: string;
    try {
      text = await response.text();
    } catch (error) {
      throw this.#brokenOff(asking, error);
    }
    if (text !== '' && !isJson(text)) {
      const error = oddAnswer('text that is not JSON', this.#context(asking));
      this.options.budget.failed(error);
      throw error;
    }
    this.#succeeded(response);
    return new Response(text || null, { status, headers: told });
  }

  /** @throws SourceError whatever is wrong */
  async #ask(
    ask: typeof fetch,
    asking: Asking,
    url: string,
    init: RequestInit & { headers: Record<string, string> },
  ): Promise<Response> {
    const { budget, host } = this.options;
    const { purpose, signal } = asking;
    if (signal.aborted) throw this.#fail(asking, { cause: signal.reason });
    budget.spend(purpose);
    let response: Response;
    try {
      const headers = { ...init.headers, ...host.headers };
      response = await ask(url, { ...init, headers, signal });
    } catch (cause) {
      throw this.#fail(asking, { cause });
    }
    const now = this.#now();
    const rate = rateOf(response.headers, now);
    budget.observe(rate);
    if (response.ok) return response;
    const said = await messageOf(response);
    const waits = response.status === 403 && rate.retryAt !== undefined;
    const status = waits ? 429 : response.status;
    if (status === 429) budget.observe({ retryAt: retryTime(rate, now) });
    throw this.#fail(asking, { status, said });
  }

  #succeeded({ headers }: Response): void {
    this.options.budget.succeeded(headers.get('date') ?? undefined);
  }

  /** What a failure comes to, told to the budget. */
  #fail(asking: Asking, failure: Failure): SourceError {
    const error = toSourceError(failure, this.#context(asking));
    const blameless = BLAMELESS.includes(failure.status ?? 0);
    // Nor does a question that nobody waits for any more.
    if (!blameless && !isWithdrawn(asking.signal)) {
      this.options.budget.failed(error);
    }
    return error;
  }

  #brokenOff(asking: Asking, cause: unknown): SourceError {
    if (asking.signal.aborted) return this.#fail(asking, { cause });
    const large = /^The answer is over/.test((cause as Error)?.message);
    const error = large
      ? new SourceError(
          'too-large',
          `${this.host} answered about ${asking.about} with more than Fettle reads.`,
          'Split the repository.',
          cause,
        )
      : oddAnswer('half an answer', this.#context(asking), cause);
    if (!large) this.options.budget.failed(error);
    return error;
  }

  #context({ about, signal }: Asking) {
    return { host: this.host, about, signal };
  }

  #now(): Date {
    return this.options.clock?.() ?? new Date();
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** What the host says of its refusal, cut to what a sentence takes. */
async function messageOf(response: Response): Promise<string | undefined> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const part of response.body ?? []) {
      parts.push(part);
      bytes += part.length;
      if (bytes > MOST_SAID) break;
    }
    const { message } = JSON.parse(Buffer.concat(parts).toString());
    return typeof message === 'string' && message !== ''
      ? message.slice(0, 200)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Ended for another reason than that the host took too long. */
function isWithdrawn({ aborted, reason }: AbortSignal): boolean {
  return aborted && (reason as Error | undefined)?.name !== 'TimeoutError';
}
