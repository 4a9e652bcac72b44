import {
  playbookLevelSchema,
  policyScopeSchema,
} from 'backstage-plugin-fettle-common';
import { z } from 'zod';
import { durationSchema } from './durationSchema';

const DAY = 24 * 60 * 60;

/** Of playbooks and of their steps. */
export const ID = /^[a-z0-9][a-z0-9-]{0,63}$/;

const id = z
  .string()
  .regex(ID, 'Use lower case letters, digits and dashes, at most 64');

/** Config cannot hold null, so a word says that there is no limit. */
const none = z.union([z.null(), z.literal('none')]).transform((): null => null);

const most = (limit: number) =>
  z
    .union([z.number().int().min(1).max(limit), none], {
      error: `Write a whole number from 1 to ${limit}, or 'none'`,
    })
    .optional();

const limitsSchema = z.strictObject({
  openChanges: most(10_000).describe(
    'Changes of this playbook that are open at a time',
  ),
  changesPerHour: most(10_000).describe('Changes that it opens in an hour'),
  repositoriesPerDay: most(100_000).describe(
    'Repositories that it changes in a day',
  ),
  shareOfFleetPerDay: z
    .union([z.number().positive().max(1), none], {
      error: "Write a number over 0 up to 1, or 'none'",
    })
    .optional()
    .describe('Part of the fleet that it changes in a day, over 0 up to 1'),
  filesPerRun: most(10_000).describe('Files that one plan changes'),
  linesPerRun: most(1_000_000).describe('Lines that one plan changes'),
  filesPerDay: most(1_000_000).describe('Files that it changes in a day'),
  linesPerDay: most(100_000_000).describe('Lines that it changes in a day'),
});

const stepSchema = z.strictObject({
  id: id.describe('Unique in the playbook'),
  uses: z.string().min(1).max(64).describe('The step that it uses'),
  with: z.unknown().optional().describe('Parameters of the step'),
  dependsOn: z
    .array(id)
    .max(50)
    .optional()
    .describe('Ids of steps that go before it'),
});

/** What is written of a playbook, in `fettle.playbooks` and in files alike. */
export const playbookSettingsSchema = z.strictObject({
  title: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .describe('For people; the id where it is left out'),
  description: z.string().trim().max(2000).optional().describe('For people'),
  trigger: z
    .strictObject({
      on: z.string().min(1).max(64).describe('The kind of trigger'),
      with: z.unknown().optional().describe('Parameters of the trigger'),
    })
    .optional()
    .describe('What it waits for'),
  condition: z
    .string()
    .trim()
    .min(1)
    .max(4000)
    .nullable()
    .optional()
    .describe(
      "CEL over the trigger's problem, `repository`, `entities` and `now`; true for what is to be put right",
    ),
  scope: policyScopeSchema
    .partial()
    .strict()
    .optional()
    .describe('Which repositories it is for; all where it is left out'),
  steps: z.array(stepSchema).min(1).max(50).optional().describe('What it does'),
  level: playbookLevelSchema
    .optional()
    .describe(
      'How far it goes by itself: `observe` (default), `propose` or `enforce`',
    ),
  approval: z
    .strictObject({
      by: z
        .number()
        .int()
        .min(0)
        .max(5)
        .optional()
        .describe('People who have to approve a plan. Default: 0'),
      expiresAfter: durationSchema({
        ...{ min: 60, max: 90 * DAY },
        words: 'of 1 minute to 90 days',
      })
        .optional()
        .describe('How long an approval holds. Default: 3 days'),
    })
    .optional(),
  group: z
    .enum(['problem', 'repository'])
    .optional()
    .describe(
      'One remediation for each problem, or one for all of a repository (default)',
    ),
  limits: limitsSchema
    .optional()
    .describe('How much it may do; `none` takes a default limit away'),
  verification: z
    .strictObject({
      settle: durationSchema({
        ...{ min: 0, max: DAY },
        words: 'of up to 1 day',
      })
        .optional()
        .describe(
          'How long the target is given before it is read again. Default: 30 seconds',
        ),
      hold: durationSchema({
        ...{ min: 0, max: 30 * DAY },
        words: 'of up to 30 days',
      })
        .optional()
        .describe('How long it has to stay right. Default: 24 hours'),
      timeout: durationSchema({
        ...{ min: 60, max: 90 * DAY },
        words: 'of 1 minute to 90 days',
      })
        .optional()
        .describe('After this it counts as not put right. Default: 7 days'),
    })
    .optional(),
  escalateTo: z
    .array(
      z
        .string()
        .regex(
          /^[^\s:/]+:[^\s:/]+\/[^\s:/]+$/,
          'Not an entity ref like group:default/platform',
        ),
    )
    .max(50)
    .optional()
    .describe('Entity refs that are told when it fails, besides the owner'),
  enabled: z.boolean().optional().describe('`false` turns it off'),
});

export type PlaybookSettings = z.output<typeof playbookSettingsSchema>;

/** What a file holds: one document for each playbook. */
export const playbookFileSchema = playbookSettingsSchema
  .extend({ id })
  .required({ trigger: true, steps: true });
