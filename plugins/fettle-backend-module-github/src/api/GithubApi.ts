import { Octokit } from '@octokit/core';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import type { GithubCredentialsProvider } from '@backstage/integration';
import {
  limitedFetch,
  SourceError,
  type CallBudget,
  type CallPurpose,
} from 'backstage-plugin-fettle-node';
import type { GithubHost } from '../config/readGithubConfig';
import { tightest, type Rate } from './tightest';
import { toSourceError, type Failure } from './toSourceError';

// Before those that try again, so that every try is counted.
const RestClient = Octokit.plugin(spending, retry, throttling);
// Throttling takes each query for a change, of which there may be one a second.
const QueryClient = Octokit.plugin(spending, retry);
const GRAPHQL = 'POST /graphql';
const boundedFetch = limitedFetch();

/** One request, as octokit takes it. */
export interface ApiRequest {
  route: string;
  parameters: Record<string, unknown>;
  purpose: CallPurpose;
  signal: AbortSignal;
  /** The address of the repository or organization that it is about. */
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
  readonly host: string;
  readonly #rates = new Map<string, Rate>();

  constructor(
    private readonly options: {
      host: GithubHost;
      credentials: GithubCredentialsProvider;
      budget: CallBudget;
      clock?: () => Date;
      /** Whether requests that write keep the distances that the host asks for; so by default. */
      spaced?: boolean;
    },
  ) {
    this.host = options.host.host;
  }

  /** @throws SourceError whatever is wrong */
  async request(request: ApiRequest): Promise<ApiAnswer> {
    const { budget } = this.options;
    const { route, parameters, purpose, signal, about, redirect } = request;
    if (signal.aborted) throw this.fail(signal.reason, { about, signal });
    const client = await this.#client(about, route);
    try {
      const answer = (await client.request(route, {
        ...parameters,
        // The form that the description of the API gives its answers in.
        headers: { accept: 'application/json' },
        request: {
          ...{ signal, redirect, fetch: boundedFetch },
          spend: () => budget.spend(purpose),
          // What was asked of the host might be done twice.
          ...(/^(GET|POST \/graphql)/.test(route) ? {} : { retries: 0 }),
        },
      })) as ApiAnswer;
      this.#observe(answer.headers);
      budget.succeeded(String(answer.headers.date ?? ''));
      return answer;
    } catch (error) {
      // The budget's own refusal.
      if (error instanceof SourceError) throw error;
      throw this.fail(error, { about, signal });
    }
  }

  /** One query; an error of a part of the answer is left to the caller. */
  async query(
    query: string,
    variables: Record<string, unknown>,
    request: Pick<ApiRequest, 'about' | 'signal' | 'purpose'>,
  ): Promise<ApiAnswer> {
    return this.request({
      ...request,
      route: GRAPHQL,
      parameters: { query, variables },
    });
  }

  /** What a failure comes to, told to the budget. */
  fail(
    cause: unknown,
    context: { about: string; signal: AbortSignal },
  ): SourceError {
    const { budget, clock } = this.options;
    const failure: Failure = toSourceError(cause, {
      ...{ host: this.host, now: clock?.() ?? new Date() },
      ...context,
    });
    this.#observe(failure.headers);
    const { error, retryAt } = failure;
    if (retryAt) budget.observe({ retryAt });
    // That something is not there or not allowed says nothing against the
    // host, nor does a question that nobody waits for any more.
    const { status = 0 } = cause as { status?: number };
    const blameless =
      error.code !== 'rate-limited' &&
      [403, 404, 405, 409, 410, 422, 451].includes(status);
    if (!blameless && !isWithdrawn(context.signal)) budget.failed(error);
    return error;
  }

  async #client(about: string, route: string): Promise<Octokit> {
    const { host, credentials, spaced } = this.options;
    let token: string | undefined;
    try {
      ({ token } = await credentials.getCredentials({ url: about }));
    } catch (error) {
      throw new SourceError(
        'unauthorized',
        `There are no credentials of ${host.host} for ${about}.`,
        'Correct the app or the token of the host in integrations.github.',
        error,
      );
    }
    const common = {
      auth: token,
      request: { retries: 1 },
      retry: { doNotRetry: [400, 401, 403, 404, 409, 410, 422, 429, 451] },
      log: { debug() {}, info() {}, warn() {}, error() {} },
    };
    if (route === GRAPHQL) {
      // An Enterprise Server has its queries beside `/api/v3`, not below.
      const baseUrl = host.apiBaseUrl.replace(/\/api\/v3\/?$/, '/api');
      return new QueryClient({ ...common, baseUrl });
    }
    return new RestClient({
      ...common,
      baseUrl: host.apiBaseUrl,
      // The budget decides when to ask again, and never inside a request.
      throttle: {
        enabled: spaced ?? true,
        id: host.host,
        onRateLimit: () => false,
        onSecondaryRateLimit: () => false,
      },
    });
  }

  #observe(headers: Record<string, string | number | undefined>): void {
    const { budget, clock } = this.options;
    const number = (name: string) => {
      const value = headers[`x-ratelimit-${name}`];
      return value === undefined ? NaN : Number(value);
    };
    const rate = {
      limit: number('limit'),
      remaining: number('remaining'),
      resetAt: new Date(number('reset') * 1000),
    };
    if (Number.isNaN(rate.limit + rate.remaining + rate.resetAt.getTime())) {
      return;
    }
    const resource = String(headers['x-ratelimit-resource'] ?? 'core');
    this.#rates.set(resource, rate);
    const now = clock?.() ?? new Date();
    budget.observe(tightest(this.#rates.values(), now) ?? rate);
  }
}

function spending({ hook }: Octokit): void {
  hook.before('request', ({ request }) => request.spend());
}

/** Ended for another reason than that the host took too long. */
function isWithdrawn({ aborted, reason }: AbortSignal): boolean {
  return aborted && (reason as Error | undefined)?.name !== 'TimeoutError';
}
