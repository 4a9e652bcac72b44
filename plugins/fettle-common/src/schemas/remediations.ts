import { z } from 'zod';
import { oneOrMore } from './oneOrMore';
import { planStateSchema, problemSchema } from './plans';
import { reasonSchema } from './repositories';

/**
 * Where a remediation stands; those from `healed` on are its end.
 *
 * - `blocked`: a limit, freeze, breaker, or another remediation of the repository holds it back.
 * - `applying`: its actions run, or its change is being opened.
 * - `open`: its change is open.
 * - `settling`: done; the target is given time.
 * - `verifying`: the target was read and is right; it is held for a while.
 * - `healed`: the target, read again, was right to the end.
 * - `failed`: it could not be applied, or the target is not right.
 * - `unverified`: the target could not be read in time.
 * - `reverted`: it was taken back.
 * - `escalated`: a person is needed.
 * - `recovered`: the problem was gone without us.
 * - `cancelled`: a person ended it, or closed its change.
 *
 * @public
 */
export const remediationStateSchema = z.enum([
  'blocked',
  'applying',
  'open',
  'settling',
  'verifying',
  'healed',
  'failed',
  'unverified',
  'reverted',
  'escalated',
  'recovered',
  'cancelled',
]);

/** @public */
export type RemediationState = z.infer<typeof remediationStateSchema>;

/** A branch and pull request of a remediation. @public */
export const changeSchema = z.object({
  id: z.string(),
  url: z.string().nullable(),
  branch: z.string(),
  headCommit: z.string().nullable(),
  state: z.enum(['open', 'merged', 'closed']),
  checks: z.enum(['none', 'pending', 'passed', 'failed', 'unknown']),
  review: z.enum(['none', 'approved', 'changes-requested', 'unknown']),
  mergeable: z.boolean().nullable(),
  edited: z.boolean(),
  mergeCommit: z.string().nullable(),
  endedBy: z.string().nullable(),
});

/** @public */
export type Change = z.infer<typeof changeSchema>;

/** One thing that happened in a remediation. @public */
export const remediationEventSchema = z.object({
  at: z.string(),
  /** For example `blocked`, `applied`, `opened`, `merged`, `verified`, `healed`. */
  event: z.string(),
  /** In one sentence. */
  message: z.string(),
  stepId: z.string().nullable(),
  /** Entity ref of the person; null where Fettle did it. */
  actor: z.string().nullable(),
  url: z.string().nullable(),
});

/** @public */
export type RemediationEvent = z.infer<typeof remediationEventSchema>;

/** @public */
export const remediationSchema = z.object({
  id: z.string(),
  planId: z.string(),
  planHash: z.string(),
  playbookId: z.string(),
  playbookTitle: z.string(),
  repositoryId: z.string(),
  repository: z.string(),
  /** The entity nearest to the root that the reader may see. */
  entityRef: z.string().nullable(),
  campaignId: z.string().nullable(),
  title: z.string(),
  state: remediationStateSchema,
  /** Why it is in this state, in one sentence. */
  reason: reasonSchema.nullable(),
  problems: z.array(problemSchema),
  change: changeSchema.nullable(),
  /** A person approved, merged, edited or confirmed. */
  personActed: z.boolean(),
  /** It waits for a person to confirm a step. */
  waitsFor: z.object({ stepId: z.string(), question: z.string() }).nullable(),
  startedBy: z.string(),
  createdAt: z.string(),
  stateSince: z.string(),
  endedAt: z.string().nullable(),
  /** When it looks again. */
  dueAt: z.string().nullable(),
  revision: z.number().int(),
});

/** @public */
export type Remediation = z.infer<typeof remediationSchema>;

/** Answer of `GET /remediations/:id`. @public */
export const remediationDetailsSchema = z.object({
  remediation: remediationSchema,
  /** Oldest first. */
  story: z.array(remediationEventSchema),
  can: z.object({
    cancel: z.boolean(),
    retry: z.boolean(),
    confirm: z.boolean(),
  }),
  revision: z.number().int(),
});

/** @public */
export type RemediationDetails = z.infer<typeof remediationDetailsSchema>;

/** Query of `GET /remediations` and `GET /repositories/:id/remediations`. @public */
export const remediationQuerySchema = z.object({
  state: oneOrMore(remediationStateSchema).optional(),
  playbook: z.string().max(64).optional(),
  campaign: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(2000).optional(),
});

/** @public */
export type RemediationQuery = z.infer<typeof remediationQuerySchema>;

/** @public */
export const remediationPageSchema = z.object({
  /** Changed last first. */
  items: z.array(remediationSchema),
  nextCursor: z.string().nullable(),
  total: z.number().int(),
  revision: z.number().int(),
});

/** @public */
export type RemediationPage = z.infer<typeof remediationPageSchema>;

/** Body of `POST /remediations/:id/confirm`. @public */
export const confirmRequestSchema = z.object({
  stepId: z.string().min(1).max(64),
  approved: z.boolean(),
  reason: z.string().trim().max(2000).default(''),
});

/** @public */
export type ConfirmRequest = z.infer<typeof confirmRequestSchema>;

/** Body of `POST /remediations/:id/cancel`. @public */
export const cancelRequestSchema = z.object({
  reason: z.string().trim().min(3).max(2000),
});

/** @public */
export type CancelRequest = z.infer<typeof cancelRequestSchema>;

/** What can be mended in a repository, and by which playbooks: answer of `GET /repositories/:id/fixes`. @public */
export const fixesSchema = z.object({
  items: z.array(
    z.object({
      problem: problemSchema,
      playbooks: z.array(z.object({ id: z.string(), title: z.string() })),
      /** What is under way for it. */
      remediation: z
        .object({ id: z.string(), state: remediationStateSchema })
        .nullable(),
      plan: z.object({ id: z.string(), state: planStateSchema }).nullable(),
    }),
  ),
  can: z.object({ plan: z.boolean() }),
  revision: z.number().int(),
});

/** @public */
export type Fixes = z.infer<typeof fixesSchema>;
