import { z } from 'zod';
import {
  findingKindSchema,
  findingSchema,
  scanStatusSchema,
  severitySchema,
} from './findings';
import { reasonSchema } from './repositories';

/** What scanners and matchers know from elsewhere, and how old it is. @public */
export const feedStatusSchema = z.object({
  /** Unique among feeds, for example `osv/npm`. */
  id: z.string(),
  title: z.string(),
  /** `never`: nothing was imported yet. `failing`: the last try failed; what was imported before stays in force. */
  state: z.enum(['never', 'ok', 'importing', 'failing']),
  /** Where it comes from, without credentials. */
  from: z.string(),
  records: z.number().int(),
  bytes: z.number().int().nullable(),
  /** Newest change that it holds. */
  newestAt: z.string().nullable(),
  /** Last time that it was looked at with success. */
  checkedAt: z.string().nullable(),
  reason: reasonSchema.nullable(),
  /** Records that could not be read, and were left out. */
  broken: z.number().int(),
});

/** @public */
export type FeedStatus = z.infer<typeof feedStatusSchema>;

/** Open findings by severity. @public */
export const severityCountsSchema = z.object({
  critical: z.number().int(),
  high: z.number().int(),
  medium: z.number().int(),
  low: z.number().int(),
  unknown: z.number().int(),
});

/** @public */
export type SeverityCounts = z.infer<typeof severityCountsSchema>;

/** Query of `GET /repositories/:id/security`. @public */
export const securityQuerySchema = z.object({
  subpath: z.string().max(500).default(''),
});

/** How one repository, or one folder of it, stands. @public */
export const repositorySecuritySchema = z.object({
  open: severityCountsSchema,
  byKind: z.record(findingKindSchema, z.number().int()),
  accepted: z.number().int(),
  /** When the next exception ends. */
  nextExceptionEndsAt: z.string().nullable(),
  overdue: z.number().int(),
  /** Median days from seen to fixed of the last 90 days; null where fewer than three were fixed. */
  daysToFix: z.number().nullable(),
  /** Highest priority first, at most 5. */
  fixFirst: z.array(findingSchema),
  components: z.number().int(),
  /** Empty only where no scanner is installed. */
  scans: z.array(scanStatusSchema),
  feeds: z.array(feedStatusSchema),
  /** The newest commit of the default branch: what a report has to be about. */
  headCommit: z.string().nullable(),
  /** What the reader may do. */
  can: z.object({
    triage: z.boolean(),
    seeSecrets: z.boolean(),
    uploadReports: z.boolean(),
  }),
  revision: z.number().int(),
});

/** @public */
export type RepositorySecurity = z.infer<typeof repositorySecuritySchema>;

/** Query of `GET /security`. @public */
export const fleetSecurityQuerySchema = z.object({
  owner: z.string().max(300).optional(),
  days: z.coerce.number().int().min(7).max(365).default(90),
});

/** @public */
export type FleetSecurityQuery = z.infer<typeof fleetSecurityQuerySchema>;

/** How the repositories that the reader may see stand. @public */
export const fleetSecuritySchema = z.object({
  repositories: z.number().int(),
  /** Of those, with every scanner's last scan in force. */
  scanned: z.number().int(),
  open: severityCountsSchema,
  byKind: z.record(findingKindSchema, z.number().int()),
  overdue: z.number().int(),
  daysToFix: z.number().nullable(),
  /** One a day, oldest first; days on which nothing was known are left out. */
  trend: z.array(
    z.object({
      /** YYYY-MM-DD, UTC. */
      day: z.string(),
      open: severityCountsSchema,
      opened: z.number().int(),
      fixed: z.number().int(),
    }),
  ),
  /** Most concerned first, at most 20. */
  owners: z.array(
    z.object({
      owner: z.string().nullable(),
      repositories: z.number().int(),
      /** Of those, with every scanner's last scan in force. Of the others, nothing is known. */
      scanned: z.number().int(),
      open: severityCountsSchema,
      overdue: z.number().int(),
    }),
  ),
  /** By how many repositories each concerns, at most 20. */
  rules: z.array(
    z.object({
      kind: findingKindSchema,
      rule: z.string(),
      title: z.string(),
      severity: severitySchema,
      repositories: z.number().int(),
      fixedIn: z.array(z.string()),
    }),
  ),
  /** Repositories with the most urgent findings, at most 20. */
  worst: z.array(
    z.object({
      repositoryId: z.string(),
      repository: z.string(),
      /** The entity nearest to its root that the reader may see. */
      entityRef: z.string().nullable(),
      owner: z.string().nullable(),
      open: severityCountsSchema,
      priority: z.number(),
    }),
  ),
  feeds: z.array(feedStatusSchema),
  revision: z.number().int(),
});

/** @public */
export type FleetSecurity = z.infer<typeof fleetSecuritySchema>;

/** Query of `POST /repositories/:id/reports`, whose body is the report. @public */
export const reportQuerySchema = z.object({
  /** The commit that it is about; refused where that is not the head of the default branch. */
  commit: z
    .string()
    .regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/, 'Not the whole id of a commit.'),
});

/** How long a report may be, in bytes. @public */
export const REPORT_MAX_BYTES = 20 * 1024 * 1024;

/** What a report came to. @public */
export const reportAcceptedSchema = z.object({
  /** As whom Fettle knows the tool. */
  observer: z.string(),
  /** For people, for example `SARIF 2.1.0`. */
  format: z.string(),
  /** Results in the report; several may be one finding. */
  findings: z.number().int(),
  components: z.number().int(),
  /** What that changed: findings that are new or open again, those that were known before, those that the tool does not see any more. */
  changes: z.object({
    opened: z.number().int(),
    known: z.number().int(),
    fixed: z.number().int(),
  }),
  /** Findings that became false positives by what the report says of them. */
  falsePositives: z.number().int(),
  problems: z.array(
    z.object({
      path: z.string().nullable(),
      message: z.string(),
      action: z.string(),
    }),
  ),
});

/** @public */
export type ReportAccepted = z.infer<typeof reportAcceptedSchema>;
