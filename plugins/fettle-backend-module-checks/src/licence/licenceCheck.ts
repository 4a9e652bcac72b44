import { createCheck, type CheckResult } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { counted } from '../text/counted';
import { firstOf } from '../text/firstOf';
import { licenceFact } from './licenceFact';

/** A licence text that says on which terms the code may be used. */
export const licenceCheck = createCheck({
  id: 'licence',
  title: 'Licence',
  group: 'Documentation',
  why: 'Without a licence nobody else may use, change or share the code, inside a company neither: copyright reserves it all.',
  fix: 'Add a file LICENSE at the root with the whole text of the licence; for code that is not to be shared, a sentence that says so and whose it is.',
  appliesTo: 'Every repository',
  scope: 'repository',
  weight: 2,
  facts: { licence: licenceFact },
  parameters: z.strictObject({
    /** A text with fewer words only names a licence. */
    minWords: z.number().int().min(1).max(1000).default(15),
    /** SPDX ids that may be used; empty allows every licence. */
    allowed: z.array(z.string().min(1)).max(200).default([]),
  }),
  evaluate({ facts: { licence: fact }, parameters }): CheckResult {
    const { files, declared } = fact;
    if (files.length === 0) {
      if (!declared) {
        return {
          status: 'fail',
          message:
            'There is no licence file, and no manifest declares a licence.',
        };
      }
      const { path, licence } = declared;
      const message =
        licence === 'UNLICENSED'
          ? `${path} says that the code is not licensed to others.`
          : `${path} declares ${licence}, but its text is not in the repository.`;
      return {
        status: licence === 'UNLICENSED' ? 'pass' : 'warn',
        message,
        evidence: [{ message, path }],
      };
    }
    const about = (file: (typeof files)[number]) => ({
      path: file.path,
      message:
        file.words === null
          ? 'Its text cannot be read.'
          : `${file.spdx ?? 'Terms of its own'}, ${counted(
              file.words,
              'word',
            )}.`,
    });
    const full = files.filter(file => (file.words ?? 0) >= parameters.minWords);
    if (full.length === 0) {
      const evidence = files.map(about);
      const [first] = files;
      if (files.some(file => file.words === null)) {
        return {
          status: 'unknown',
          message: `The text of ${first.path} cannot be read.`,
          evidence,
        };
      }
      const empty = files.every(file => file.words === 0);
      return {
        status: empty ? 'fail' : 'warn',
        message: empty
          ? `${first.path} is empty.`
          : `${first.path} has ${counted(
              first.words ?? 0,
              'word',
            )}, which is not the text of a licence.`,
        evidence,
      };
    }
    const open = full.filter(file => file.placeholder);
    if (open.length > 0) {
      return {
        status: 'warn',
        message: `${open[0].path} still has a placeholder where the owner's name belongs.`,
        evidence: open.map(({ path, placeholder }) => ({
          path,
          message: placeholder?.text ?? '',
          line: placeholder?.line,
        })),
      };
    }
    const foreign = full.filter(
      ({ spdx }) =>
        parameters.allowed.length > 0 &&
        !parameters.allowed.some(id => spdx !== null && sameLicence(id, spdx)),
    );
    if (foreign.length > 0) {
      return {
        status: 'fail',
        message: `${firstOf(
          foreign.map(f => `${f.path} (${f.spdx ?? 'not recognised'})`),
        )} is not among the ${counted(
          parameters.allowed.length,
          'licence',
        )} allowed.`,
        evidence: foreign.map(about),
      };
    }
    const names = [...new Set(full.map(f => f.spdx ?? 'terms of its own'))];
    return {
      status: 'pass',
      message: `${firstOf(full.map(f => f.path))}: ${firstOf(names)}.`,
      evidence: full.map(about),
    };
  },
});

// The text does not tell GPL-3.0-only from GPL-3.0-or-later.
function sameLicence(allowed: string, found: string): boolean {
  return allowed.replace(/-(only|or-later)$/, '') === found;
}
