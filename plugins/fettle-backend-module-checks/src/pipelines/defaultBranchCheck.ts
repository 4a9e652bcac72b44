import { createCheck, type CheckResult } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { counted } from '../text/counted';
import { dayOf } from '../text/days';
import { pipelinesFact } from './pipelinesFact';

/** Pipelines that the message names; the evidence names them all. */
const NAMED = 5;

/** Nothing is broken that everybody starts from. */
export const defaultBranchCheck = createCheck({
  id: 'default-branch-green',
  title: 'Default branch is green',
  group: 'Delivery',
  why: 'Whoever branches off a red default branch cannot tell their own mistakes from those that were there, and nothing can be released.',
  fix: 'Open the failed run on the Pipelines tab, and mend the step that failed or revert the commit that broke it.',
  appliesTo: 'Repositories whose runs are reported to this portal',
  scope: 'repository',
  weight: 2,
  facts: { pipelines: pipelinesFact },
  parameters: z.strictObject({}),
  evaluate({ facts: { pipelines } }): CheckResult {
    const known = (pipelines ?? []).filter(({ green }) => green !== null);
    if (known.length === 0) {
      return {
        status: 'not-applicable',
        message: 'No run on its default branch has been reported.',
      };
    }
    const red = known.filter(({ green }) => !green);
    if (red.length === 0) {
      return {
        status: 'pass',
        message: `${counted(known.length, 'pipeline')} green.`,
      };
    }
    const names = red.map(sinceWhen);
    const rest = names.length > NAMED ? ' and others' : '';
    return {
      status: 'fail',
      message: `${counted(red.length, 'pipeline')} of ${
        known.length
      } red: ${names.slice(0, NAMED).join(', ')}${rest}.`,
      evidence: red.map(one => ({
        message: `${one.name} is red${
          one.since ? ` since ${dayOf(one.since)}` : ''
        }.`,
        ...(one.webUrl ? { url: one.webUrl } : {}),
      })),
    };
  },
});

function sinceWhen(one: { name: string; since: string | null }): string {
  return one.since ? `${one.name} since ${dayOf(one.since)}` : one.name;
}
