import type { Knex } from 'knex';
import type { Subject } from '../../policies/subject/Subject';
import { groupBy } from './toSubjectFinding';

/** Of which ecosystems repositories use components, and how many. */
export async function loadEcosystems(
  knex: Knex,
  condition: Knex.Raw,
): Promise<Map<string, Subject['ecosystems']>> {
  const rows: {
    repository_id: string;
    ecosystem: string;
    components: number | string;
    unversioned: number | string;
  }[] = await knex('repository_components as u')
    .join('components as c', 'c.id', 'u.component_id')
    .join('packages as p', 'p.id', 'c.package_id')
    .where(condition)
    .groupBy('u.repository_id', 'p.ecosystem')
    .orderBy(['u.repository_id', 'p.ecosystem'])
    .select('u.repository_id', 'p.ecosystem')
    .countDistinct({ components: 'c.id' })
    .select(
      knex.raw(
        "count(distinct case when c.version = '' then c.id end) as unversioned",
      ),
    );
  const ecosystems = [...groupBy(rows)].map(([id, of]) => {
    const list = of.map(({ ecosystem, components, unversioned }) => ({
      ecosystem,
      components: Number(components),
      unversioned: Number(unversioned),
    }));
    return [id, list] as const;
  });
  return new Map(ecosystems);
}
