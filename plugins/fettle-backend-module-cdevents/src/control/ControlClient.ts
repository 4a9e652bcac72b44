import {
  SourceError,
  type CallBudget,
  type CallPurpose,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';

const MOST_BYTES = 8 * 1024 * 1024;

/** Speaks to the control API of one sender; failures come as {@link SourceError}. */
export class ControlClient {
  constructor(
    private readonly options: {
      senderId: string;
      baseUrl: string;
      token: string;
      budget: CallBudget;
    },
  ) {}

  /** JSON that fits the schema. */
  async getJson<T>(
    path: string,
    schema: z.ZodType<T>,
    signal: AbortSignal,
    purpose: CallPurpose = 'routine',
  ): Promise<T> {
    const response = await this.#send(path, { signal, purpose });
    const text = await this.#text(response, MOST_BYTES);
    try {
      return schema.parse(JSON.parse(text));
    } catch (error) {
      throw this.#failed(
        'corrupt',
        `answered ${path} in a form that is not expected`,
        error,
      );
    }
  }

  async post(path: string, body: unknown, signal: AbortSignal): Promise<void> {
    const response = await this.#send(path, {
      ...{ signal, purpose: 'person' as const, method: 'POST' },
      body: JSON.stringify(body),
    });
    await response.body?.cancel();
  }

  /** The last bytes of a text; of a server that sends it all, no more is kept. */
  async getTail(
    path: string,
    maxBytes: number,
    signal: AbortSignal,
  ): Promise<{ text: string; truncated: boolean }> {
    const response = await this.#send(path, {
      ...{ signal, purpose: 'person' as const },
      headers: { range: `bytes=-${maxBytes}` },
      allow: [416],
    });
    if (response.status === 416) {
      await response.body?.cancel();
      return { text: '', truncated: false };
    }
    let kept = Buffer.alloc(0);
    let total = 0;
    try {
      for await (const chunk of response.body ?? []) {
        total += chunk.length;
        kept = Buffer.concat([kept, chunk]);
        if (kept.length > maxBytes)
          kept = kept.subarray(kept.length - maxBytes);
      }
    } catch (error) {
      throw this.#failed(
        'unreachable',
        `broke off while it sent ${path}`,
        error,
      );
    }
    const range = /^bytes (\d+)-/.exec(
      response.headers.get('content-range') ?? '',
    );
    const skipped = range ? Number(range[1]) : total - kept.length;
    return { text: wholeCharacters(kept), truncated: skipped > 0 };
  }

  async #send(
    path: string,
    request: {
      signal: AbortSignal;
      purpose: CallPurpose;
      method?: string;
      body?: string;
      headers?: Record<string, string>;
      allow?: number[];
    },
  ): Promise<Response> {
    const { baseUrl, token, budget } = this.options;
    const { purpose, allow = [], headers, ...init } = request;
    budget.spend(purpose);
    let response: Response;
    try {
      response = await fetch(`${baseUrl}${path}`, {
        ...init,
        redirect: 'error',
        headers: {
          authorization: `Bearer ${token}`,
          ...(init.body ? { 'content-type': 'application/json' } : {}),
          ...headers,
        },
      });
    } catch (error) {
      const late = request.signal.aborted;
      throw this.#failed(
        late ? 'timeout' : 'unreachable',
        late ? `did not answer ${path} in time` : 'cannot be reached',
        error,
      );
    }
    if (response.ok || allow.includes(response.status)) {
      budget.succeeded(response.headers.get('date') ?? undefined);
      return response;
    }
    await response.body?.cancel();
    throw this.#refused(response, path);
  }

  #refused(response: Response, path: string): SourceError {
    const { status, headers } = response;
    if (status === 429) {
      const seconds = Number(headers.get('retry-after')) || 60;
      this.options.budget.observe({
        retryAt: new Date(Date.now() + Math.min(seconds, 3600) * 1000),
      });
      return this.#failed('rate-limited', `asks to wait (${path})`);
    }
    if (status === 404 || status === 410) {
      return this.#failed('not-found', `does not know ${path}`);
    }
    if (status === 401 || status === 403) {
      return this.#failed('unauthorized', `refused the token (${status})`);
    }
    return this.#failed('failed', `answered ${path} with ${status}`);
  }

  #failed(
    code: SourceError['code'],
    what: string,
    cause?: unknown,
  ): SourceError {
    const { senderId, baseUrl, budget } = this.options;
    const error = new SourceError(
      code,
      `The CI '${senderId}' at ${baseUrl} ${what}.`,
      ACTIONS[code] ?? 'Look at the log of the CI; Fettle tries again.',
      cause,
    );
    if (code !== 'not-found') budget.failed(error);
    return error;
  }

  async #text(response: Response, most: number): Promise<string> {
    const chunks: Uint8Array[] = [];
    let total = 0;
    try {
      for await (const chunk of response.body ?? []) {
        total += chunk.length;
        if (total > most) break;
        chunks.push(chunk);
      }
    } catch (error) {
      throw this.#failed('unreachable', 'broke off in mid-answer', error);
    }
    if (total > most) {
      throw this.#failed('too-large', `answered with more than ${most} bytes`);
    }
    return Buffer.concat(chunks).toString();
  }
}

const ACTIONS: Partial<Record<SourceError['code'], string>> = {
  'not-found': 'It is gone there; nothing is to be done.',
  unauthorized: 'Correct fettle.cdevents.senders.control.token.',
  'rate-limited': 'Fettle goes on by itself.',
  unreachable: 'See whether the CI runs and the address is right.',
};

/** Text from bytes that may begin in the middle of a character. */
function wholeCharacters(bytes: Buffer): string {
  let start = 0;
  const goesOn = () => bytes[start] >= 0x80 && bytes[start] <= 0xbf;
  while (start < 4 && start < bytes.length && goesOn()) start += 1;
  return bytes.subarray(start).toString();
}
