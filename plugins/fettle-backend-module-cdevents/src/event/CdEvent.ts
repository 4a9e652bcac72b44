import { runStateSchema } from 'backstage-plugin-fettle-common';
import { z } from 'zod';

const text = (most: number) =>
  z
    .string()
    .transform(value => value.slice(0, most) || undefined)
    .optional()
    .catch(undefined);
const time = z.iso.datetime({ offset: true }).optional().catch(undefined);
const commit = z
  .string()
  .regex(/^[0-9a-f]{7,64}$/)
  .optional()
  .catch(undefined);

const step = z.object({
  number: z.number().int(),
  name: z.string().min(1).max(300),
  state: runStateSchema.catch('unknown'),
  startedAt: time,
  finishedAt: time,
});

/** What the specification has no place for: see the module's README. All of it is optional. */
const customData = z.object({
  repository: z.string().max(2000).optional(),
  branch: text(300),
  commit,
  before: commit,
  commitMessage: text(2000),
  committedAt: time,
  actor: text(300),
  event: text(100),
  number: z
    .union([z.string(), z.number()])
    .transform(value => String(value).slice(0, 100))
    .optional()
    .catch(undefined),
  attempt: z.number().int().min(1).max(10_000).optional(),
  pipelineId: text(300),
  queuedAt: time,
  startedAt: time,
  finishedAt: time,
  runner: text(300),
  hasLog: z.boolean().optional().catch(undefined),
  steps: z.array(step).max(1000).optional(),
  production: z.boolean().optional().catch(undefined),
});

const id = z.string().min(1).max(200);

/**
 * A CDEvent, as far as Fettle reads it, by the specification of versions 0.3 to
 * 0.5 (https://github.com/cdevents/spec): what it does not know it lets pass.
 */
export const cdEventSchema = z.object({
  context: z.object({
    id,
    source: z.string().min(1).max(2000),
    type: z.string().regex(/^dev\.cdevents(x)?\.[a-z0-9_.-]+$/i),
    timestamp: z.iso.datetime({ offset: true }),
  }),
  subject: z.object({
    id,
    content: z
      .object({
        pipelineName: text(300),
        taskName: text(300),
        uri: z.string().max(2000).optional().catch(undefined),
        url: z.string().max(2000).optional().catch(undefined),
        outcome: z.string().max(100).optional().catch(undefined),
        pipelineRun: z.object({ id }).optional(),
        environment: z.object({ id: z.string().min(1).max(300) }).optional(),
        repository: z
          .object({ id: z.string().optional(), source: z.string().optional() })
          .optional()
          .catch(undefined),
      })
      .default({}),
  }),
  customData: customData.optional(),
});

/** @see cdEventSchema */
export type CdEvent = z.output<typeof cdEventSchema>;
