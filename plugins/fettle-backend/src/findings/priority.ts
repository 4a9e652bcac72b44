import type { Severity } from 'backstage-plugin-fettle-common';
import type { Sighting } from './Sighting';

/** Where nobody gave a severity, a finding stands between medium and high: it may be either. */
const BASE: Readonly<Record<Severity, number>> = {
  critical: 82,
  high: 65,
  unknown: 45,
  medium: 40,
  low: 15,
};

/**
 * What to fix first, 0 to 100, and why, in the words that people see. The
 * severity carries most of it; what is exploited already, or reaches what is
 * delivered, comes before what is not.
 */
export function prioritize(
  sighting: Pick<
    Sighting,
    'kind' | 'severity' | 'exploited' | 'epss' | 'component' | 'fixedIn'
  >,
): { priority: number; reasons: string[] } {
  const { kind, severity, exploited, epss, component, fixedIn } = sighting;
  const reasons: string[] = [];
  let priority = BASE[severity];
  if (exploited) {
    priority += 25;
    reasons.push('known exploited');
  }
  if (epss !== null && epss >= 0.01) {
    priority += Math.min(12, 4 + epss * 20);
    reasons.push(`${Math.round(epss * 100)} % likely to be exploited`);
  }
  if (component) {
    if (component.scope === 'runtime') {
      priority += 4;
      reasons.push('runtime');
    } else if (component.scope !== 'unknown') {
      priority -= component.scope === 'development' ? 20 : 8;
      reasons.push(component.scope);
    }
    if (component.direct) {
      priority += 3;
      reasons.push('direct');
    }
    if (fixedIn.length > 0) {
      priority += 4;
      reasons.push('fix available');
    }
  }
  // A malicious package has done its harm wherever it was installed.
  if (kind === 'threat' && severity === 'critical') priority = 100;
  const bounded = Math.min(100, Math.max(0, priority));
  return { priority: Math.round(bounded * 10) / 10, reasons };
}
