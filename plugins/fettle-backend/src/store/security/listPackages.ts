import { InputError } from '@backstage/errors';
import type { PackagePage, PackageQuery } from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import { stepsBehind } from '../../releases/stepsBehind';
import type { Visibility } from '../FettleStore';
import { inVisibleRepositories } from '../query/visible';
import { loadNewest } from '../releases/loadNewest';
import { readRevisions } from '../revisions';
import { storable } from '../storable';
import { componentUses } from './componentUses';
import { packageKey } from './findingRows';
import { likePart } from './listFindings';

const MOST_VERSIONS = 20;

/** Packages by how many repositories use them. */
export async function listPackages(
  knex: Knex,
  query: PackageQuery,
  visibility: Visibility,
): Promise<PackagePage> {
  const { value: revision } = await readRevisions(knex);
  const visible = inVisibleRepositories(knex, 'u.repository_id', visibility);
  const offset = readOffset(query.cursor);
  const counted = componentUses(knex)
    .whereRaw(visible.sql, visible.bindings)
    .groupBy('p.id', 'p.ecosystem', 'p.name')
    .select('p.id', 'p.ecosystem', 'p.name')
    .countDistinct({ repositories: 'u.repository_id' })
    .orderBy([
      { column: 'repositories', order: 'desc' },
      { column: 'p.name', order: 'asc' },
      { column: 'p.id', order: 'asc' },
    ])
    .offset(offset)
    .limit(query.limit + 1);
  if (query.search) {
    counted.whereRaw(`p.name_key like ? escape '\\'`, [likePart(query.search)]);
  }
  if (query.ecosystem) counted.where('p.ecosystem', storable(query.ecosystem));
  const rows: {
    id: number;
    ecosystem: string;
    name: string;
    repositories: number | string;
  }[] = await counted;
  const shown = rows.slice(0, query.limit);
  const versions: { package_id: number; version: string; number: string }[] =
    await componentUses(knex)
      .whereIn(
        'p.id',
        shown.map(({ id }) => id),
      )
      .whereRaw(visible.sql, visible.bindings)
      .groupBy('c.package_id', 'c.version')
      .select('c.package_id', 'c.version')
      .countDistinct({ number: 'u.repository_id' })
      .orderBy([{ column: 'number', order: 'desc' }, { column: 'c.version' }]);
  const newest = await loadNewest(
    knex,
    new Map(shown.map(({ id, ecosystem }) => [id, ecosystem])),
    visibility,
  );
  const inFindings = inVisibleRepositories(knex, 'repository_id', visibility);
  const findings: { package: string; number: number | string }[] = await knex(
    'findings',
  )
    .where({ state: 'open' })
    .whereIn('package', shown.map(packageKey))
    .whereRaw(inFindings.sql, inFindings.bindings)
    .groupBy('package')
    .select('package')
    .count({ number: '*' });
  return {
    items: shown.map(row => {
      const of = versions.filter(one => one.package_id === row.id);
      const found = findings.find(one => one.package === packageKey(row));
      const best = newest.get(row.id) ?? null;
      return {
        ecosystem: row.ecosystem,
        name: row.name,
        repositories: Number(row.repositories),
        versions: of.slice(0, MOST_VERSIONS).map(({ version, number }) => ({
          version: version === '' ? null : version,
          repositories: Number(number),
          behind: best && stepsBehind(row.ecosystem, version, best.version),
        })),
        ...{ versionCount: of.length, newest: best },
        findings: Number(found?.number ?? 0),
      };
    }),
    nextCursor: rows.length > query.limit ? String(offset + query.limit) : null,
    revision,
  };
}

function readOffset(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (!/^\d{1,9}$/.test(cursor)) {
    throw new InputError('The cursor is not one that this list gave.');
  }
  return Number(cursor);
}
