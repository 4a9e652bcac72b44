import type { Zod } from './FettleAction';

/** A remediation as actions give it. */
export const remediationShape = (zod: Zod) =>
  zod
    .object({
      id: zod.string(),
      planId: zod.string(),
      playbookId: zod.string(),
      repositoryId: zod.string(),
      repository: zod.string(),
      title: zod.string(),
      state: zod
        .string()
        .describe(
          'blocked, applying, open, settling or verifying while it goes on; ended as healed, failed, unverified, reverted, escalated, recovered or cancelled',
        ),
      reason: zod
        .object({ message: zod.string(), action: zod.string() })
        .passthrough()
        .nullable()
        .describe('Why it is in this state, and what to do'),
      change: zod
        .object({ url: zod.string().nullable(), state: zod.string() })
        .passthrough()
        .nullable()
        .describe('The branch and pull request'),
      endedAt: zod.string().nullable().describe('Null while it goes on'),
    })
    .passthrough();

/** With its story. */
export const remediationDetailsShape = (zod: Zod) =>
  zod
    .object({
      remediation: remediationShape(zod),
      story: zod
        .array(
          zod
            .object({
              at: zod.string(),
              event: zod.string(),
              message: zod.string(),
            })
            .passthrough(),
        )
        .describe('What happened, oldest first'),
    })
    .passthrough();
