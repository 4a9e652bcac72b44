import { z } from 'zod';
import { oneOrMore } from './oneOrMore';
import { reasonSchema } from './repositories';

/** What a plan is to put right. @public */
export const problemSchema = z.object({
  id: z.string(),
  /** The kind of trigger that saw it, for example `finding`. */
  kind: z.string(),
  key: z.string(),
  title: z.string(),
  /** The finding, where it is one. */
  findingId: z.string().nullable(),
  /** The check, where it is a verdict. */
  checkId: z.string().nullable(),
});

/** @public */
export type Problem = z.infer<typeof problemSchema>;

/** How one file would be changed. @public */
export const fileDiffSchema = z.object({
  path: z.string(),
  kind: z.enum(['added', 'changed', 'deleted']),
  added: z.number().int(),
  removed: z.number().int(),
  /** Unified diff, without the header; null where it is too long to be shown. */
  diff: z.string().nullable(),
});

/** @public */
export type FileDiff = z.infer<typeof fileDiffSchema>;

/** What would be done besides files. @public */
export const actionViewSchema = z.object({
  stepId: z.string(),
  uses: z.string(),
  summary: z.string(),
  before: z.unknown(),
  after: z.unknown(),
  phase: z.enum(['before', 'opened', 'merged']),
  destructive: z.boolean(),
  reversible: z.boolean(),
});

/** @public */
export type ActionView = z.infer<typeof actionViewSchema>;

/** @public */
export const approvalSchema = z.object({
  actor: z.string(),
  decision: z.enum(['approved', 'rejected']),
  reason: z.string().nullable(),
  at: z.string(),
  expiresAt: z.string().nullable(),
});

/** @public */
export type Approval = z.infer<typeof approvalSchema>;

/**
 * - `ready`: it can be applied.
 * - `waiting`: it needs approvals.
 * - `rejected`: a person said no.
 * - `impossible`: something stands in the way, see `obstacles`.
 * - `empty`: there is nothing to do.
 * - `applied`: a remediation applies it, or did.
 * - `superseded`: the repository moved, and a newer plan says something else.
 * - `expired`: nobody approved it in time.
 *
 * @public
 */
export const planStateSchema = z.enum([
  'ready',
  'waiting',
  'rejected',
  'impossible',
  'empty',
  'applied',
  'superseded',
  'expired',
]);

/** @public */
export type PlanState = z.infer<typeof planStateSchema>;

/** The exact change that a playbook would make. @public */
export const planSchema = z.object({
  id: z.string(),
  /** SHA-256 of all that would be done, and of what was there before, as hex: only this is applied. */
  hash: z.string(),
  playbookId: z.string(),
  playbookTitle: z.string(),
  level: z.enum(['observe', 'propose', 'enforce']),
  repositoryId: z.string(),
  repository: z.string(),
  campaignId: z.string().nullable(),
  title: z.string(),
  state: planStateSchema,
  problems: z.array(problemSchema),
  /** Problems that it does not put right, with why. */
  unmended: z.array(z.object({ key: z.string(), reason: z.string() })),
  /** The commit that it was made at. */
  commit: z.string().nullable(),
  files: z.array(fileDiffSchema),
  filesChanged: z.number().int(),
  linesChanged: z.number().int(),
  actions: z.array(actionViewSchema),
  obstacles: z.array(reasonSchema),
  notes: z.array(z.string()),
  reversible: z.boolean(),
  /** Entity ref of who asked for it; `fettle` for itself. */
  requestedBy: z.string(),
  createdAt: z.string(),
  approvals: z.array(approvalSchema),
  approvalsNeeded: z.number().int(),
  /** The remediation that applies it. */
  remediationId: z.string().nullable(),
  /** The plan that took its place. */
  supersededBy: z.string().nullable(),
  /** Why it would be held back if it were applied now. */
  blockedBy: z.array(reasonSchema),
  can: z.object({ approve: z.boolean(), apply: z.boolean() }),
  revision: z.number().int(),
});

/** @public */
export type Plan = z.infer<typeof planSchema>;

/** Body of `POST /plans`. @public */
export const planRequestSchema = z.object({
  playbookId: z.string().min(1).max(64),
  repositoryId: z.string().min(1).max(64),
  /** Only for these problems, by their keys; all that the playbook is for where it is left out. */
  problems: z.array(z.string().min(1).max(300)).max(100).optional(),
});

/** @public */
export type PlanRequest = z.infer<typeof planRequestSchema>;

/** Body of `POST /plans/:id/approvals`. @public */
export const approvalRequestSchema = z.object({
  /** The hash of the plan that was looked at. */
  hash: z.string().length(64),
  decision: z.enum(['approved', 'rejected']),
  reason: z.string().trim().max(2000).optional(),
});

/** @public */
export type ApprovalRequest = z.infer<typeof approvalRequestSchema>;

/** Body of `POST /plans/:id/apply`. @public */
export const applyRequestSchema = z.object({
  hash: z.string().length(64),
});

/** @public */
export type ApplyRequest = z.infer<typeof applyRequestSchema>;

/** Query of `GET /plans`. @public */
export const planQuerySchema = z.object({
  state: oneOrMore(planStateSchema).optional(),
  /** `person`: only those that a person can still have applied; not those of a playbook that observes, or of a campaign that is over. */
  for: z.enum(['person']).optional(),
  repository: z.string().max(64).optional(),
  playbook: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(2000).optional(),
});

/** @public */
export type PlanQuery = z.infer<typeof planQuerySchema>;

/** Plans without their diffs and actions. @public */
export const planPageSchema = z.object({
  /** Newest first. */
  items: z.array(planSchema),
  nextCursor: z.string().nullable(),
  total: z.number().int(),
  revision: z.number().int(),
});

/** @public */
export type PlanPage = z.infer<typeof planPageSchema>;
