import type { Reason } from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import { dialectOf } from '../Dialect';
import { storable, storableJson } from '../storable';
import type { DuePackage, ReleaseAnswer, ReleaseStore } from './ReleaseStore';

interface Options {
  ecosystems: readonly string[];
  now: Date;
  limit: number;
}

/** Whether a package is used, perhaps under a condition; by the column of its id. */
const used = (id: string, condition = '') =>
  `exists (select 1 from components as c join repository_components as u on u.component_id = c.id where c.package_id = ${id}${condition})`;

/** What registries told, in the plugin's database. */
export class DatabaseReleaseStore implements ReleaseStore {
  constructor(private readonly knex: Knex) {}

  async plan({ ecosystems, now, limit }: Options): Promise<void> {
    const covered = dialectOf(this.knex).oneOf('p.ecosystem', ecosystems);
    await this.knex.raw(
      `insert into package_releases (package_id, direct, due_at)
       select p.id, case when ${used(
         'p.id',
         ' and u.direct = 1',
       )} then 1 else 0 end, ?
       from packages as p
       where ${covered.sql}
         and not exists (select 1 from package_releases as r where r.package_id = p.id)
         and ${used('p.id')}
       order by p.id limit ${Number(limit)}
       on conflict (package_id) do nothing`,
      [now.toISOString(), ...covered.bindings] as string[],
    );
  }

  async due({ ecosystems, now, limit }: Options): Promise<DuePackage[]> {
    const covered = dialectOf(this.knex).oneOf('p.ecosystem', ecosystems);
    const rows: (DuePackage & { used: boolean | number })[] = await this.knex(
      'package_releases as r',
    )
      .join('packages as p', 'p.id', 'r.package_id')
      .where('r.due_at', '<=', now.toISOString())
      .whereRaw(covered.sql, covered.bindings)
      .orderBy([
        { column: 'r.direct', order: 'desc' },
        ...['r.due_at', 'r.package_id'],
      ])
      .limit(limit)
      .select('p.id', 'p.ecosystem', 'p.name')
      .select(this.knex.raw(`${used('p.id')} as used`));
    const unused = rows.filter(row => !row.used).map(({ id }) => id);
    if (unused.length > 0) {
      await this.knex('package_releases').whereIn('package_id', unused).del();
    }
    return rows
      .filter(row => row.used)
      .map(({ id, ecosystem, name }) => ({ id, ecosystem, name }));
  }

  async saveAnswer(packageId: number, answer: ReleaseAnswer): Promise<void> {
    const { newest, problem, at, dueAt } = answer;
    await this.knex('package_releases')
      .where({ package_id: packageId })
      .update({
        newest: newest && storable(newest.version),
        published_at: newest?.publishedAt ?? null,
        checked_at: at.toISOString(),
        problem: problem && storableJson(problem),
        due_at: dueAt.toISOString(),
        direct: await this.#direct(packageId),
      });
  }

  async saveFailure(
    packageId: number,
    { problem, dueAt }: { problem: Reason; dueAt: Date },
  ): Promise<void> {
    await this.knex('package_releases')
      .where({ package_id: packageId })
      .update({ problem: storableJson(problem), due_at: dueAt.toISOString() });
  }

  async #direct(packageId: number): Promise<number> {
    const found = await this.knex('components as c')
      .join('repository_components as u', 'u.component_id', 'c.id')
      .where({ 'c.package_id': packageId, 'u.direct': 1 })
      .first('u.direct');
    return found ? 1 : 0;
  }
}
