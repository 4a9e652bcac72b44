import { createHash } from 'node:crypto';
import type { StepProblem } from 'backstage-plugin-fettle-node';

/** By which an issue is found again: that of a step, or of one of its problems. */
export function issueMarker(
  playbookId: string,
  stepId: string,
  problem?: StepProblem,
): string {
  const base = `fettle:${playbookId}/${stepId}`;
  if (!problem) return base;
  const key = createHash('sha256').update(problem.key).digest('hex');
  return `${base}/${key.slice(0, 12)}`;
}
