import {
  SourceError,
  type CallPurpose,
  type RepositoryLocation,
} from 'backstage-plugin-fettle-node';
import type { z } from 'zod';
import { hostOf, slugOf } from '../locate/slug';
import type { ApiAnswer, GithubApi } from './GithubApi';
import { parseAnswer } from './parseAnswer';

/** A question about one repository. */
export interface Question {
  /** Below `/repos/{owner}/{repo}`, which it starts with. */
  route: string;
  parameters?: Record<string, unknown>;
  signal: AbortSignal;
  /** Default `routine`. */
  purpose?: CallPurpose;
  /** Take a redirect as the answer. */
  redirect?: 'manual';
}

/** The hosts of `fettle.github.hosts`, asked about repositories. */
export class GithubHosts {
  constructor(private readonly apis: ReadonlyMap<string, GithubApi>) {}

  /** Whether the repository is on one of them. */
  has(location: RepositoryLocation): boolean {
    return this.apis.has(hostOf(location)) && slugOf(location) !== undefined;
  }

  api(host: string): GithubApi | undefined {
    return this.apis.get(host);
  }

  /** @throws SourceError whatever is wrong */
  async ask(
    location: RepositoryLocation,
    { route, parameters, purpose = 'routine', signal, redirect }: Question,
  ): Promise<ApiAnswer> {
    const { api, slug } = this.#find(location);
    return api.request({
      ...{ route, purpose, signal, redirect },
      parameters: { ...slug, ...parameters },
      about: location.remote,
    });
  }

  /** The same, with the answer in the form that is expected. */
  async read<T extends z.ZodType>(
    location: RepositoryLocation,
    question: Question & { schema: T },
  ): Promise<z.output<T>> {
    const { data } = await this.ask(location, question);
    return this.parse(location, question.schema, data);
  }

  /** One query with `$owner` and `$repo` among its variables. */
  async query(
    location: RepositoryLocation,
    query: string,
    variables: Record<string, unknown>,
    signal: AbortSignal,
  ): Promise<{ api: GithubApi; answer: ApiAnswer }> {
    const { api, slug } = this.#find(location);
    const answer = await api.query(
      query,
      { ...slug, ...variables },
      { about: location.remote, purpose: 'routine', signal },
    );
    return { api, answer };
  }

  parse<T extends z.ZodType>(
    location: RepositoryLocation,
    schema: T,
    data: unknown,
  ): z.output<T> {
    return parseAnswer(schema, data, {
      host: hostOf(location),
      about: location.remote,
    });
  }

  #find(location: RepositoryLocation) {
    const slug = slugOf(location);
    const api = this.apis.get(hostOf(location));
    if (!slug || !api) {
      throw new SourceError(
        'invalid',
        `${location.remote} is not on a host of fettle.github.hosts.`,
        'Add its host there.',
      );
    }
    return { api, slug };
  }
}
