import { createCheck, type CheckResult } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { counted } from '../text/counted';
import { dayOf, daysBetween } from '../text/days';
import { activityFact } from './activityFact';

/** A clock may be this far ahead before its dates say nothing. */
const SKEW_DAYS = 1;

/** Somebody still works on it. */
export const activityCheck = createCheck({
  id: 'activity',
  title: 'Activity',
  group: 'Activity',
  why: 'Code that nobody touches gathers known vulnerabilities, and those who knew it move on.',
  fix: 'Update the dependencies and merge what waits, or archive the repository and take it out of the catalog.',
  appliesTo: 'Every repository',
  scope: 'repository',
  weight: 1,
  facts: { activity: activityFact },
  parameters: z
    .strictObject({
      /** Twice the 90 days after which OpenSSF Scorecard's check Maintained sees no activity: finished libraries rest longer than products. */
      warnAfterDays: z.number().int().min(1).max(3650).default(180),
      /** A year has in it every yearly chore, a release and a holiday. */
      failAfterDays: z.number().int().min(1).max(3650).default(365),
    })
    .refine(p => p.warnAfterDays <= p.failAfterDays, {
      message: 'warnAfterDays must not be more than failAfterDays',
      path: ['warnAfterDays'],
    }),
  evaluate({ facts: { activity }, parameters, now }): CheckResult {
    const { lastCommitAt, recent, headless } = activity;
    if (lastCommitAt === null) {
      return { status: 'unknown', message: headless ?? 'There is no commit.' };
    }
    const days = daysBetween(lastCommitAt, now);
    if (Number.isNaN(days)) {
      return {
        status: 'unknown',
        message: 'The last commit has no date that can be read.',
      };
    }
    const day = dayOf(lastCommitAt);
    if (days < -SKEW_DAYS) {
      return {
        status: 'unknown',
        message: `The last commit is dated ${day}, ${-days} days ahead of now; its date does not tell.`,
      };
    }
    if (days > parameters.warnAfterDays) {
      const fail = days > parameters.failAfterDays;
      const limit = fail ? parameters.failAfterDays : parameters.warnAfterDays;
      return {
        status: fail ? 'fail' : 'warn',
        message: `The last commit was on ${day}, ${days} days ago; the limit is ${limit}.`,
      };
    }
    const often = recent
      ? `; ${counted(recent.commits, 'commit')} by ${counted(
          recent.authors,
          'author',
        )} in 90 days`
      : '';
    return { status: 'pass', message: `Last commit on ${day}${often}.` };
  },
});
