import { CronTime } from 'cron';
import { z } from 'zod';
import { durationSchema } from '../durationSchema';
import type { Trigger } from './Trigger';

const YEAR_S = 365 * 24 * 60 * 60;

const cronSchema = z
  .string()
  .max(100)
  .refine(text => text.trim().split(/\s+/).length === 5, {
    error: 'Write five fields: minute, hour, day, month and day of the week',
    abort: true,
  });

const parameters = z
  .strictObject({
    cron: cronSchema.optional().describe('When, for example `0 3 * * 1`'),
    timeZone: z
      .string()
      .max(100)
      .default('UTC')
      .describe('Of `cron`, for example `Europe/Zurich`'),
    every: durationSchema({
      ...{ min: 60, max: YEAR_S },
      words: 'of 1 minute to 1 year',
    })
      .optional()
      .describe('How often, counted from the first of January 1970, UTC'),
  })
  .superRefine(({ cron, timeZone, every }, context) => {
    if ((cron === undefined) === (every === undefined)) {
      context.addIssue({
        code: 'custom',
        message: "Say either 'cron' or 'every'",
      });
      return;
    }
    if (cron === undefined) return;
    try {
      next(cron, timeZone, new Date(0));
    } catch (error) {
      context.addIssue({
        code: 'custom',
        path: ['cron'],
        message: `It never comes, or is not understood: ${firstLine(error)}`,
      });
    }
  });

type Parameters = z.output<typeof parameters>;

/** Starts on a schedule. All replicas count the same. */
export const scheduleTrigger: Trigger<Parameters> = {
  id: 'schedule',
  title: 'A time has come',
  parameters,
  variable: null,
  nextAfter({ cron, timeZone, every }, after) {
    if (cron !== undefined) return next(cron, timeZone, after);
    const ms = every! * 1000;
    return new Date((Math.floor(after.getTime() / ms) + 1) * ms);
  },
};

function next(cron: string, timeZone: string, after: Date): Date {
  return new CronTime(cron, timeZone)
    .getNextDateFrom(after, timeZone)
    .toJSDate();
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.split('\n')[0].trim();
}
