import { createCheck, type CheckResult } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { counted } from '../text/counted';
import { readmeFact } from './readmeFact';

const OMITTED = {
  binary: 'is not text',
  'too-large': 'is larger than 1 MiB',
  'not-a-file': 'is a link whose target could not be read',
};

/** A README with substance. */
export const readmeCheck = createCheck({
  id: 'readme',
  title: 'README with substance',
  group: 'Documentation',
  why: 'The README is what people and search see first. Without it nobody can tell what this is, how to run it or whom to ask.',
  fix: 'Write a README at the top of the folder that says what this is for, how to build and run it, and who looks after it.',
  appliesTo: 'Every repository and every folder that backs an entity',
  scope: 'path',
  weight: 2,
  facts: { readme: readmeFact },
  parameters: z.strictObject({
    /** Three or four sentences: what it is, how to run it, whom to ask. Our own choice; no study gives a number. */
    minWords: z.number().int().min(1).max(10_000).default(50),
    /** Fewer words of prose than this are no more than a title. */
    failBelow: z.number().int().min(0).max(10_000).default(10),
  }),
  evaluate({ facts: { readme: fact }, parameters }): CheckResult {
    const { readme } = fact;
    if (!readme) {
      return {
        status: 'fail',
        message: 'There is no README in any form that hosts show.',
      };
    }
    const { path, words } = readme;
    const seen = (message: string) => [{ message, path }];
    if (words === null) {
      const message = `${path} ${OMITTED[readme.omitted ?? 'not-a-file']}.`;
      return { status: 'unknown', message, evidence: seen(message) };
    }
    const has = `${path} has ${counted(words, 'word')} of prose`;
    if (words < parameters.failBelow) {
      const title = words === 0 && readme.headingWords > 0;
      const message = title ? `${path} has only headings.` : `${has}.`;
      return { status: 'fail', message, evidence: seen(message) };
    }
    if (words < parameters.minWords) {
      const message = `${has}; ${parameters.minWords} are wanted.`;
      return { status: 'warn', message, evidence: seen(message) };
    }
    if (readme.template) {
      const message = `${path} still opens with the text that ${readme.template} generated.`;
      return { status: 'warn', message, evidence: seen(message) };
    }
    return { status: 'pass', message: `${has}.`, evidence: seen(`${has}.`) };
  },
});
