import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readVulnerabilitiesConfig } from '../config/readVulnerabilitiesConfig';
import { FeedImporter } from '../import/FeedImporter';
import { feedsOf } from '../import/feedsOf';
import { type ImportLimits, LIMITS } from '../import/limits';
import { OsvMatcher } from '../OsvMatcher';
import { applyMigrations } from '../store/applyMigrations';
import { writeZip, type ZipContent } from './writeZip';

/** SQLite, and PostgreSQL where there is one. */
export const databases = () =>
  TestDatabases.create({
    ids: ['SQLITE_3', 'POSTGRES_15'],
    disableDocker: true,
  });

/** A record of npm that says that versions below `fixed` of a package are affected. */
export function record(
  id: string,
  name: string,
  fixed: string,
  more: object = {},
) {
  return {
    ...{ id, modified: '2026-01-01T00:00:00Z', summary: `About ${name}` },
    affected: [
      {
        package: { ecosystem: 'npm', name },
        ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed }] }],
      },
    ],
    ...more,
  };
}

/** A folder of feeds, a database, and what stands between them. */
export class FeedWorld {
  static async create(knex: Knex): Promise<FeedWorld> {
    await applyMigrations(knex);
    return new FeedWorld(knex, mkdtempSync(join(tmpdir(), 'fettle-feeds-')));
  }

  now = new Date('2026-11-01T12:00:00Z');
  /** How often something came into force. */
  commits = 0;
  readonly warnings: string[] = [];
  #importer!: FeedImporter;
  matcher!: OsvMatcher;

  private constructor(readonly knex: Knex, readonly folder: string) {}

  /** Starts with a config, as a portal does. */
  async start(vulnerabilities: JsonObject, limits: Partial<ImportLimits> = {}) {
    const feeds = feedsOf(
      readVulnerabilitiesConfig(
        new ConfigReader({ fettle: { vulnerabilities } }),
      ),
      { ...LIMITS, ...limits },
    );
    this.matcher = new OsvMatcher(this.knex, feeds);
    this.matcher.onChange(() => this.commits++);
    this.#importer = new FeedImporter({
      ...{ knex: this.knex, feeds, limits: { ...LIMITS, ...limits } },
      logger: mockServices.logger.mock({
        warn: message => this.warnings.push(String(message)),
      }),
      now: () => this.now,
      onCommit: () => this.matcher.noteChange(),
    });
    await this.#importer.prepare();
    await this.#importer.forget(new AbortController().signal);
  }

  /** Starts with the folder as the only feed. */
  async startFolder(limits: Partial<ImportLimits> = {}, ecosystems = ['npm']) {
    await this.start({ feeds: [{ ecosystems, from: this.folder }] }, limits);
  }

  async refresh(kind: 'file' | 'url' = 'file'): Promise<void> {
    await this.#importer.refresh(kind, new AbortController().signal);
  }

  path(name: string): string {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    return path;
  }

  zip(
    ecosystem: string,
    contents: readonly (ZipContent | { id: string })[],
  ): string {
    const path = this.path(`${ecosystem}/all.zip`);
    writeZip(
      path,
      contents.map(one =>
        'id' in one
          ? { name: `${one.id}.json`, text: JSON.stringify(one) }
          : one,
      ),
    );
    return path;
  }

  file(ecosystem: string, one: { id: string }): string {
    const path = this.path(`${ecosystem}/${one.id}.json`);
    writeFileSync(path, JSON.stringify(one));
    return path;
  }

  async match(name: string, version: string | null, ecosystem = 'npm') {
    const [matches] = await this.matcher.match(
      [{ ecosystem, name, version, licence: null }],
      { signal: new AbortController().signal },
    );
    return matches;
  }

  /** What matches, by its best known name. */
  async rules(name: string, version: string | null, ecosystem?: string) {
    const matches = await this.match(name, version, ecosystem);
    return matches.map(({ rule }) => rule).sort();
  }

  async feed(id = 'osv/npm') {
    const feeds = await this.matcher.feeds();
    return feeds.find(feed => feed.id === id)!;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
