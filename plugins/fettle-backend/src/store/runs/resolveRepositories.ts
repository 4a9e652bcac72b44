import type { Knex } from 'knex';
import type { ReportedRepository } from 'backstage-plugin-fettle-node';
import { dialectOf } from '../Dialect';
import { upsertRows, type Table } from '../writeRows';
import type { Told } from './RunStore';

interface KeyRow {
  source_id: string;
  host_key: string;
  repository_id: string;
}

const REPOSITORY_KEYS: Table<KeyRow> = {
  name: 'repository_keys',
  key: ['source_id', 'host_key'],
  columns: { source_id: 'text', host_key: 'text', repository_id: 'text' },
};

/** A repository of this portal that a report is about. */
export interface KnownRepository {
  id: string;
  remote: string;
  default_branch: string | null;
}

/** Finds the repositories that reports name. */
export interface Resolver {
  byRemote(remote: string): KnownRepository | undefined;
  find(
    sourceId: string,
    repository: ReportedRepository,
  ): KnownRepository | undefined;
}

/**
 * Looks up, and locks, every repository that is named, by its remote or by the
 * key under which its host knows it: a repository that was renamed keeps its
 * runs. Keys that are new are learned.
 */
export async function resolveRepositories(
  trx: Knex,
  told: readonly Told[],
): Promise<Resolver> {
  const named = told.flatMap(({ sourceId, runs, deployments }) =>
    [...runs, ...deployments].map(({ repository }) => ({
      sourceId,
      ...repository,
    })),
  );
  const remotes = new Set([
    ...named.map(({ remote }) => remote),
    ...told.flatMap(({ delivery }) => delivery?.remotes ?? []),
  ]);
  const keys = new Set(named.flatMap(({ key }) => (key ? [key] : [])));
  const dialect = dialectOf(trx);

  const stored: KeyRow[] = [];
  if (keys.size > 0) {
    const these = dialect.oneOf('host_key', keys);
    stored.push(
      ...(await trx('repository_keys').whereRaw(these.sql, these.bindings)),
    );
  }
  const known = new Map(
    stored.map(row => [`${row.source_id}\0${row.host_key}`, row.repository_id]),
  );
  const byRemote = dialect.oneOf('remote', remotes);
  const byId = dialect.oneOf('id', known.values());
  // One repository at a time, in one order: replicas may be told of the same run at once.
  const rows: KnownRepository[] = await dialect.lockRows(
    trx('repositories')
      .whereRaw(`(${byRemote.sql} or ${byId.sql})`, [
        ...byRemote.bindings,
        ...byId.bindings,
      ])
      .orderBy('id')
      .select('id', 'remote', 'default_branch'),
  );
  const remote = new Map(rows.map(row => [row.remote, row]));
  const id = new Map(rows.map(row => [row.id, row]));

  const learned = new Map<string, KeyRow>();
  for (const { sourceId, key, remote: address } of named) {
    const repository = remote.get(address);
    const place = `${sourceId}\0${key}`;
    if (!key || !repository || known.get(place) === repository.id) continue;
    known.set(place, repository.id);
    learned.set(place, {
      source_id: sourceId,
      host_key: key,
      repository_id: repository.id,
    });
  }
  if (learned.size > 0) {
    await upsertRows(trx, REPOSITORY_KEYS, [...learned.values()]);
  }
  return {
    byRemote: address => remote.get(address),
    find: (sourceId, repository) =>
      remote.get(repository.remote) ??
      id.get(known.get(`${sourceId}\0${repository.key}`) ?? ''),
  };
}
