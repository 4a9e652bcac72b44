import { randomBytes } from 'node:crypto';
import type {
  AcceptFinding,
  ComponentQuery,
  FindingQuery,
  FleetSecurity,
  PackageQuery,
  PackageUsesQuery,
} from 'backstage-plugin-fettle-common';
import type { PackageKey } from 'backstage-plugin-fettle-node';
import type { Knex } from 'knex';
import type { FileUrl } from '../../pages/createFileUrl';
import type { Visibility } from '../FettleStore';
import { SharedAnswers } from '../query/SharedAnswers';
import { readRevisions } from '../revisions';
import { storable, storableJson } from '../storable';
import { accept, endExceptions, takeBack } from './exceptions';
import type { DueDays } from './findingRows';
import { loadDigests } from './loadDigests';
import { fleetSecurity } from './fleetSecurity';
import type { DayChange } from './fleetTrend';
import { listComponents } from './listComponents';
import { getFinding, listFindings } from './listFindings';
import { listPackages } from './listPackages';
import { repositoriesUsing, saveMatches, usedComponents } from './matches';
import { overview } from './overview';
import { packageUses } from './packageUses';
import { packageVersions, type PackageVersionQuery } from './packageVersions';
import { loadScans, saveFailedScan, saveScan } from './saveScan';
import type { FailedScan, FinishedScan, SecurityStore } from './SecurityStore';

/** Components, findings and exceptions in the plugin's database. */
export class DatabaseSecurityStore implements SecurityStore {
  readonly #fleets = new SharedAnswers<Omit<FleetSecurity, 'feeds'>>({
    reuseMs: 10_000,
  });
  readonly #pasts = new SharedAnswers<DayChange[]>({ reuseMs: 10 * 60_000 });

  constructor(
    private readonly knex: Knex,
    private readonly dueDays: DueDays,
    private readonly fileUrl: FileUrl = () => undefined,
  ) {}

  async portalKey(name: string) {
    await this.knex('portal_keys')
      .insert({ name, value: randomBytes(32).toString('base64url') })
      .onConflict('name')
      .ignore();
    const row = await this.knex('portal_keys').where({ name }).first('value');
    return row.value as string;
  }

  scans(repositoryId: string) {
    return loadScans(this.knex, repositoryId);
  }

  saveScan(scan: FinishedScan, now: Date) {
    return saveScan(this.knex, scan, this.#at(now));
  }

  saveFailedScan(scan: FailedScan, now: Date) {
    return saveFailedScan(this.knex, scan, this.#at(now));
  }

  usedComponents(repositoryIds: readonly string[]) {
    return usedComponents(this.knex, repositoryIds);
  }

  saveMatches(
    matcherId: string,
    given: Parameters<SecurityStore['saveMatches']>[1],
    now: Date,
  ) {
    return saveMatches(this.knex, matcherId, given, this.#at(now));
  }

  repositoriesUsing(packages: readonly PackageKey[] | 'all') {
    return repositoriesUsing(this.knex, packages);
  }

  async matcherCursor(matcherId: string) {
    const row = await this.knex('matcher_cursors')
      .where({ matcher_id: matcherId })
      .first('cursor');
    return row?.cursor ?? null;
  }

  async saveMatcherCursor(matcherId: string, cursor: string) {
    await this.knex('matcher_cursors')
      .insert({ matcher_id: matcherId, cursor })
      .onConflict('matcher_id')
      .merge();
  }

  async threatMemory(repositoryId: string, detectorId: string) {
    const row = await this.knex('threat_memories')
      .where({ repository_id: repositoryId, detector_id: detectorId })
      .first('memory');
    return row ? JSON.parse(row.memory) : null;
  }

  async saveThreatMemory(
    repositoryId: string,
    detectorId: string,
    memory: unknown,
  ) {
    await this.knex('threat_memories')
      .insert({
        repository_id: repositoryId,
        detector_id: detectorId,
        memory: storableJson(memory),
      })
      .onConflict(['repository_id', 'detector_id'])
      .merge();
  }

  endExceptions(now: Date) {
    return endExceptions(this.knex, this.#at(now));
  }

  accept(
    finding: { id: string; repositoryId: string },
    given: AcceptFinding & { actor: string; owner: string | null },
    now: Date,
  ) {
    return accept(this.knex, finding, given, this.#at(now));
  }

  takeBack(
    exceptionId: string,
    actor: string,
    visibility: Visibility,
    now: Date,
  ) {
    const options = { ...this.#at(now), actor, visibility };
    return takeBack(this.knex, exceptionId, options);
  }

  findings(query: FindingQuery, visibility: Visibility, repositoryId?: string) {
    const id = repositoryId === undefined ? undefined : storable(repositoryId);
    const options = { repositoryId: id, fileUrl: this.fileUrl };
    return listFindings(this.knex, query, visibility, options);
  }

  finding(id: string, visibility: Visibility) {
    return getFinding(this.knex, storable(id), visibility, this.fileUrl);
  }

  overview(repositoryId: string, subpath: string, now: Date) {
    return overview(this.knex, storable(repositoryId), subpath, {
      ...{ now, fileUrl: this.fileUrl },
    });
  }

  async fleet(
    options: { owner?: string; days: number; now: Date },
    visibility: Visibility,
  ) {
    const { owner, days, now } = options;
    const { value, structure } = await readRevisions(this.knex);
    // What is past changes with what there is and who owns it, and no more.
    const today = now.toISOString().slice(0, 10);
    const sharePast = (load: () => Promise<DayChange[]>) =>
      this.#pasts.get(
        { revision: structure, now, visibility },
        { owner, today },
        load,
      );
    return this.#fleets.get(
      { revision: value, now, visibility },
      { owner, days },
      () => fleetSecurity(this.knex, options, visibility, sharePast),
    );
  }

  components(
    repositoryId: string,
    query: ComponentQuery,
    visibility: Visibility,
  ) {
    return listComponents(this.knex, storable(repositoryId), {
      ...{ ...query, fileUrl: this.fileUrl, visibility },
    });
  }

  packages(query: PackageQuery, visibility: Visibility) {
    return listPackages(this.knex, query, visibility);
  }

  packageUses(query: PackageUsesQuery, visibility: Visibility) {
    return packageUses(this.knex, query, visibility, this.fileUrl);
  }

  packageVersions(query: PackageVersionQuery, visibility: Visibility) {
    return packageVersions(this.knex, query, visibility);
  }

  async changedSince(since: number, repositoryId?: string) {
    // How it stands against policies is shown beside its findings.
    for (const table of ['security_rollups', 'policy_states']) {
      const rows = this.knex(table).where('revision', '>', since);
      if (repositoryId !== undefined) {
        rows.where({ repository_id: storable(repositoryId) });
      }
      if (await rows.first('repository_id')) return true;
    }
    return false;
  }

  async prune(olderThan: Date) {
    const before = olderThan.toISOString();
    await this.knex('findings')
      .where({ state: 'fixed' })
      .where('fixed_at', '<', before)
      .delete();
    await this.knex('finding_days')
      .where('day', '<', before.slice(0, 10))
      .delete();
  }

  digests(of: { since: string; now: Date }) {
    return loadDigests(this.knex, of);
  }

  #at(now: Date) {
    return { dueDays: this.dueDays, now };
  }
}
