import type { Sql } from '../Dialect';
import { storable } from '../storable';

/** Whether a run touched a folder, or may have: the root is touched by every run. */
export function touchedBy(subpath: string): Sql {
  if (subpath === '') return { sql: 'true', bindings: [] };
  // JSON text of a list of strings holds each as its own JSON text.
  const text = JSON.stringify(storable(subpath));
  return {
    sql: `("subpaths" is null or "subpaths" like ? escape '!')`,
    bindings: [`%${text.replace(/[!%_]/g, '!$&')}%`],
  };
}
