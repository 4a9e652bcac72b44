import { z } from 'zod';
import { componentScopeSchema } from './components';
import { oneOrMore } from './oneOrMore';
import { reasonSchema } from './repositories';
import { evidenceSchema } from './verdicts';

/** @public */
export const findingKindSchema = z.enum([
  'vulnerability',
  'secret',
  'licence',
  'misconfiguration',
  'threat',
]);

/** @public */
export type FindingKind = z.infer<typeof findingKindSchema>;

/** `unknown` is a severity that nobody gave; it is not a low one. @public */
export const severitySchema = z.enum([
  'critical',
  'high',
  'medium',
  'low',
  'unknown',
]);

/** @public */
export type Severity = z.infer<typeof severitySchema>;

/**
 * - `open`: the evidence is in the commit that was scanned last.
 * - `fixed`: a scan that succeeded did not see the evidence any more.
 * - `accepted`: open, and a person accepted it until the exception ends.
 * - `false-positive`: a person said that it is none.
 *
 * @public
 */
export const findingStateSchema = z.enum([
  'open',
  'fixed',
  'accepted',
  'false-positive',
]);

/** @public */
export type FindingState = z.infer<typeof findingStateSchema>;

/** What an exception covers: one finding, its rule in one repository, or its rule in all that an owner has. @public */
export const exceptionScopeSchema = z.enum(['place', 'repository', 'owner']);

/** @public */
export type ExceptionScope = z.infer<typeof exceptionScopeSchema>;

/** A finding, or a group of them, that a person accepted. @public */
export const exceptionSchema = z.object({
  id: z.string(),
  /** `accepted` ends by itself; `false-positive` holds until it is taken back. */
  as: z.enum(['accepted', 'false-positive']),
  scope: exceptionScopeSchema,
  /** The place, repository or owner, in words. */
  covers: z.string(),
  rule: z.string(),
  reason: z.string(),
  /** Entity ref of the person. */
  actor: z.string(),
  createdAt: z.string(),
  /** Null only for false positives. */
  expiresAt: z.string().nullable(),
  /** When it was taken back or ran out. */
  endedAt: z.string().nullable(),
});

/** @public */
export type Exception = z.infer<typeof exceptionSchema>;

/** The package that a finding is about. @public */
export const findingComponentSchema = z.object({
  ecosystem: z.string(),
  name: z.string(),
  /** Every version that the place has and that is concerned. */
  versions: z.array(z.string()),
  direct: z.boolean().nullable(),
  scope: componentScopeSchema,
  /** From the package that the repository asks for. */
  chain: z.array(z.string()),
});

/** @public */
export type FindingComponent = z.infer<typeof findingComponentSchema>;

/**
 * One problem in one place.
 *
 * @public
 */
export const findingSchema = z.object({
  /** 16 hex digits; stays the same while names of the problem change. */
  id: z.string(),
  repositoryId: z.string(),
  kind: findingKindSchema,
  /** The rule or advisory that it is known by: a CVE where there is one. */
  rule: z.string(),
  /** Its other names. */
  aliases: z.array(z.string()),
  title: z.string(),
  severity: severitySchema,
  /** CVSS base score, 0 to 10, where there is one. */
  cvss: z.number().nullable(),
  /** 0 to 100, what to fix first; `priorityReasons` say why. */
  priority: z.number(),
  /** For example `known exploited`, `runtime`, `direct`, `fix available`. */
  priorityReasons: z.array(z.string()),
  state: findingStateSchema,
  /** False where the scanner could not tell for sure: a version that cannot be compared, for one. */
  certain: z.boolean(),
  /** Null for what is not in a file. Hidden from those who may not see it: see `hidden`. */
  path: z.string().nullable(),
  line: z.number().int().nullable(),
  /** The place on the host, at the commit that was scanned. */
  url: z.string().nullable(),
  /** The reader may not see where it is. */
  hidden: z.boolean(),
  component: findingComponentSchema.nullable(),
  /** The lowest version that is not affected, one for each line of versions. */
  fixedIn: z.array(z.string()),
  /** Ids of the scanners and tools that saw it. */
  seenBy: z.array(z.string()),
  firstSeenAt: z.string(),
  lastSeenAt: z.string(),
  /** When the state became what it is. */
  stateSince: z.string(),
  dueAt: z.string().nullable(),
  exception: exceptionSchema.nullable(),
  revision: z.number().int(),
});

/** @public */
export type Finding = z.infer<typeof findingSchema>;

/** Query of `GET /repositories/:id/findings` and `GET /findings`. @public */
export const findingQuerySchema = z.object({
  /** Only those in this folder, and those that are in no file. */
  subpath: z.string().max(500).default(''),
  kind: oneOrMore(findingKindSchema).optional(),
  severity: oneOrMore(severitySchema).optional(),
  /** Default: open. */
  state: oneOrMore(findingStateSchema).optional(),
  /** A rule, an advisory or one of its aliases, exactly. */
  rule: z.string().max(300).optional(),
  /** Matches rule, title, package and path, case-insensitively. */
  search: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(2000).optional(),
});

/** @public */
export type FindingQuery = z.infer<typeof findingQuerySchema>;

/** Query of `GET /findings/export`. @public */
export const findingExportQuerySchema = findingQuerySchema
  .omit({ cursor: true, limit: true })
  .extend({ format: z.enum(['csv', 'sarif']).default('csv') });

/** @public */
export type FindingExportQuery = z.infer<typeof findingExportQuerySchema>;

/** @public */
export const findingPageSchema = z.object({
  /** Highest priority first. */
  items: z.array(findingSchema),
  /** The repositories of the items by their ids, with the entity nearest to the root that the reader may see. */
  repositories: z.record(
    z.string(),
    z.object({ name: z.string(), entityRef: z.string().nullable() }),
  ),
  nextCursor: z.string().nullable(),
  total: z.number().int(),
  revision: z.number().int(),
});

/** @public */
export type FindingPage = z.infer<typeof findingPageSchema>;

/** One step in the life of a finding. @public */
export const findingEventSchema = z.object({
  at: z.string(),
  event: z.enum([
    'opened',
    'fixed',
    'reopened',
    'accepted',
    'false-positive',
    'exception-ended',
  ]),
  /** Entity ref of the person; null where a scan did it. */
  actor: z.string().nullable(),
  reason: z.string().nullable(),
  commit: z.string().nullable(),
});

/** @public */
export type FindingEvent = z.infer<typeof findingEventSchema>;

/** `GET /findings/:id`. @public */
export const findingDetailsSchema = z.object({
  finding: findingSchema,
  /** What is wrong, in a few sentences of plain text; null where nobody wrote it. */
  description: z.string().nullable(),
  /** What to do, in the imperative. */
  fix: z.string().nullable(),
  evidence: z.array(evidenceSchema),
  references: z.array(z.string()),
  /** Newest first. */
  history: z.array(findingEventSchema),
  revision: z.number().int(),
});

/** @public */
export type FindingDetails = z.infer<typeof findingDetailsSchema>;

/** Body of `POST /findings/:id/exceptions`. @public */
export const acceptFindingSchema = z
  .object({
    as: z.enum(['accepted', 'false-positive']).default('accepted'),
    scope: exceptionScopeSchema.default('place'),
    reason: z.string().trim().min(3).max(2000),
    /** ISO 8601; needed to accept, at most a year ahead. */
    expiresAt: z.iso.datetime({ offset: true }).optional(),
  })
  .refine(
    ({ as, expiresAt }) => as === 'false-positive' || expiresAt !== undefined,
    { path: ['expiresAt'], message: 'An accepted finding needs an end.' },
  );

/** @public */
export type AcceptFinding = z.infer<typeof acceptFindingSchema>;

/** @public */
export const exceptionAcceptedSchema = z.object({ exception: exceptionSchema });

/** @public */
export type ExceptionAccepted = z.infer<typeof exceptionAcceptedSchema>;

/** @public */
export const exceptionEndedSchema = z.object({
  ended: z.literal(true),
  exceptionId: z.string(),
});

/** @public */
export type ExceptionEnded = z.infer<typeof exceptionEndedSchema>;

/** What one scanner did with one repository. @public */
export const scanStatusSchema = z.object({
  scanner: z.string(),
  title: z.string(),
  /** `partial`: some files could not be read, see `problems`. */
  state: z.enum(['pending', 'ok', 'partial', 'failed']),
  /** The commit that was scanned last with success. */
  commit: z.string().nullable(),
  scannedAt: z.string().nullable(),
  reason: reasonSchema.nullable(),
  /** At most 50: what could not be read, and why. */
  problems: z.array(
    z.object({
      path: z.string().nullable(),
      message: z.string(),
      action: z.string(),
    }),
  ),
});

/** @public */
export type ScanStatus = z.infer<typeof scanStatusSchema>;
