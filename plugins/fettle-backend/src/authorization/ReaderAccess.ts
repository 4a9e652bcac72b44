import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import { catalogEntityReadPermission } from '@backstage/plugin-catalog-common/alpha';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  AuthorizeResult,
  type BasicPermission,
} from '@backstage/plugin-permission-common';
import { repositoryReadPermission } from 'backstage-plugin-fettle-common';
import type { Visibility } from '../store/FettleStore';

/** How long the list of entities that a reader may see is used again. */
const REUSE_MS = 15_000;
const MAX_READERS = 500;

/** Decides what a reader may see and do. */
export class ReaderAccess {
  readonly #readable = new Map<
    string,
    { until: number; refs: Promise<ReadonlySet<string>> }
  >();
  /** Questions to the permission backend that are not answered yet. */
  readonly #asked = new Map<string, Promise<AuthorizeResult>>();

  constructor(
    private readonly options: {
      permissions: PermissionsService;
      catalog: CatalogService;
      clock: () => Date;
    },
  ) {}

  /**
   * Which repositories the reader may see: those of entities that the catalog
   * shows them. Throws NotAllowedError without `fettle.repository.read`.
   */
  async visibility(credentials: BackstageCredentials): Promise<Visibility> {
    // Both are requests to the permission backend, on the way of every page.
    const [, result] = await Promise.all([
      this.require(repositoryReadPermission, credentials),
      this.#decide('entities', credentials, () =>
        this.options.permissions.authorizeConditional(
          [{ permission: catalogEntityReadPermission }],
          { credentials },
        ),
      ),
    ]);
    if (result === AuthorizeResult.ALLOW) return 'everything';
    if (result === AuthorizeResult.DENY) return { entityRefs: new Set() };
    return { entityRefs: await this.#readableEntities(credentials) };
  }

  /** Throws NotAllowedError, naming the permission. */
  async require(
    permission: BasicPermission,
    credentials: BackstageCredentials,
  ): Promise<void> {
    if (!(await this.allows(permission, credentials))) {
      throw new NotAllowedError(
        `This needs the permission '${permission.name}'. Ask those who run this portal for it.`,
      );
    }
  }

  async allows(
    permission: BasicPermission,
    credentials: BackstageCredentials,
  ): Promise<boolean> {
    const result = await this.#decide(permission.name, credentials, () =>
      this.options.permissions.authorize([{ permission }], { credentials }),
    );
    return result === AuthorizeResult.ALLOW;
  }

  /**
   * Each question is a request to the permission backend, and one hint brings
   * requests of many pages at once: who asks the same for the same reader
   * meanwhile gets the same answer. Nothing is remembered after it.
   */
  #decide(
    question: string,
    { principal }: BackstageCredentials,
    ask: () => Promise<{ result: AuthorizeResult }[]>,
  ): Promise<AuthorizeResult> {
    const key = `${question} ${JSON.stringify(principal)}`;
    const asked =
      this.#asked.get(key) ??
      ask()
        .then(([{ result }]) => result)
        .finally(() => this.#asked.delete(key));
    this.#asked.set(key, asked);
    return asked;
  }

  #readableEntities(
    credentials: BackstageCredentials,
  ): Promise<ReadonlySet<string>> {
    const key = JSON.stringify(credentials.principal);
    const now = this.options.clock().getTime();
    const known = this.#readable.get(key);
    if (known && known.until > now) return known.refs;
    if (this.#readable.size >= MAX_READERS) this.#readable.clear();
    const refs = this.#askCatalog(credentials);
    this.#readable.set(key, { until: now + REUSE_MS, refs });
    refs.catch(() => this.#readable.delete(key));
    return refs;
  }

  async #askCatalog(
    credentials: BackstageCredentials,
  ): Promise<ReadonlySet<string>> {
    const refs = new Set<string>();
    const pages = this.options.catalog.streamEntities(
      { fields: ['kind', 'metadata.name', 'metadata.namespace'] },
      { credentials },
    );
    for await (const page of pages) {
      for (const entity of page) refs.add(stringifyEntityRef(entity));
    }
    return refs;
  }
}
