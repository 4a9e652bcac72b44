import {
  parseAnswer,
  SourceError,
  type Asking,
  type CallPurpose,
  type HostAnswer,
  type RepositoryLocation,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { GitlabApi, Query } from './GitlabApi';
import { readPages, totalOf, type Pages } from './readPages';

const answeredSchema = z.object({
  data: z.object({ project: z.unknown() }).nullish(),
  errors: z.array(z.object({ message: z.string() })).nullish(),
});

/** The questions about one repository. Paths are below it. */
export class ProjectApi {
  readonly #asking: Asking;
  readonly #path: string;

  constructor(
    private readonly options: {
      api: GitlabApi;
      slug: string;
      location: RepositoryLocation;
      signal: AbortSignal;
      purpose?: CallPurpose;
    },
  ) {
    const { location, signal, slug, purpose = 'routine' } = options;
    this.#asking = { purpose, signal, about: location.remote };
    this.#path = `/projects/${encodeURIComponent(slug)}`;
  }

  get location(): RepositoryLocation {
    return this.options.location;
  }

  get signal(): AbortSignal {
    return this.options.signal;
  }

  /** One answer in the form that is expected. */
  async read<T extends z.ZodType>(
    path: string,
    schema: T,
    query?: Query,
  ): Promise<z.output<T>> {
    const { api } = this.options;
    const { data } = await api.get(this.#asking, this.#path + path, query);
    return this.#parse(schema, data);
  }

  /** The first of a list, and how many there are where the host says so. */
  async readFirst<T extends z.ZodType>(
    path: string,
    schema: T,
    query: Query,
  ): Promise<{ first: z.output<T> | undefined; total: number | undefined }> {
    const { api } = this.options;
    const asked = { ...query, per_page: 1 };
    const answer = await api.get(this.#asking, this.#path + path, asked);
    const [first] = this.#parse(z.array(schema), answer.data);
    return { first, total: totalOf(answer.headers) };
  }

  async readAll<T extends z.ZodType>(
    path: string,
    schema: T,
    paging: {
      mostPages: number;
      query?: Query;
      enough?: (items: readonly z.output<T>[]) => boolean;
    },
  ): Promise<Pages<z.output<T>>> {
    const { api } = this.options;
    return readPages({
      ...paging,
      read: async query => {
        const answer = await api.get(this.#asking, this.#path + path, query);
        return { ...answer, items: this.#parse(z.array(schema), answer.data) };
      },
    });
  }

  async post(path: string, query?: Query): Promise<void> {
    await this.options.api.post(this.#asking, this.#path + path, query);
  }

  async send(
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: Record<string, unknown>,
  ): Promise<HostAnswer> {
    const { api } = this.options;
    return api.send(this.#asking, method, this.#path + path, body);
  }

  /** Who the token is. */
  async readUser<T extends z.ZodType>(schema: T): Promise<z.output<T>> {
    const { data } = await this.options.api.get(this.#asking, '/user');
    return this.#parse(schema, data);
  }

  /** Those of a name, of whom there is at most one. */
  async readPeople<T extends z.ZodType>(
    username: string,
    schema: T,
  ): Promise<z.output<T>> {
    const { api } = this.options;
    const { data } = await api.get(this.#asking, '/users', { username });
    return this.#parse(schema, data);
  }

  /** An answer of any form and length. */
  async stream(path: string, query?: Query): Promise<Response> {
    return this.options.api.stream(this.#asking, this.#path + path, query);
  }

  /** What the query asks of `project(fullPath: $slug)`. */
  async query<T extends z.ZodType>(
    query: string,
    schema: T,
    variables: Record<string, unknown>,
  ): Promise<z.output<T>> {
    const { api, slug } = this.options;
    const answer = await api.query(this.#asking, query, { ...variables, slug });
    const { data, errors } = this.#parse(answeredSchema, answer);
    if (errors?.length) {
      const said = errors[0].message.slice(0, 200);
      throw this.error(
        'failed',
        `does not answer a query: ${said}`,
        'Report this to the authors of Fettle, with the version of the host.',
      );
    }
    if (!data?.project) {
      throw this.error(
        'not-found',
        'says that it is not there, or that the credentials may not see it',
        'If it is gone, nothing is to be done.',
      );
    }
    return this.#parse(schema, data.project);
  }

  /** Throws where the repository itself is not there; what else is missing has another reason. */
  async assertThere(): Promise<void> {
    await this.read('', z.object({ id: z.number() }));
  }

  error(code: SourceError['code'], what: string, action: string): SourceError {
    const { api, location } = this.options;
    return new SourceError(
      code,
      `${api.host.host} ${what} (${location.remote}).`,
      action,
    );
  }

  #parse<T extends z.ZodType>(schema: T, data: unknown): z.output<T> {
    return parseAnswer(schema, data, {
      host: this.options.api.host.host,
      about: this.location.remote,
    });
  }
}
