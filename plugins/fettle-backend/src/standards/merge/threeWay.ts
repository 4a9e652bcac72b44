import { diff3Merge } from 'node-diff3';
import type { MergeStrategy } from './MergeStrategy';

const MOST_LINES = 20_000;

/** What the standard changed since the repository followed it last is brought in; what the repository changed stays. */
export const threeWay: MergeStrategy = {
  id: 'three-way',
  merge({ current, wanted, base }) {
    if (current === wanted) return { content: current };
    if (base === null) {
      if (current === null) return { content: wanted };
      return {
        conflict:
          'The repository never followed the standard, and its file is another one.',
      };
    }
    if (wanted === base) return { content: current };
    if (current === base) return { content: wanted };
    if (current === null) {
      return {
        conflict: 'The file was deleted here, and the standard changed it.',
      };
    }
    const [ours, then, theirs] = [current, base, wanted].map(text =>
      text.split('\n'),
    );
    if (Math.max(ours.length, then.length, theirs.length) > MOST_LINES) {
      return { conflict: `It has more than ${MOST_LINES} lines.` };
    }
    const parts = diff3Merge(ours, then, theirs, {
      excludeFalseConflicts: true,
    });
    const conflict = parts.find(part => part.conflict)?.conflict;
    if (conflict) {
      return {
        conflict: `The repository and the standard both changed what begins at line ${
          conflict.aIndex + 1
        }.`,
      };
    }
    return { content: parts.flatMap(part => part.ok ?? []).join('\n') };
  },
};
