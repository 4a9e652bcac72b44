import { createCheck, type CheckResult } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { globsSchema, matcher } from '../paths/globs';
import { mayHide } from '../paths/listed';
import { counted } from '../text/counted';
import { firstOf } from '../text/firstOf';
import { DEFAULT_IGNORE } from './ignored';
import { outputFact } from './outputFact';

/** No build output in what is committed. */
export const outputCheck = createCheck({
  id: 'build-output',
  title: 'No build output committed',
  group: 'Hygiene',
  why: 'What a build makes does not belong into history: it bloats every clone, hides in reviews, and soon differs from its source.',
  fix: 'Remove the folders listed with `git rm -r --cached`, and add them to .gitignore.',
  appliesTo: 'Every repository and every folder that backs an entity',
  scope: 'path',
  weight: 1,
  facts: { output: outputFact },
  parameters: z.strictObject({
    /** Paths that may hold build output. */
    ignore: globsSchema.default(DEFAULT_IGNORE),
  }),
  evaluate({ facts: { output: fact }, parameters }): CheckResult {
    const ignored = matcher(parameters.ignore);
    const folders = fact.folders.items.filter(({ sample }) => !ignored(sample));
    const certain = folders.filter(({ grade }) => grade === 'certain');
    const listed = [...certain, ...folders.filter(f => f.grade !== 'certain')];
    if (listed.length > 0) {
      const files = listed.reduce((sum, folder) => sum + folder.files, 0);
      return {
        status: certain.length > 0 ? 'fail' : 'warn',
        message: `${counted(files, 'file')} in ${counted(
          listed.length,
          'folder',
        )}: ${firstOf(
          listed.map(f => `${f.made} in ${f.folder || 'the root'}`),
        )}.`,
        evidence: listed.map(({ folder, made, files: n, bytes, sample }) => ({
          path: folder || sample,
          message: `${made}: ${counted(n, 'file')}, ${Math.ceil(
            bytes / 1024,
          )} KiB.`,
        })),
      };
    }
    if (mayHide(fact.folders, parameters.ignore, DEFAULT_IGNORE)) {
      return {
        status: 'unknown',
        message: `Of ${fact.folders.count} folders with build output the first ${fact.folders.items.length} may hold it; the others were not listed.`,
      };
    }
    const left = fact.folders.count;
    return {
      status: 'pass',
      message: `No build output is committed${
        left > 0
          ? ` (${counted(
              left,
              'folder',
            )} of tests, samples or vendors left out)`
          : ''
      }.`,
    };
  },
});
