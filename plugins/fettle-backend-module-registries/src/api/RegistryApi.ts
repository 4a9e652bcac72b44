import {
  HostApi,
  oddAnswer,
  parseAnswer,
  SourceError,
  type Asking,
  type CallBudget,
} from 'backstage-plugin-fettle-node';
import type { z } from 'zod';

/** What some packages with thousands of versions have, and far below what a portal has of memory. */
const MOST_BYTES = 24 * 1024 * 1024;

/** Asks one registry about one package, within its limits. */
export class RegistryApi {
  readonly baseUrl: string;
  readonly #api: HostApi;
  readonly #asking: Asking;
  readonly #host: string;
  readonly #maxBytes: number;

  constructor(options: {
    /** Without a slash at its end. */
    baseUrl: string;
    authorization?: string;
    /** The key in config that holds the credentials. */
    credentials: string;
    budget: CallBudget;
    about: string;
    signal: AbortSignal;
    maxBytes?: number;
  }) {
    const { baseUrl, authorization, credentials } = options;
    const { budget, about, signal } = options;
    this.baseUrl = baseUrl;
    this.#host = new URL(baseUrl).host;
    this.#maxBytes = options.maxBytes ?? MOST_BYTES;
    this.#asking = { purpose: 'routine', signal, about };
    this.#api = new HostApi({
      ...{ budget, credentials, host: this.#host },
      headers: {
        'user-agent': 'fettle (https://backstage.io)',
        ...(authorization ? { authorization } : {}),
      },
    });
  }

  /** `path` is below the base address, or an address below it. */
  async text(path: string, accept = '*/*'): Promise<string> {
    const url = path.startsWith(`${this.baseUrl}/`)
      ? path
      : `${this.baseUrl}/${path}`;
    const response = await this.#api.stream(this.#asking, url, { accept });
    const parts: Uint8Array[] = [];
    let bytes = 0;
    try {
      for await (const part of response.body ?? []) {
        bytes += part.length;
        if (bytes > this.#maxBytes) throw this.#tooLarge();
        parts.push(part);
      }
    } catch (error) {
      if (error instanceof SourceError) throw error;
      if (!this.#asking.signal.aborted) throw this.odd('half an answer', error);
      throw new SourceError(
        'timeout',
        `${this.#host} did not answer in time about ${this.#asking.about}.`,
        'Fettle tries again.',
        error,
      );
    }
    return Buffer.concat(parts).toString('utf8');
  }

  async json<T extends z.ZodType>(
    schema: T,
    path: string,
    accept = 'application/json',
  ): Promise<z.output<T>> {
    return this.parse(schema, await this.text(path, accept));
  }

  parse<T extends z.ZodType>(schema: T, text: string): z.output<T> {
    let data: unknown;
    try {
      data = JSON.parse(text);
    } catch {
      throw this.odd('text that is not JSON');
    }
    return this.check(schema, data);
  }

  check<T extends z.ZodType>(schema: T, data: unknown): z.output<T> {
    const { about } = this.#asking;
    return parseAnswer(schema, data, { host: this.#host, about });
  }

  /** The registry answered, and not as its description says. */
  odd(what: string, cause?: unknown): SourceError {
    const { about } = this.#asking;
    return oddAnswer(what, { host: this.#host, about }, cause);
  }

  #tooLarge(): SourceError {
    return new SourceError(
      'too-large',
      `${this.#host} answers about ${this.#asking.about} with more than ${
        this.#maxBytes
      } bytes.`,
      'Nothing is to be done: its newest version stays unknown.',
    );
  }
}
