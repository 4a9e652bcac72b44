import type { Fixes, RemediationState } from 'backstage-plugin-fettle-common';

/**
 * What a page shows that may be mended: a finding, a verdict on a folder, the
 * drift from a standard, or the pipeline and branch of a failed run.
 *
 * @public
 */
export type Fixable =
  | { findingId: string }
  | { checkId: string; subpath: string }
  | { standardId: string }
  | { source: string; pipelineId: string; branch: string | null };

/** Parts of a key as the triggers of the backend join them. */
function keyOf(...parts: string[]): string {
  return parts.map(part => part.replace(/[%|]/g, encodeURIComponent)).join('|');
}

/** What is known of mending it; undefined where no playbook can. */
export function fixOf(
  fixes: Fixes | undefined,
  of: Fixable,
): Fixes['items'][number] | undefined {
  return fixes?.items.find(({ problem }) => {
    if ('findingId' in of) return problem.findingId === of.findingId;
    if ('standardId' in of) {
      return problem.kind === 'drift' && problem.key === of.standardId;
    }
    if ('checkId' in of) {
      return (
        problem.checkId === of.checkId &&
        problem.key === keyOf(of.checkId, of.subpath)
      );
    }
    return (
      problem.kind === 'run' &&
      problem.key === keyOf(of.source, of.pipelineId, of.branch ?? '')
    );
  });
}

const ENDS: readonly RemediationState[] = [
  'healed',
  'failed',
  'unverified',
  'reverted',
  'escalated',
  'recovered',
  'cancelled',
];

/**
 * Whether a remediation has come to its end.
 *
 * @public
 */
export function isEnd(state: RemediationState): boolean {
  return ENDS.includes(state);
}
