import {
  parseAnswer,
  SourceError,
  type Asking,
  type CallPurpose,
  type RepositoryLocation,
} from 'backstage-plugin-fettle-node';
import type { z } from 'zod';
import type { Slug } from '../locate/slug';
import type { Client, GiteaApi } from './GiteaApi';

/** An answer as the client gives it; its types are not believed. */
interface Answer {
  data: unknown;
  headers: Headers;
}

/** One page of a list. */
export interface Page<T> {
  items: T[];
  /** How many there are on all pages, where the host says so. */
  total: number | undefined;
}

/** As many as hosts give at once unless their admins allow more. */
export const PER_PAGE = 50;

/** The questions about one repository. */
export class RepositoryApi {
  readonly client: Client;
  readonly #asking: Asking;

  constructor(
    private readonly options: {
      api: GiteaApi;
      slug: Slug;
      location: RepositoryLocation;
      signal: AbortSignal;
      purpose?: CallPurpose;
    },
  ) {
    const { api, location, signal, purpose = 'routine' } = options;
    this.#asking = { purpose, signal, about: location.remote };
    this.client = api.client(this.#asking);
  }

  get location(): RepositoryLocation {
    return this.options.location;
  }

  get host(): string {
    return this.options.api.host;
  }

  /** Owner and name, which every operation on a repository begins with. */
  get name(): [owner: string, repo: string] {
    const { owner, repo } = this.options.slug;
    return [owner, repo];
  }

  /** One answer in the form that is expected. */
  async read<T extends z.ZodType>(
    answer: Promise<Answer>,
    schema: T,
  ): Promise<z.output<T>> {
    return this.parse((await answer).data, schema);
  }

  /** A page of a list, whose headers say how many there are. */
  async readPage<T extends z.ZodType>(
    answer: Promise<Answer>,
    schema: z.ZodArray<T>,
  ): Promise<Page<z.output<T>>> {
    const { data, headers } = await answer;
    const total = headers.get('x-total-count');
    return {
      items: this.parse(data, schema),
      total: total && /^\d+$/.test(total) ? Number(total) : undefined,
    };
  }

  parse<T extends z.ZodType>(data: unknown, schema: T): z.output<T> {
    return parseAnswer(schema, data, {
      host: this.host,
      about: this.location.remote,
    });
  }

  /** An operation that the client has no name for: `path` is below the repository. */
  async ask(
    method: 'GET' | 'POST',
    path: string,
    query?: Record<string, string | number | boolean>,
  ): Promise<Answer> {
    return this.client.request({
      ...{ method, query, format: 'json' },
      path: `/repos/${this.name.join('/')}${path}`,
    });
  }

  /** An answer of any length that is no JSON. */
  async stream(
    path: string,
    headers?: Record<string, string>,
  ): Promise<Response> {
    const { api } = this.options;
    const below = `/repos/${this.name.join('/')}${path}`;
    return api.stream(this.#asking, below, headers);
  }

  /** Throws where the repository itself is not there; what else is missing has another reason. */
  async assertThere(): Promise<void> {
    await this.client.repos.repoGet(...this.name);
  }

  error(code: SourceError['code'], what: string, action: string): SourceError {
    return new SourceError(
      code,
      `${this.host} ${what} (${this.location.remote}).`,
      action,
    );
  }
}
