import { createCheck, type CheckResult } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { globsSchema, matcher } from '../paths/globs';
import { mayHide } from '../paths/listed';
import { counted } from '../text/counted';
import { firstOf } from '../text/firstOf';
import { conflictsFact } from './conflictsFact';
import { DEFAULT_IGNORE } from './ignored';

/** No merge conflict in what is committed. */
export const conflictsCheck = createCheck({
  id: 'conflict-markers',
  title: 'No conflict markers',
  group: 'Hygiene',
  why: 'A committed conflict is a merge that nobody finished: the file does not parse, or holds two truths.',
  fix: 'Open the files at the lines listed, decide between the two sides, remove the markers and commit.',
  appliesTo: 'Every repository and every folder that backs an entity',
  scope: 'path',
  weight: 3,
  facts: { conflicts: conflictsFact },
  parameters: z.strictObject({
    /** Files that may hold markers. */
    ignore: globsSchema.default(DEFAULT_IGNORE),
  }),
  evaluate({ facts: { conflicts: fact }, parameters }): CheckResult {
    const ignored = matcher(parameters.ignore);
    const files = fact.files.items.filter(({ path }) => !ignored(path));
    const unread = fact.unread.filter(path => !ignored(path));
    if (files.length > 0) {
      const total = files.reduce((sum, file) => sum + file.conflicts, 0);
      return {
        status: 'fail',
        message: `${counted(total, 'conflict')} committed in ${counted(
          files.length,
          'file',
        )}: ${firstOf(files.map(f => f.path))}.`,
        evidence: [...files]
          .sort((a, b) => b.conflicts - a.conflicts)
          .map(({ path, line, label, conflicts }) => ({
            path,
            line,
            message: `${counted(
              conflicts,
              'conflict',
            )}, the first with '${label}'.`,
          })),
      };
    }
    if (unread.length > 0) {
      return {
        status: 'unknown',
        message: `${counted(
          unread.length,
          'file has',
          'files have',
        )} markers but could not be read.`,
        evidence: unread.map(path => ({ path, message: 'Could not be read.' })),
      };
    }
    if (
      !fact.complete ||
      mayHide(fact.files, parameters.ignore, DEFAULT_IGNORE)
    ) {
      return {
        status: 'unknown',
        message:
          'There are more marked lines than Fettle looks at; none of those looked at is a conflict.',
      };
    }
    const left = fact.files.count;
    const notes = [
      ...(left > 0
        ? [`${counted(left, 'file')} of tests or vendors left out`]
        : []),
      ...(fact.shownIn > 0
        ? [
            `${counted(
              fact.shownIn,
              'document shows',
              'documents show',
            )} markers in a code block`,
          ]
        : []),
    ];
    return {
      status: 'pass',
      message: `No conflict is committed${
        notes.length > 0 ? ` (${notes.join('; ')})` : ''
      }.`,
    };
  },
});
