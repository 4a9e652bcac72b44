import {
  AUTOMATION_SCOPE,
  campaignScope,
  findingsScope,
  FLEET_SCOPE,
  PIPELINES_SCOPE,
  remediationsScope,
  runsScope,
  SECURITY_SCOPE,
  SOURCES_SCOPE,
} from 'backstage-plugin-fettle-common';
import type { ChangesQuery } from '../api/FettleApi';

const RUNS_OF = runsScope('');
const FINDINGS_OF = findingsScope('');
const REMEDIATIONS_OF = remediationsScope('');
const CAMPAIGN = campaignScope('');

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
  if (scope === SECURITY_SCOPE) return { of: 'findings' };
  if (scope.startsWith(FINDINGS_OF)) {
    return { of: 'findings', repository: scope.slice(FINDINGS_OF.length) };
  }
  if (scope === AUTOMATION_SCOPE || scope.startsWith(CAMPAIGN)) {
    return { of: 'automation' };
  }
  if (scope.startsWith(REMEDIATIONS_OF)) {
    return {
      of: 'automation',
      repository: scope.slice(REMEDIATIONS_OF.length),
    };
  }
  return { repository: scope };
}
