import { Octokit } from '@octokit/core';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import type { GithubCredentialsProvider } from '@backstage/integration';
import {
  SourceError,
  type CallBudget,
  type CallPurpose,
} from 'backstage-plugin-fettle-node';
import type { GithubHost } from '../config/readGithubConfig';
import { toSourceError } from './toSourceError';

const Client = Octokit.plugin(retry, throttling);

/** One request, as octokit takes it. */
export interface ApiRequest {
  route: string;
  parameters: Record<string, unknown>;
  purpose: CallPurpose;
  signal: AbortSignal;
  /** For messages: the repository. */
  about: string;
  /** Take a redirect as the answer. */
  redirect?: 'manual';
}

/** An answer of the API. */
export interface ApiAnswer {
  status: number;
  headers: Record<string, string | number | undefined>;
  data: unknown;
}

/** The API of one host: credentials, budget, and failures as {@link SourceError}. */
export class GithubApi {
  constructor(
    private readonly options: {
      host: GithubHost;
      credentials: GithubCredentialsProvider;
      budget: CallBudget;
    },
  ) {}

  async request(request: ApiRequest): Promise<ApiAnswer> {
    const { host, budget } = this.options;
    const { route, parameters, purpose, signal, about, redirect } = request;
    const client = await this.#client(about);
    budget.spend(purpose);
    try {
      const answer = (await client.request(route, {
        ...parameters,
        request: { signal, redirect },
      })) as ApiAnswer;
      this.#observe(answer.headers);
      budget.succeeded(String(answer.headers.date ?? ''));
      return answer;
    } catch (error) {
      const failure = toSourceError(error, { host: host.host, about, signal });
      this.#observe(failure.headers);
      if (failure.retryAt) budget.observe({ retryAt: failure.retryAt });
      if (failure.error.code !== 'not-found') budget.failed(failure.error);
      throw failure.error;
    }
  }

  async #client(about: string): Promise<Octokit> {
    const { host, credentials } = this.options;
    let token: string | undefined;
    try {
      const url = `https://${host.host}/${about}`;
      ({ token } = await credentials.getCredentials({ url }));
    } catch (error) {
      throw new SourceError(
        'unauthorized',
        `There are no credentials for ${about} on ${host.host}.`,
        'Correct the app or the token of the host in integrations.github.',
        error,
      );
    }
    return new Client({
      baseUrl: host.apiBaseUrl,
      auth: token,
      // The budget decides when to ask again, and never inside a request.
      throttle: {
        onRateLimit: () => false,
        onSecondaryRateLimit: () => false,
      },
      request: { retries: 1 },
      log: { debug() {}, info() {}, warn() {}, error() {} },
    });
  }

  #observe(headers: Record<string, string | number | undefined>): void {
    const number = (name: string) =>
      headers[name] === undefined ? undefined : Number(headers[name]);
    const reset = number('x-ratelimit-reset');
    this.options.budget.observe({
      limit: number('x-ratelimit-limit'),
      remaining: number('x-ratelimit-remaining'),
      resetAt: reset ? new Date(reset * 1000) : undefined,
    });
  }
}
