import { z } from 'zod';

const severitySchema = z
  .array(z.object({ type: z.string(), score: z.string() }))
  .nullish();

/** One point of a range; of the four, records give one. */
const eventSchema = z.object({
  introduced: z.string().optional(),
  fixed: z.string().optional(),
  last_affected: z.string().optional(),
  limit: z.string().optional(),
});

const specificSchema = z.object({ severity: z.unknown() }).partial().nullish();

const affectedSchema = z.object({
  package: z
    .object({ ecosystem: z.string(), name: z.string().min(1) })
    .nullish(),
  ranges: z
    .array(z.object({ type: z.string(), events: z.array(eventSchema) }))
    .nullish(),
  versions: z.array(z.string()).nullish(),
  severity: severitySchema,
  database_specific: specificSchema,
  ecosystem_specific: specificSchema,
});

/**
 * What is used of an advisory in the OSV format
 * (https://ossf.github.io/osv-schema/, 1.0 to 1.7).
 */
export const recordSchema = z.object({
  id: z.string().min(1).max(200),
  modified: z.string(),
  withdrawn: z.string().nullish(),
  aliases: z.array(z.string()).nullish(),
  summary: z.string().nullish(),
  details: z.string().nullish(),
  severity: severitySchema,
  affected: z.array(affectedSchema).nullish(),
  references: z
    .array(z.object({ type: z.string(), url: z.string() }))
    .nullish(),
  database_specific: specificSchema,
});

export type OsvRecord = z.infer<typeof recordSchema>;
export type OsvAffected = z.infer<typeof affectedSchema>;
export type OsvEvent = z.infer<typeof eventSchema>;
export type OsvSeverity = NonNullable<z.infer<typeof severitySchema>>;
