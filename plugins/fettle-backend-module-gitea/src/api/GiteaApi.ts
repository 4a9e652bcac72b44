import {
  HostApi,
  type Asking,
  type CallBudget,
} from 'backstage-plugin-fettle-node';
import { giteaApi } from 'gitea-js';
import type { GiteaHost } from '../config/readGiteaConfig';

/** All operations that a host describes, by name. */
export type Client = ReturnType<typeof giteaApi>;

const JSON_BODY = { type: 'application/json' };

/** The API of one host. */
export class GiteaApi {
  readonly host: string;
  readonly #api: HostApi;

  constructor(
    readonly options: {
      host: GiteaHost;
      budget: CallBudget;
      clock?: () => Date;
      /** Of an answer that is read as a whole. */
      maxBytes?: number;
    },
  ) {
    const { host, ...rest } = options;
    this.host = host.host;
    this.#api = new HostApi({
      ...{ ...rest, host: host.host, headers: host.headers },
      credentials: 'integrations.gitea',
    });
  }

  /** What it answers was asked for within the budget, and is JSON. */
  client(asking: Asking): Client {
    const { baseUrl } = this.options.host;
    return giteaApi(baseUrl, {
      customFetch: async (url, { method, body } = {}) => {
        const answer = await this.#api.readJson(asking, String(url), {
          ...{ method, body, ...(body ? JSON_BODY : {}) },
        });
        const { text, status, headers } = answer;
        return new Response(text || null, { status, headers });
      },
    });
  }

  /** An answer that is no JSON, of any length; `path` is below the API's address. */
  async stream(
    asking: Asking,
    path: string,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const url = `${this.options.host.baseUrl}/api/v1${path}`;
    return this.#api.stream(asking, url, headers);
  }
}
