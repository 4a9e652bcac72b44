import {
  HostApi,
  type Asking,
  type CallBudget,
  type HostAnswer,
} from 'backstage-plugin-fettle-node';
import type { GitlabHost } from '../config/readGitlabConfig';

export type Query = Record<string, string | number | boolean>;

/** The API of one host. Paths are below that of its version, and encoded. */
export class GitlabApi {
  readonly host: GitlabHost;
  readonly #api: HostApi;

  constructor(options: {
    host: GitlabHost;
    budget: CallBudget;
    clock?: () => Date;
    /** Of an answer that is read as a whole. */
    maxBytes?: number;
  }) {
    const { host, ...rest } = options;
    this.host = host;
    this.#api = new HostApi({
      ...{ ...rest, host: host.host, headers: host.headers },
      credentials: 'integrations.gitlab',
    });
  }

  async get(asking: Asking, path: string, query?: Query): Promise<HostAnswer> {
    return this.#api.readJson(asking, this.#urlOf(path, query));
  }

  async post(asking: Asking, path: string, query?: Query): Promise<HostAnswer> {
    return this.#api.readJson(asking, this.#urlOf(path, query), {
      method: 'POST',
    });
  }

  async send(
    asking: Asking,
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: Record<string, unknown>,
  ): Promise<HostAnswer> {
    return this.#api.readJson(asking, this.#urlOf(path), {
      method,
      ...(body ? { type: 'application/json', body: JSON.stringify(body) } : {}),
    });
  }

  /** An answer of any form and length. */
  async stream(asking: Asking, path: string, query?: Query): Promise<Response> {
    return this.#api.stream(asking, this.#urlOf(path, query), {
      // As it is: the size of what is compressed on the way is not its own.
      'accept-encoding': 'identity',
    });
  }

  async query(
    asking: Asking,
    query: string,
    variables: Record<string, unknown>,
  ): Promise<unknown> {
    const { data } = await this.#api.readJson(asking, this.host.graphqlUrl, {
      ...{ method: 'POST', type: 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    return data;
  }

  #urlOf(path: string, query: Query = {}): string {
    const asked = new URLSearchParams(
      Object.entries(query).map(([name, value]) => [name, String(value)]),
    );
    const search = asked.size > 0 ? `?${asked}` : '';
    return `${this.host.restUrl}${path}${search}`;
  }
}
