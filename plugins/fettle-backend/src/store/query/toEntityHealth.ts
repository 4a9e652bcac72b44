import type { EntityHealth } from 'backstage-plugin-fettle-common';
import type { ClaimRow } from '../tables';

export function toEntityHealth(row: ClaimRow): EntityHealth {
  return {
    entityRef: row.entity_ref,
    repositoryId: row.repository_id,
    subpath: row.subpath,
    problem: row.problem === null ? null : JSON.parse(row.problem),
  };
}
