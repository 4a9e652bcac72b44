import { InputError } from '@backstage/errors';
import type {
  PlanQuery,
  RemediationEvent,
  RemediationQuery,
} from 'backstage-plugin-fettle-common';
import type { Knex } from 'knex';
import { z } from 'zod';
import { dialectOf } from '../Dialect';
import type { Visibility } from '../FettleStore';
import {
  inVisibleRepositories,
  visibleClaim,
  visibleRepository,
} from '../query/visible';
import { readRevisions } from '../revisions';
import { storable } from '../storable';
import { loadApprovals } from './plans';
import {
  toPlan,
  toRemediation,
  type PlanRow,
  type RemediationRow,
} from './rows';
import type { StoredPlan } from './StoredPlan';
import type { StoredRemediation } from './StoredRemediation';

/** A remediation with what a page shows of its repository. */
export interface ShownRemediation extends StoredRemediation {
  repository: string;
  /** The entity nearest to the root that the reader may see. */
  entityRef: string | null;
}

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
  total: number;
  revision: number;
}

/** The long ones are for who looks at one plan. */
const LIGHT: readonly (keyof PlanRow)[] = [
  ...(['id', 'hash', 'content_hash', 'before_hash', 'playbook_id'] as const),
  ...(['playbook_digest', 'playbook_title', 'level', 'repository_id'] as const),
  ...(['host', 'campaign_id', 'title', 'state', 'problems', 'commit'] as const),
  ...(['base', 'notes', 'files_changed', 'lines_changed'] as const),
  ...(['reversible', 'requested_by', 'created_at', 'checked_at'] as const),
  ...(['expires_at', 'approvals_needed', 'remediation_id'] as const),
  ...(['superseded_by', 'revision'] as const),
];

type Named = RemediationRow & { repository: string };

/** Changed last first: of one repository, or of all that the reader may see. */
export async function listRemediations(
  knex: Knex,
  query: RemediationQuery,
  visibility: Visibility,
  repositoryId?: string,
): Promise<Page<ShownRemediation>> {
  const { value: revision } = await readRevisions(knex);
  const visible = inVisibleRepositories(knex, 'm.repository_id', visibility);
  const matching = knex('remediations as m').whereRaw(
    ...([visible.sql, visible.bindings] as const),
  );
  if (repositoryId !== undefined) {
    matching.where('m.repository_id', storable(repositoryId));
  }
  if (query.state) matching.whereIn('m.state', query.state);
  if (query.playbook) matching.where('m.playbook_id', storable(query.playbook));
  if (query.campaign) matching.where('m.campaign_id', storable(query.campaign));
  const [{ total }] = await matching.clone().count({ total: '*' });
  const page = matching
    .clone()
    .join('repositories as r', 'r.id', 'm.repository_id')
    .orderBy([
      { column: 'm.revision', order: 'desc' },
      { column: 'm.id', order: 'desc' },
    ])
    .limit(query.limit + 1)
    .select('m.*', 'r.name as repository');
  if (query.cursor !== undefined) {
    page.whereRaw('("m"."revision", "m"."id") < (?, ?)', [
      ...readCursor(query.cursor, z.tuple([z.number(), z.string()])),
    ]);
  }
  const rows: Named[] = await page;
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  return {
    items: await present(knex, shown, visibility),
    nextCursor:
      last && rows.length > query.limit
        ? writeCursor([Number(last.revision), last.id])
        : null,
    ...{ total: Number(total), revision },
  };
}

/** One with its story, oldest first; undefined where the reader may not see it. */
export async function findRemediation(
  knex: Knex,
  id: string,
  visibility: Visibility,
): Promise<
  | {
      remediation: ShownRemediation;
      story: RemediationEvent[];
      revision: number;
    }
  | undefined
> {
  const { value: revision } = await readRevisions(knex);
  const visible = visibleRepository(knex, 'm.repository_id', visibility);
  const row: Named | undefined = await knex('remediations as m')
    .join('repositories as r', 'r.id', 'm.repository_id')
    .where('m.id', storable(id))
    .whereRaw(visible.sql, visible.bindings)
    .first('m.*', 'r.name as repository');
  if (!row) return undefined;
  const [remediation] = await present(knex, [row], visibility);
  const events = await knex('remediation_events')
    .where({ remediation_id: row.id })
    .orderBy('id')
    .select('at', 'event', 'message', 'step_id', 'actor', 'url');
  return {
    ...{ remediation, revision },
    story: events.map(({ step_id: stepId, ...event }) => ({
      ...event,
      stepId,
    })),
  };
}

/** Newest first, without contents, inputs and diffs. */
export async function listPlans(
  knex: Knex,
  query: PlanQuery,
  visibility: Visibility,
  now: Date,
): Promise<Page<StoredPlan>> {
  const { value: revision } = await readRevisions(knex);
  const visible = inVisibleRepositories(knex, 'p.repository_id', visibility);
  const matching = knex('plans as p').whereRaw(
    ...([visible.sql, visible.bindings] as const),
  );
  if (query.repository) {
    matching.where('p.repository_id', storable(query.repository));
  }
  if (query.playbook) matching.where('p.playbook_id', storable(query.playbook));
  if (query.state) matching.whereRaw(...inState(knex, query.state, now));
  if (query.for === 'person') {
    matching
      .whereNot('p.level', 'observe')
      .where(where =>
        where
          .whereNull('p.campaign_id')
          .orWhereIn(
            'p.campaign_id',
            knex('campaigns')
              .whereNotIn('state', ['cancelled', 'finished'])
              .select('id'),
          ),
      );
  }
  const [{ total }] = await matching.clone().count({ total: '*' });
  const page = matching
    .clone()
    .join('repositories as r', 'r.id', 'p.repository_id')
    .orderBy([
      { column: 'p.created_at', order: 'desc' },
      { column: 'p.id', order: 'desc' },
    ])
    .limit(query.limit + 1)
    .select(...LIGHT.map(column => `p.${column}`), 'r.name as repository')
    .select(knex.raw(`'[]' as files, '[]' as edits, '[]' as actions`))
    .select(knex.raw(`'{}' as inputs`));
  if (query.cursor !== undefined) {
    page.whereRaw('("p"."created_at", "p"."id") < (?, ?)', [
      ...readCursor(query.cursor, z.tuple([z.string(), z.string()])),
    ]);
  }
  const rows: (PlanRow & { repository: string })[] = await page;
  const shown = rows.slice(0, query.limit);
  const approvals = await loadApprovals(
    knex,
    shown.map(({ id }) => id),
  );
  const last = shown.at(-1);
  return {
    items: shown.map(row =>
      toPlan(
        row,
        approvals.filter(({ plan_id: id }) => id === row.id),
      ),
    ),
    nextCursor:
      last && rows.length > query.limit
        ? writeCursor([last.created_at, last.id])
        : null,
    ...{ total: Number(total), revision },
  };
}

/** The state with what time made of it. */
function inState(
  knex: Knex,
  states: readonly string[],
  now: Date,
): [string, (string | number | null)[]] {
  const state = `(case when p.state in ('ready', 'waiting') and p.expires_at <= ? then 'expired' else p.state end)`;
  const { sql, bindings } = dialectOf(knex).oneOf(state, states);
  return [sql, [now.toISOString(), ...bindings]];
}

async function present(
  knex: Knex,
  rows: readonly Named[],
  visibility: Visibility,
): Promise<ShownRemediation[]> {
  const ids = dialectOf(knex).oneOf(
    'repository_id',
    rows.map(row => row.repository_id),
  );
  const visible = visibleClaim(knex, 'entity_ref', visibility);
  const claims: { repository_id: string; entity_ref: string }[] = await knex(
    'entity_claims',
  )
    .whereRaw(ids.sql, ids.bindings)
    .whereRaw(visible.sql, visible.bindings)
    .orderByRaw('length(subpath), entity_ref')
    .select('repository_id', 'entity_ref');
  return rows.map(row => ({
    ...toRemediation(row),
    repository: row.repository,
    entityRef:
      claims.find(one => one.repository_id === row.repository_id)?.entity_ref ??
      null,
  }));
}

export function writeCursor(
  values: number | readonly (string | number)[],
): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

export function readCursor<T>(text: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch {
    throw new InputError(
      'The cursor is not one that Fettle gave: ask for the first page, without a cursor',
    );
  }
}
