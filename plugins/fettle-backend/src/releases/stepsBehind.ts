import type { Behind } from 'backstage-plugin-fettle-common';
import { orderOfEcosystem } from 'backstage-plugin-fettle-node';

const THREE_NUMBERS = /^v?(\d{1,9})\.(\d{1,9})\.(\d{1,9})(?![\d.])/;
const STEPS = ['major', 'minor', 'patch'] as const;

/** How far a version of an ecosystem, as OSV calls it, is behind another; null where that cannot be said. */
export function stepsBehind(
  ecosystem: string,
  version: string | null,
  newest: string,
): Behind | null {
  const order = orderOfEcosystem(ecosystem);
  if (!order || version === null) return null;
  // What stands for several versions is as new as the newest of them.
  const highest = order.span?.(version)?.[1] ?? version;
  const difference = order.compare(highest, newest);
  if (difference === undefined) return null;
  if (difference >= 0) return { step: 'none', by: 0 };
  const has = THREE_NUMBERS.exec(version);
  const could = THREE_NUMBERS.exec(newest);
  for (const [i, step] of STEPS.entries()) {
    const by = has && could ? Number(could[i + 1]) - Number(has[i + 1]) : 0;
    if (by > 0) return { step, by };
    if (by < 0) break;
  }
  return { step: 'newer', by: 0 };
}
