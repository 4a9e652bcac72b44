import type {
  Control,
  ControlRest,
  ControlStatus,
  PolicyStatus,
  VerdictStatus,
} from 'backstage-plugin-fettle-common';
import type { Standing } from '../store/compliance/ComplianceStore';

/** The checks and policies that this portal has. */
export interface Installed {
  checks: ReadonlySet<string>;
  policies: ReadonlySet<string>;
}

const VERDICTS: Readonly<Record<VerdictStatus, ControlStatus>> = {
  ...{ pass: 'met', warn: 'not-met', fail: 'not-met', unknown: 'unknown' },
  'not-applicable': 'not-applicable',
};
const RESULTS: Readonly<Record<PolicyStatus, ControlStatus>> = {
  ...{ kept: 'met', violated: 'not-met', error: 'not-met', unknown: 'unknown' },
};

/** Every part is needed: one that is not met decides, then one that is not known. */
export function controlStatus(
  { rests }: Control,
  standing: Standing,
  installed: Installed,
): ControlStatus {
  const parts = rests.map(rest => restStatus(rest, standing, installed));
  const seen = parts.filter(part => part !== 'not-seen');
  if (seen.length === 0) return 'not-seen';
  if (seen.includes('not-met')) return 'not-met';
  // A part that nobody looks at may not be met.
  if (seen.length < parts.length || seen.includes('unknown')) return 'unknown';
  return seen.includes('met') ? 'met' : 'not-applicable';
}

function restStatus(
  rest: ControlRest,
  { verdicts, policies, evaluated }: Standing,
  installed: Installed,
): ControlStatus {
  if ('check' in rest) {
    if (!installed.checks.has(rest.check)) return 'not-seen';
    const status = verdicts.get(rest.check);
    return status === undefined ? 'unknown' : VERDICTS[status];
  }
  if (!installed.policies.has(rest.policy)) return 'not-seen';
  const status = policies.get(rest.policy);
  if (status !== undefined) return RESULTS[status];
  // Its scope leaves the repository out.
  return evaluated ? rest.outOfScope ?? 'not-applicable' : 'unknown';
}
