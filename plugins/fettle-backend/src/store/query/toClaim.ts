import type { EntityClaim } from 'backstage-plugin-fettle-common';
import type { ClaimRow } from '../tables';

export function toClaim(row: ClaimRow): EntityClaim {
  return {
    entityRef: row.entity_ref,
    subpath: row.subpath,
    owner: row.owner,
    system: row.system,
    problem: row.problem === null ? null : JSON.parse(row.problem),
  };
}
