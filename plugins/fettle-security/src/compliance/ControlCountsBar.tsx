import type { ControlCounts } from 'backstage-plugin-fettle-common';
import { CountsBar } from '../CountsBar';
import { ControlStatusMark } from './ControlStatusMark';

/** What is not met first. */
const PARTS = [
  ['notMet', 'not-met', 'bad'],
  ['unknown', 'unknown', 'unknown'],
  ['notSeen', 'not-seen', 'unseen'],
  ['met', 'met', 'good'],
  ['notApplicable', 'not-applicable', 'none'],
] as const;

/** How many pairs of repository and control stand how, as lengths and in words. */
export function ControlCountsBar({ counts }: { counts: ControlCounts }) {
  return (
    <CountsBar
      parts={PARTS.map(([key, status, look]) => ({
        ...{ key, look, count: counts[key] },
        mark: (
          <ControlStatusMark key={key} status={status} count={counts[key]} />
        ),
      }))}
    />
  );
}
