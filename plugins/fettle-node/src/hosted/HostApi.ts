import type { CallBudget, CallPurpose } from '../contracts/CallBudgets';
import { SourceError } from '../contracts/SourceError';
import { limitedFetch } from './limitedFetch';
import { oddAnswer } from './parseAnswer';
import { rateOf, retryTime } from './rateOf';
import { toSourceError, type Failure } from './toSourceError';

/**
 * Who asks a host, and about what.
 *
 * @public
 */
export interface Asking {
  purpose: CallPurpose;
  signal: AbortSignal;
  /** The address of the repository or of what holds it, for messages. */
  about: string;
}

/**
 * A host's answer, read whole.
 *
 * @public
 */
export interface HostAnswer {
  status: number;
  headers: Headers;
  /** JSON; empty where the host said nothing. */
  text: string;
  /** The same, parsed; undefined where it is empty. */
  data: unknown;
}

/**
 * A host that is asked through its API.
 *
 * @public
 */
export interface HostApiOptions {
  /** As its budget is called: in lower case, with its port if it has one. */
  host: string;
  /** Sent with each request; they hold the credentials. */
  headers: Readonly<Record<string, string>>;
  /** The key in config that holds the credentials, for messages. */
  credentials: string;
  budget: CallBudget;
  clock?: () => Date;
  /** Of an answer that is read whole. Default 256 MiB. */
  maxBytes?: number;
}

const MOST_SAID = 64 * 1024;
/** That something is not there, not allowed or not possible says nothing against the host. */
const BLAMELESS = [400, 403, 404, 405, 409, 410, 416, 422, 451];

/**
 * The API of one host: asks within its budget, with its credentials, and
 * throws whatever is wrong as a {@link SourceError}.
 *
 * @public
 */
export class HostApi {
  readonly #limited: typeof fetch;

  constructor(private readonly options: HostApiOptions) {
    this.#limited = limitedFetch({ maxBytes: options.maxBytes });
  }

  /** An answer that is JSON, or nothing. `url` is that of the whole request. */
  async readJson(
    asking: Asking,
    url: string,
    init: { method?: string; body?: RequestInit['body']; type?: string } = {},
  ): Promise<HostAnswer> {
    const { method, body, type } = init;
    const headers = {
      accept: 'application/json',
      ...(type ? { 'content-type': type } : {}),
    };
    const response = await this.#ask(this.#limited, asking, url, {
      ...{ method, body, headers },
    });
    let text: string;
    try {
      text = await response.text();
    } catch (error) {
      throw this.#brokenOff(asking, error);
    }
    const data = parseJson(text);
    if (data === NOT_JSON) {
      const error = oddAnswer('text that is not JSON', this.#context(asking));
      this.options.budget.failed(error);
      throw error;
    }
    this.#succeeded(response);
    return { status: response.status, headers: response.headers, text, data };
  }

  /** An answer of any form and length, which is for the caller to read and to limit. */
  async stream(
    asking: Asking,
    url: string,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const accept = { accept: '*/*', ...headers };
    const response = await this.#ask(fetch, asking, url, { headers: accept });
    this.#succeeded(response);
    return response;
  }

  /** @throws SourceError whatever is wrong */
  async #ask(
    ask: typeof fetch,
    asking: Asking,
    url: string,
    init: RequestInit & { headers: Record<string, string> },
  ): Promise<Response> {
    const { budget, headers: own } = this.options;
    const { purpose, signal } = asking;
    if (signal.aborted) throw this.#fail(asking, { cause: signal.reason });
    budget.spend(purpose);
    let response: Response;
    try {
      const headers = { ...init.headers, ...own };
      response = await ask(url, { ...init, headers, signal });
    } catch (cause) {
      throw this.#fail(asking, { cause });
    }
    const now = this.options.clock?.() ?? new Date();
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
          `${this.options.host} answered about ${asking.about} with more than Fettle reads.`,
          'Split the repository.',
          cause,
        )
      : oddAnswer('half an answer', this.#context(asking), cause);
    if (!large) this.options.budget.failed(error);
    return error;
  }

  #context({ about, signal }: Asking) {
    const { host, credentials } = this.options;
    return { host, about, signal, credentials };
  }
}

const NOT_JSON = Symbol('not JSON');

function parseJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return NOT_JSON;
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
