import { createCheck, type CheckResult } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { counted } from '../text/counted';
import { codeownersFact } from './codeownersFact';

/** A CODEOWNERS file that the host can read. */
export const codeownersCheck = createCheck({
  id: 'codeowners',
  title: 'CODEOWNERS that parse',
  group: 'Ownership',
  why: 'Hosts ask the owners named here to review. A line that does not parse is passed over without a word, and the review with it.',
  fix: 'Add a CODEOWNERS file to the root, `.github/`, `.gitlab/` or `docs/`, with a pattern and its owners on each line, and correct the lines listed.',
  appliesTo: 'Every repository',
  // Hosts read one file, at the top of the repository; in a folder it does nothing.
  scope: 'repository',
  weight: 1,
  facts: { codeowners: codeownersFact },
  parameters: z.strictObject({}),
  evaluate({ facts: { codeowners } }): CheckResult {
    const { file, other } = codeowners;
    if (!file) {
      return other
        ? {
            status: 'warn',
            message: `There is no CODEOWNERS file; ${other} names owners in a form on which hosts do not act.`,
            evidence: [
              { message: 'Names owners in another form.', path: other },
            ],
          }
        : {
            status: 'fail',
            message: 'There is no CODEOWNERS file where hosts look for one.',
          };
    }
    const { path, rules, owned, errors, errorCount } = file;
    if (file.omitted === 'too-large') {
      const message = `${path} has ${file.size} bytes; hosts do not load one over 3 MiB.`;
      return { status: 'fail', message, evidence: [{ message, path }] };
    }
    if (file.omitted) {
      const status = file.omitted === 'binary' ? 'fail' : 'unknown';
      const message =
        file.omitted === 'binary'
          ? `${path} is not text.`
          : `${path} is a link whose target could not be read.`;
      return { status, message, evidence: [{ message, path }] };
    }
    if (errorCount > 0) {
      return {
        status: rules === 0 ? 'fail' : 'warn',
        message: `${counted(errorCount, 'error')} in ${path}; ${counted(
          rules,
          'rule',
        )} can be read.`,
        evidence: errors.map(error => ({ ...error, path })),
      };
    }
    if (owned === 0) {
      const message =
        rules === 0
          ? `${path} has no rules.`
          : `${path} has ${counted(rules, 'rule')}, none with an owner.`;
      return { status: 'warn', message, evidence: [{ message, path }] };
    }
    const message = `${counted(
      rules,
      'rule',
    )} in ${path}, ${owned} with owners.`;
    return { status: 'pass', message, evidence: [{ message, path }] };
  },
});
