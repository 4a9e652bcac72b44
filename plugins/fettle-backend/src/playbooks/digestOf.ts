import { createHash } from 'node:crypto';
import type { Playbook } from 'backstage-plugin-fettle-common';

/** Of what a plan depends on: not of limits, of how it is verified, or of where it is written. */
export function digestOf(playbook: Omit<Playbook, 'digest'>): string {
  const { limits, verification, escalateTo, origin, ...rest } = playbook;
  return createHash('sha256')
    .update(canonical(rest))
    .digest('hex')
    .slice(0, 32);
}

/** JSON in which the order of keys says nothing. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, one) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(
          Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : one,
  );
}
