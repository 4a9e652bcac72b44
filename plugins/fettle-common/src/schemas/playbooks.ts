import { z } from 'zod';
import { policyScopeSchema } from './policies';
import { reasonSchema } from './repositories';

/**
 * How far a playbook goes by itself. Each includes those before it.
 *
 * - `observe`: it says what it would do.
 * - `propose`: it opens a change, which a person merges; what is no change of files waits for an approval.
 * - `enforce`: it merges the change when its checks are green, and does what is no change of files.
 *
 * @public
 */
export const playbookLevelSchema = z.enum(['observe', 'propose', 'enforce']);

/** @public */
export type PlaybookLevel = z.infer<typeof playbookLevelSchema>;

/** How much one playbook may do; what is left out is not limited by the playbook. @public */
export const playbookLimitsSchema = z.object({
  /** Changes of this playbook that are open at a time. */
  openChanges: z.number().int().min(1).nullable(),
  changesPerHour: z.number().int().min(1).nullable(),
  repositoriesPerDay: z.number().int().min(1).nullable(),
  /** Part of the fleet that it may touch in a day, over 0 up to 1. */
  shareOfFleetPerDay: z.number().positive().max(1).nullable(),
  filesPerRun: z.number().int().min(1).nullable(),
  linesPerRun: z.number().int().min(1).nullable(),
  filesPerDay: z.number().int().min(1).nullable(),
  linesPerDay: z.number().int().min(1).nullable(),
});

/** @public */
export type PlaybookLimits = z.infer<typeof playbookLimitsSchema>;

/** One step of a playbook. @public */
export const playbookStepSchema = z.object({
  /** Unique in the playbook. */
  id: z.string(),
  /** The step that it uses, for example `update-dependency`. */
  uses: z.string(),
  title: z.string(),
  dependsOn: z.array(z.string()),
  with: z.unknown(),
  destructive: z.boolean(),
  idempotent: z.boolean(),
  reversible: z.boolean(),
});

/** @public */
export type PlaybookStepView = z.infer<typeof playbookStepSchema>;

/** @public */
export const playbookSchema = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  trigger: z.object({ on: z.string(), with: z.unknown() }),
  /** CEL; null for always. */
  condition: z.string().nullable(),
  scope: policyScopeSchema,
  steps: z.array(playbookStepSchema),
  level: playbookLevelSchema,
  approval: z.object({
    /** People who have to approve a plan; 0 for none. */
    by: z.number().int().min(0).max(5),
    expiresAfterSeconds: z.number(),
  }),
  /** One remediation for each problem, or one for all of a repository. */
  group: z.enum(['problem', 'repository']),
  limits: playbookLimitsSchema,
  verification: z.object({
    settleSeconds: z.number(),
    holdSeconds: z.number(),
    timeoutSeconds: z.number(),
  }),
  /** Entity refs that are told when it fails, besides the owner. */
  escalateTo: z.array(z.string()),
  /** Where it is written: `built-in`, `app-config`, or the file. */
  origin: z.object({
    kind: z.enum(['built-in', 'config', 'file']),
    repository: z.string().nullable(),
    path: z.string().nullable(),
    line: z.number().int().nullable(),
    commit: z.string().nullable(),
  }),
  /** Changes with everything that a plan depends on. */
  digest: z.string(),
});

/** @public */
export type Playbook = z.infer<typeof playbookSchema>;

/** Stops a playbook for a class of targets when it does harm. @public */
export const breakerSchema = z.object({
  playbookId: z.string(),
  /** The class of targets: the host. */
  target: z.string(),
  /** `half-open`: one remediation is let through; it closes when that is healed. */
  state: z.enum(['closed', 'open', 'half-open']),
  /** Failures, reverts and changes that people closed since it was closed last. */
  failures: z.number().int(),
  reason: z.string().nullable(),
  openedAt: z.string().nullable(),
  /** When it lets one through. */
  retryAt: z.string().nullable(),
});

/** @public */
export type Breaker = z.infer<typeof breakerSchema>;

/**
 * Of all problems with an enabled playbook that may act, blocked and timed-out
 * ones included, the share that was verified healed with no person acting and
 * did not come back within 24 hours.
 *
 * @public
 */
export const successRateSchema = z.object({
  /** Problems that came to an end, or that were open longer than the playbook's time-out. */
  problems: z.number().int(),
  healed: z.number().int(),
  /** Null for no problems. */
  rate: z.number().nullable(),
  /** Wilson score interval, 95 %. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Of all problems that any trigger could see, the share that an enabled playbook is for. */
  coverage: z.number().nullable(),
  /** Called healed, and came back within 24 hours. */
  falseHeals: z.number().int(),
});

/** @public */
export type SuccessRate = z.infer<typeof successRateSchema>;

/** How problems of a playbook ended. @public */
export const outcomeCountsSchema = z.object({
  healed: z.number().int(),
  failed: z.number().int(),
  unverified: z.number().int(),
  reverted: z.number().int(),
  escalated: z.number().int(),
  /** Gone without us. */
  recovered: z.number().int(),
  cancelled: z.number().int(),
  /** Not ended. */
  running: z.number().int(),
  waiting: z.number().int(),
  blocked: z.number().int(),
});

/** @public */
export type OutcomeCounts = z.infer<typeof outcomeCountsSchema>;

/** Answer of `GET /playbooks`. @public */
export const playbooksSchema = z.object({
  items: z.array(
    z.object({
      playbook: playbookSchema,
      outcomes: outcomeCountsSchema,
      success: successRateSchema,
      breakers: z.array(breakerSchema),
    }),
  ),
  /** Files that hold no right playbook. */
  problems: z.array(
    z.object({
      repository: z.string(),
      path: z.string(),
      line: z.number().int().nullable(),
      reason: reasonSchema,
    }),
  ),
  revision: z.number().int(),
});

/** @public */
export type Playbooks = z.infer<typeof playbooksSchema>;

/** A window in which nothing is changed. @public */
export const freezeSchema = z.object({
  title: z.string(),
  from: z.string(),
  to: z.string(),
  timeZone: z.string(),
  active: z.boolean(),
});

/** @public */
export type Freeze = z.infer<typeof freezeSchema>;

/** One limit and how much of it is used. @public */
export const limitUseSchema = z.object({
  /** `fleet`, a host, or a playbook's id. */
  of: z.string(),
  /** For example `openChanges`. */
  limit: z.string(),
  used: z.number(),
  most: z.number(),
});

/** @public */
export type LimitUse = z.infer<typeof limitUseSchema>;

/** Answer of `GET /automation`. @public */
export const automationSchema = z.object({
  killSwitch: z.object({
    on: z.boolean(),
    reason: z.string().nullable(),
    actor: z.string().nullable(),
    at: z.string().nullable(),
  }),
  outcomes: outcomeCountsSchema,
  success: successRateSchema,
  successByHost: z.array(
    z.object({ host: z.string(), success: successRateSchema }),
  ),
  /** Those that are not closed. */
  breakers: z.array(
    breakerSchema.extend({
      /** Null where the playbook is not there any more. */
      playbookTitle: z.string().nullable(),
    }),
  ),
  limits: z.array(limitUseSchema),
  freezes: z.array(freezeSchema),
  /** Plans that wait for an approval. */
  waitingForApproval: z.number().int(),
  can: z.object({
    plan: z.boolean(),
    approve: z.boolean(),
    apply: z.boolean(),
    stop: z.boolean(),
    campaigns: z.boolean(),
  }),
  revision: z.number().int(),
});

/** @public */
export type Automation = z.infer<typeof automationSchema>;

/** Body of `POST /automation/kill-switch`. @public */
export const killSwitchRequestSchema = z.object({
  on: z.boolean(),
  reason: z.string().trim().min(3).max(2000),
});

/** @public */
export type KillSwitchRequest = z.infer<typeof killSwitchRequestSchema>;

/** Body of `POST /breakers/close`. @public */
export const breakerRequestSchema = z.object({
  playbookId: z.string().min(1).max(64),
  /** As the breaker names it. */
  target: z.string().min(1).max(300),
  reason: z.string().trim().min(3).max(2000),
});

/** @public */
export type BreakerRequest = z.infer<typeof breakerRequestSchema>;
