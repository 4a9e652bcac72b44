import { z } from 'zod';
import { feedStatusSchema } from './security';

const reasonSchema = z.object({
  code: z.string(),
  message: z.string(),
  action: z.string(),
});

/**
 * What became of a delivery. `received`: not yet read; `processed`: in force;
 * `ignored`: understood, and nothing of this portal is meant; `failed`: it
 * could not be understood or stored, and `reason` says why.
 *
 * @public
 */
export const deliveryStateSchema = z.enum([
  'received',
  'processed',
  'ignored',
  'failed',
]);

/** @public */
export type DeliveryState = z.infer<typeof deliveryStateSchema>;

/** A delivery without its body, which is never shown. @public */
export const deliverySchema = z.object({
  /** Fettle's own number of it, as text. */
  id: z.string(),
  source: z.string(),
  /** The id that the sender gave it. */
  deliveryId: z.string(),
  /** In the sender's words, for example `workflow_run`. */
  event: z.string(),
  state: deliveryStateSchema,
  reason: reasonSchema.nullable(),
  receivedAt: z.string(),
  processedAt: z.string().nullable(),
  attempts: z.number().int(),
  bytes: z.number().int(),
  repositoryId: z.string().nullable(),
});

/** @public */
export type DeliverySummary = z.infer<typeof deliverySchema>;

/** Query of `GET /sources/deliveries`. @public */
export const deliveryQuerySchema = z.object({
  source: z.string().max(64).optional(),
  state: deliveryStateSchema.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(100).optional(),
});

/** @public */
export type DeliveryQuery = z.infer<typeof deliveryQuerySchema>;

/** @public */
export const deliveryPageSchema = z.object({
  /** Newest first. */
  items: z.array(deliverySchema),
  nextCursor: z.string().nullable(),
});

/** @public */
export type DeliveryPage = z.infer<typeof deliveryPageSchema>;

/** What may be asked of one host, and what was. @public */
export const hostStatusSchema = z.object({
  host: z.string(),
  /** `ok`, `waiting` for the host's limit until `blockedUntil`, or `failing`. */
  state: z.enum(['ok', 'waiting', 'failing', 'unused']),
  /** As the host's own headers said last; null where it says nothing. */
  limit: z.number().int().nullable(),
  remaining: z.number().int().nullable(),
  resetAt: z.string().nullable(),
  observedAt: z.string().nullable(),
  /** Share of the limit that Fettle leaves for people, 0 to 1. */
  reserve: z.number(),
  blockedUntil: z.string().nullable(),
  /** Calls in the last hour, by this replica. */
  calls: z.number().int(),
  lastSuccessAt: z.string().nullable(),
  error: reasonSchema.nullable(),
  errorAt: z.string().nullable(),
  /** How far the host's clock is ahead of the portal's, in ms; null where it is not known. */
  clockSkewMs: z.number().nullable(),
});

/** @public */
export type HostStatus = z.infer<typeof hostStatusSchema>;

/** One source of deliveries or runs, as the Sources page shows it. @public */
export const sourceStatusSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** Path of the intake below the backend's own; null where it takes no deliveries. */
  deliveriesPath: z.string().nullable(),
  /** What is missing before deliveries are taken (no secret, for one); null if nothing. */
  deliveriesProblem: reasonSchema.nullable(),
  /** Deliveries that are kept, by state. */
  deliveries: z.record(deliveryStateSchema, z.number().int()),
  lastDeliveryAt: z.string().nullable(),
  /** Age of the oldest delivery that waits, in ms; null where none waits. */
  backlogMs: z.number().nullable(),
  /** What the reconciler does; null where this source cannot be asked. */
  reconcile: z
    .object({
      repositories: z.number().int(),
      /** Not asked within twice their interval, or never. */
      overdue: z.number().int(),
      failing: z.number().int(),
      lastSuccessAt: z.string().nullable(),
      /** How long ago the least recently asked repository was asked, in ms; null where one never was. */
      lagMs: z.number().nullable(),
      /** At most 20, newest first. */
      errors: z.array(
        z.object({
          repositoryId: z.string(),
          name: z.string(),
          at: z.string(),
          reason: reasonSchema,
        }),
      ),
    })
    .nullable(),
  hosts: z.array(hostStatusSchema),
});

/** @public */
export type SourceStatus = z.infer<typeof sourceStatusSchema>;

/** `GET /sources`. @public */
export const sourcesSchema = z.object({
  items: z.array(sourceStatusSchema),
  /** What is known of components, and how old that is. */
  feeds: z.array(feedStatusSchema),
  revision: z.number().int(),
});

/** @public */
export type Sources = z.infer<typeof sourcesSchema>;

/** @public */
export const retryAcceptedSchema = z.object({
  accepted: z.literal(true),
  deliveryId: z.string(),
});

/** @public */
export type RetryAccepted = z.infer<typeof retryAcceptedSchema>;
