import { z } from 'zod';

/** The scope of hints about any repository. @public */
export const FLEET_SCOPE = 'fleet';

/** The scope of hints about the runs of any repository. @public */
export const PIPELINES_SCOPE = 'pipelines';

/** The scope of hints about the runs of one repository. @public */
export function runsScope(repositoryId: string): string {
  return `${PIPELINES_SCOPE}:${repositoryId}`;
}

/** The scope of hints about findings and components of any repository. @public */
export const SECURITY_SCOPE = 'security';

/** The scope of hints about findings and components of one repository. @public */
export function findingsScope(repositoryId: string): string {
  return `${SECURITY_SCOPE}:${repositoryId}`;
}

/** The scope of hints about deliveries and what is asked of hosts. @public */
export const SOURCES_SCOPE = 'sources';

/** The scope of hints about playbooks, plans and remediations of any repository. @public */
export const AUTOMATION_SCOPE = 'automation';

/** The scope of hints about plans, remediations and standards of one repository. @public */
export function remediationsScope(repositoryId: string): string {
  return `${AUTOMATION_SCOPE}:${repositoryId}`;
}

/** The scope of hints about one campaign. @public */
export function campaignScope(campaignId: string): string {
  return `campaign:${campaignId}`;
}

/**
 * A hint says that something in a scope changed, and nothing more. What
 * changed is read through the API, under the reader's own permissions.
 *
 * @public
 */
export const hintSchema = z.object({
  /** `fleet`, the id of a repository, or one of the scopes above. */
  scope: z.string(),
  revision: z.number().int(),
});

/** @public */
export type Hint = z.infer<typeof hintSchema>;

/**
 * The channel of Backstage's signals on which the hints of a scope travel.
 *
 * @public
 */
export function hintChannel(scope: string): string {
  return `fettle:${scope}`;
}

/**
 * Topic of the domain event on Backstage's events service, with a
 * {@link RepositoryChangedEvent} as its payload.
 *
 * @public
 */
export const REPOSITORY_CHANGED_TOPIC = 'fettle.repository.changed';

/** @public */
export const repositoryChangedEventSchema = z.object({
  repositoryId: z.string(),
  name: z.string(),
  entityRefs: z.array(z.string()),
  state: z.string(),
  score: z.object({
    from: z.number().nullable(),
    to: z.number().nullable(),
  }),
  verdicts: z.array(
    z.object({
      checkId: z.string(),
      from: z.string().nullable(),
      to: z.string(),
    }),
  ),
  commit: z.string().nullable(),
  revision: z.number().int(),
});

/** @public */
export type RepositoryChangedEvent = z.infer<
  typeof repositoryChangedEventSchema
>;

/**
 * Topic of the domain event for each change of a run's state, with a
 * {@link RunChangedEvent} as its payload.
 *
 * @public
 */
export const RUN_CHANGED_TOPIC = 'fettle.run.changed';

/** @public */
export const runChangedEventSchema = z.object({
  repositoryId: z.string(),
  /** Fettle's id of the run. */
  runId: z.string(),
  source: z.string(),
  pipelineId: z.string(),
  pipelineName: z.string(),
  branch: z.string().nullable(),
  defaultBranch: z.boolean(),
  commit: z.string().nullable(),
  attempt: z.number().int(),
  /** Null where the run is new. */
  from: z.string().nullable(),
  to: z.string(),
  revision: z.number().int(),
});

/** @public */
export type RunChangedEvent = z.infer<typeof runChangedEventSchema>;

/**
 * Topic of the domain event that a remediation came to another state, with a
 * {@link RemediationChangedEvent} as its payload.
 *
 * @public
 */
export const REMEDIATION_CHANGED_TOPIC = 'fettle.remediation.changed';

/** @public */
export const remediationChangedEventSchema = z.object({
  remediationId: z.string(),
  planHash: z.string(),
  playbookId: z.string(),
  repositoryId: z.string(),
  campaignId: z.string().nullable(),
  from: z.string().nullable(),
  to: z.string(),
  message: z.string(),
  changeUrl: z.string().nullable(),
  revision: z.number().int(),
});

/** @public */
export type RemediationChangedEvent = z.infer<
  typeof remediationChangedEventSchema
>;
