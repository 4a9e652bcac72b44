import {
  FLEET_SCOPE,
  PIPELINES_SCOPE,
  runsScope,
  SOURCES_SCOPE,
} from 'backstage-plugin-fettle-common';
import type { ChangesQuery } from '../api/FettleApi';

const RUNS_OF = runsScope('');

/** What `GET /changes` is asked for what the hints of a scope are about. */
export function questionOf(
  scope: string,
): Pick<ChangesQuery, 'repository' | 'of'> {
  if (scope === FLEET_SCOPE) return {};
  if (scope === SOURCES_SCOPE) return { of: 'sources' };
  if (scope === PIPELINES_SCOPE) return { of: 'runs' };
  if (scope.startsWith(RUNS_OF)) {
    return { of: 'runs', repository: scope.slice(RUNS_OF.length) };
  }
  return { repository: scope };
}
