import type { DatabaseService } from '@backstage/backend-plugin-api';
import type { RepositoryQuery } from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import type { FileUrl } from '../pages/createFileUrl';
import { applyMigrations } from './applyMigrations';
import { dialectOf } from './Dialect';
import { DatabaseDeliveryStore } from './deliveries/DatabaseDeliveryStore';
import { DatabaseComplianceStore } from './compliance/DatabaseComplianceStore';
import { DatabasePolicyStore } from './policies/DatabasePolicyStore';
import { DatabasePipelineStore } from './pipelines/DatabasePipelineStore';
import { DatabasePublicationStore } from './publications/DatabasePublicationStore';
import { DatabaseReleaseStore } from './releases/DatabaseReleaseStore';
import { DatabaseRunStore } from './runs/DatabaseRunStore';
import { DatabaseSecurityStore } from './security/DatabaseSecurityStore';
import type { DueDays } from './security/findingRows';
import { DatabaseStandardStore } from './standards/DatabaseStandardStore';
import type {
  Collection,
  CollectionFailure,
  Discovery,
  FettleStore,
  ReadClock,
  Visibility,
} from './FettleStore';
import { claimDue } from './operations/claimDue';
import { findByRemote } from './operations/findByRemote';
import { getActivity } from './operations/getActivity';
import { getChanges } from './operations/getChanges';
import { getEntity } from './operations/getEntity';
import { getFacts } from './operations/getFacts';
import { getFleet } from './operations/getFleet';
import { getHistory } from './operations/getHistory';
import { getRepository } from './operations/getRepository';
import { getSummary } from './operations/getSummary';
import { getVerdicts } from './operations/getVerdicts';
import { listClaims } from './operations/listClaims';
import { listLocations } from './operations/listLocations';
import { listRepositories } from './operations/listRepositories';
import { markDue } from './operations/markDue';
import { prune } from './operations/prune';
import { saveCollections } from './operations/saveCollections';
import { saveDiscovery } from './operations/saveDiscovery';
import { saveFailure } from './operations/saveFailure';
import { readRevisions } from './revisions';
import { storable } from './storable';

/** The store on the plugin's database: PostgreSQL or better-sqlite3. */
export class DatabaseFettleStore implements FettleStore {
  static async create(options: {
    database: DatabaseService;
  }): Promise<DatabaseFettleStore> {
    const { database } = options;
    const knex = await database.getClient();
    // Says at start, not at the first query, that a database will not do.
    await dialectOf(knex).prepare(knex);
    if (!database.migrations?.skip) await applyMigrations(knex);
    return new DatabaseFettleStore(knex);
  }

  private constructor(readonly knex: Knex) {}

  /** The stores of runs, deliveries and their numbers, on the same database. */
  openPipelines(options: { isProduction: (environment: string) => boolean }) {
    return {
      runs: new DatabaseRunStore(this.knex, options.isProduction),
      deliveries: new DatabaseDeliveryStore(this.knex),
      pipelines: new DatabasePipelineStore(this.knex),
    };
  }

  /** The store of components and findings, on the same database. */
  openSecurity({ dueDays, fileUrl }: { dueDays: DueDays; fileUrl?: FileUrl }) {
    return new DatabaseSecurityStore(this.knex, dueDays, fileUrl);
  }

  /** The store of what repositories publish, on the same database. */
  openPublications({ clock }: { clock: () => Date }) {
    return new DatabasePublicationStore(this.knex, clock);
  }

  /** The store of what registries told of packages, on the same database. */
  openReleases() {
    return new DatabaseReleaseStore(this.knex);
  }

  /** The store of what policies came to, on the same database. */
  openPolicies() {
    return new DatabasePolicyStore(this.knex);
  }

  /** The store of what frameworks are judged by, on the same database. */
  openCompliance() {
    return new DatabaseComplianceStore(this.knex);
  }

  /** The store of how repositories stand against standards, on the same database. */
  openStandards() {
    return new DatabaseStandardStore(this.knex);
  }

  saveDiscovery(discovery: Discovery) {
    return saveDiscovery(this.knex, discovery);
  }

  async saveCollection(collection: Collection) {
    const [result] = await saveCollections(this.knex, [collection]);
    return result;
  }

  saveCollections(collections: readonly Collection[]) {
    return saveCollections(this.knex, collections);
  }

  saveFailure(failure: CollectionFailure) {
    return saveFailure(this.knex, failure);
  }

  claimDue(options: { now: Date; leaseUntil: Date; limit: number }) {
    return claimDue(this.knex, options);
  }

  markDue(repositoryId: string, now: Date) {
    return markDue(this.knex, storable(repositoryId), now);
  }

  getRepository(id: string) {
    return getRepository(this.knex, storable(id));
  }

  listClaims(repositoryId?: string) {
    return listClaims(this.knex, repositoryId);
  }

  listLocations() {
    return listLocations(this.knex);
  }

  getFacts(repositoryId: string) {
    return getFacts(this.knex, storable(repositoryId));
  }

  async getRevision() {
    const { value } = await readRevisions(this.knex);
    return value;
  }

  listRepositories(
    query: RepositoryQuery,
    visibility: Visibility,
    clock: ReadClock,
  ) {
    return listRepositories(this.knex, query, visibility, clock);
  }

  getSummary(
    id: string,
    subpath: string,
    visibility: Visibility,
    clock: ReadClock,
  ) {
    return getSummary(
      this.knex,
      storable(id),
      storable(subpath),
      visibility,
      clock,
    );
  }

  getVerdicts(id: string, subpath: string) {
    return getVerdicts(this.knex, storable(id), storable(subpath));
  }

  getHistory(id: string, subpath: string, days: number, clock: ReadClock) {
    return getHistory(this.knex, storable(id), storable(subpath), days, clock);
  }

  getChanges(
    since: number,
    repositoryId: string | undefined,
    visibility: Visibility,
    clock: ReadClock,
  ) {
    const id = repositoryId === undefined ? undefined : storable(repositoryId);
    return getChanges(this.knex, since, id, visibility, clock);
  }

  getActivity(limit: number, visibility: Visibility) {
    return getActivity(this.knex, limit, visibility);
  }

  getFleet(visibility: Visibility, clock: ReadClock) {
    return getFleet(this.knex, visibility, clock);
  }

  getEntity(entityRef: string, visibility: Visibility) {
    return getEntity(this.knex, storable(entityRef), visibility);
  }

  findByRemote(remote: string) {
    return findByRemote(this.knex, storable(remote));
  }

  prune(olderThan: Date) {
    return prune(this.knex, olderThan);
  }
}
