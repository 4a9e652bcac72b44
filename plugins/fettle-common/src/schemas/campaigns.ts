import { z } from 'zod';
import { policyScopeSchema } from './policies';
import { planStateSchema } from './plans';
import { remediationStateSchema } from './remediations';
import { reasonSchema } from './repositories';

/** @public */
export const campaignStateSchema = z.enum([
  'planning',
  'draft',
  'running',
  'paused',
  'finished',
  'cancelled',
]);

/** @public */
export type CampaignState = z.infer<typeof campaignStateSchema>;

/** How large the waves are: a number of repositories, or a part of all, over 0 up to 1. @public */
export const waveSchema = z.union([
  z.object({ repositories: z.number().int().min(1) }),
  z.object({ share: z.number().positive().max(1) }),
]);

/** Body of `POST /campaigns`: makes a draft, whose plans are then made. @public */
export const campaignRequestSchema = z.object({
  title: z.string().trim().min(3).max(200),
  playbookId: z.string().min(1).max(64),
  scope: policyScopeSchema.prefault({}),
  /** The last one takes all that is left. */
  waves: z
    .array(waveSchema)
    .min(1)
    .max(20)
    .default([
      { repositories: 1 },
      { share: 0.05 },
      { share: 0.25 },
      { share: 1 },
    ]),
  /** `dependencies`: libraries before their users, waiting for their releases. */
  order: z.enum(['name', 'dependencies']).default('name'),
  /** Of a wave's repositories, the part that may fail before the campaign pauses itself. */
  mostFailures: z.number().min(0).max(1).default(0.1),
});

/** @public */
export type CampaignRequest = z.infer<typeof campaignRequestSchema>;

/** Numbers of a campaign's repositories. @public */
export const campaignCountsSchema = z.object({
  all: z.number().int(),
  /** Not planned yet. */
  planning: z.number().int(),
  /** Nothing to do there. */
  nothing: z.number().int(),
  /** Cannot be done there. */
  impossible: z.number().int(),
  waiting: z.number().int(),
  blocked: z.number().int(),
  running: z.number().int(),
  /** Their changes are open. */
  open: z.number().int(),
  healed: z.number().int(),
  failed: z.number().int(),
  cancelled: z.number().int(),
  files: z.number().int(),
  lines: z.number().int(),
});

/** @public */
export type CampaignCounts = z.infer<typeof campaignCountsSchema>;

/** @public */
export const campaignSchema = z.object({
  id: z.string(),
  title: z.string(),
  playbookId: z.string(),
  playbookTitle: z.string(),
  state: campaignStateSchema,
  /** Why it paused itself. */
  reason: reasonSchema.nullable(),
  scope: policyScopeSchema,
  order: z.enum(['name', 'dependencies']),
  mostFailures: z.number(),
  waves: z.array(
    z.object({
      number: z.number().int(),
      state: z.enum(['waiting', 'running', 'verifying', 'done', 'failed']),
      counts: campaignCountsSchema,
    }),
  ),
  counts: campaignCountsSchema,
  /** The hash of all its plans: what an approval is for. */
  hash: z.string().nullable(),
  approvalsNeeded: z.number().int(),
  approvals: z.array(z.object({ actor: z.string(), at: z.string() })),
  createdBy: z.string(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  can: z.object({ manage: z.boolean(), approve: z.boolean() }),
  revision: z.number().int(),
});

/** @public */
export type Campaign = z.infer<typeof campaignSchema>;

/** @public */
export const campaignsSchema = z.object({
  /** Newest first, at most 200. */
  items: z.array(campaignSchema),
  revision: z.number().int(),
});

/** @public */
export type Campaigns = z.infer<typeof campaignsSchema>;

/** Query of `GET /campaigns/:id/items`. @public */
export const campaignItemQuerySchema = z.object({
  wave: z.coerce.number().int().min(1).optional(),
  state: z.string().max(30).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(2000).optional(),
});

/** @public */
export type CampaignItemQuery = z.infer<typeof campaignItemQuerySchema>;

/** @public */
export const campaignItemPageSchema = z.object({
  items: z.array(
    z.object({
      repositoryId: z.string(),
      repository: z.string(),
      entityRef: z.string().nullable(),
      wave: z.number().int(),
      state: z.enum([
        'planning',
        'nothing',
        'impossible',
        'waiting',
        'blocked',
        'running',
        'open',
        'healed',
        'failed',
        'cancelled',
      ]),
      reason: reasonSchema.nullable(),
      planId: z.string().nullable(),
      planState: planStateSchema.nullable(),
      remediationId: z.string().nullable(),
      remediationState: remediationStateSchema.nullable(),
      changeUrl: z.string().nullable(),
      files: z.number().int(),
      lines: z.number().int(),
    }),
  ),
  nextCursor: z.string().nullable(),
  total: z.number().int(),
  revision: z.number().int(),
});

/** @public */
export type CampaignItemPage = z.infer<typeof campaignItemPageSchema>;

/** Body of `POST /campaigns/:id/actions`. @public */
export const campaignActionSchema = z.object({
  action: z.enum([
    'approve',
    'start',
    'pause',
    'resume',
    'cancel',
    'retry-failed',
  ]),
  /** Of the plans that were looked at; needed to approve and to start. */
  hash: z.string().length(64).optional(),
  reason: z.string().trim().max(2000).optional(),
});

/** @public */
export type CampaignAction = z.infer<typeof campaignActionSchema>;
