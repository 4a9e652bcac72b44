import { z } from 'zod';

/** The scope of hints about any repository. @public */
export const FLEET_SCOPE = 'fleet';

/**
 * A hint says that something in a scope changed, and nothing more. What
 * changed is read through the API, under the reader's own permissions.
 *
 * @public
 */
export const hintSchema = z.object({
  /** `fleet`, or the id of a repository. */
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
