import type {
  HistoryPoint,
  RepositorySummary,
  ScoreLevel,
} from 'backstage-plugin-fettle-common';
import type { ReadClock } from '../FettleStore';
import type { ClaimRow, RepositoryRow, RollupRow } from '../tables';
import { trendOf } from './days';
import { staleBefore, stateOf } from './derivedState';
import { toClaim } from './toClaim';

type Nullable<T> = { [K in keyof T]: T[K] | null };

/** A repository and the numbers of one folder, which are null where nothing was read. */
export type SummaryRow = RepositoryRow &
  Nullable<Omit<RollupRow, 'repository_id' | 'subpath' | 'evaluated_at'>>;

function parsed<T>(json: string | null): T | null {
  return json === null ? null : JSON.parse(json);
}

/** The claim nearest to the root speaks for the repository. */
function primary(claims: readonly ClaimRow[]): ClaimRow | undefined {
  return [...claims].sort(
    (a, b) =>
      [...a.subpath].length - [...b.subpath].length ||
      (a.entity_ref < b.entity_ref ? -1 : 1),
  )[0];
}

export function toSummary(
  row: SummaryRow,
  claims: readonly ClaimRow[],
  days: HistoryPoint[],
  clock: ReadClock,
): RepositorySummary {
  const claim = primary(claims);
  return {
    id: row.id,
    name: row.name,
    host: row.host,
    remote: row.remote,
    webUrl: row.web_url,
    defaultBranch: row.default_branch,
    head:
      row.head_commit === null
        ? null
        : {
            commit: row.head_commit,
            committedAt: row.head_committed_at!,
            subject: row.head_subject!,
          },
    state: stateOf(row, staleBefore(clock)),
    reason: parsed(row.reason),
    score: row.score,
    upTo: row.up_to,
    level: (row.level ?? 'unknown') as ScoreLevel,
    trend: trendOf(row.score, days, clock.now),
    counts: {
      pass: row.pass ?? 0,
      warn: row.warn ?? 0,
      fail: row.fail ?? 0,
      unknown: row.unknown ?? 0,
      notApplicable: row.not_applicable ?? 0,
    },
    worst: parsed(row.worst),
    entities: claims.map(toClaim),
    owner: claim?.owner ?? null,
    system: claim?.system ?? null,
    days,
    collectedAt: row.collected_at,
    attemptedAt: row.attempted_at,
    changedAt: row.changed_at,
    revision: Number(row.revision),
  };
}
