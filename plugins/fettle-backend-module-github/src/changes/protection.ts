import {
  SourceError,
  type RepositorySettings,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { GithubHosts } from '../api/GithubHosts';
import { readProtection } from '../repositories/readProtection';
import type { RepositoryApi } from './RepositoryApi';

type Protection = NonNullable<RepositorySettings['protection']>;

const actorsSchema = z
  .object({
    users: z.array(z.object({ login: z.string() })).nullish(),
    teams: z.array(z.object({ slug: z.string() })).nullish(),
    apps: z.array(z.object({ slug: z.string() })).nullish(),
  })
  .nullish();
const switchSchema = z.object({ enabled: z.boolean() }).nullish();
const protectionSchema = z.object({
  required_status_checks: z
    .object({
      strict: z.boolean().nullish(),
      checks: z
        .array(z.object({ context: z.string(), app_id: z.number().nullish() }))
        .nullish(),
      contexts: z.array(z.string()).nullish(),
    })
    .nullish(),
  required_pull_request_reviews: z
    .object({
      required_approving_review_count: z.number().int().nullish(),
      dismiss_stale_reviews: z.boolean().nullish(),
      require_code_owner_reviews: z.boolean().nullish(),
      require_last_push_approval: z.boolean().nullish(),
      dismissal_restrictions: actorsSchema,
      bypass_pull_request_allowances: actorsSchema,
    })
    .nullish(),
  restrictions: actorsSchema,
  enforce_admins: switchSchema,
  required_linear_history: switchSchema,
  allow_force_pushes: switchSchema,
  allow_deletions: switchSchema,
  block_creations: switchSchema,
  required_conversation_resolution: switchSchema,
  lock_branch: switchSchema,
  allow_fork_syncing: switchSchema,
});
type Found = z.output<typeof protectionSchema>;

const ROUTE = '/branches/{branch}/protection';

/** How a branch is protected, by its own protection and by rulesets, of which the stricter counts. */
export async function readProtectionOf(
  hosts: GithubHosts,
  api: RepositoryApi,
  { branch }: { branch: string },
): Promise<Protection | undefined> {
  const { location, signal } = api;
  const found = await findOwn(api, branch);
  return readProtection(hosts, location, {
    ...{ branch, signal },
    rule: found && {
      requiredApprovingReviewCount:
        found.required_pull_request_reviews?.required_approving_review_count ??
        0,
      requiredStatusCheckContexts: contextsOf(found),
      allowsForcePushes: found.allow_force_pushes?.enabled ?? false,
      allowsDeletions: found.allow_deletions?.enabled ?? false,
    },
  });
}

/** Changes what is given; the host takes a protection only as a whole, and so all the rest is given back to it. */
export async function applyProtection(
  api: RepositoryApi,
  branch: string,
  wanted: Protection,
): Promise<void> {
  const found = await findOwn(api, branch);
  if (wanted.protected === false) {
    if (found !== null) await api.ask(`DELETE ${ROUTE}`, { branch });
    return;
  }
  if (found === undefined) {
    throw api.error(
      'unauthorized',
      'its protection may not be seen, and would be lost',
    );
  }
  const reviews = found?.required_pull_request_reviews;
  const count = wanted.reviews ?? reviews?.required_approving_review_count ?? 0;
  await api.ask(`PUT ${ROUTE}`, {
    branch,
    required_status_checks: checksOf(found, wanted.requiredChecks),
    enforce_admins: found?.enforce_admins?.enabled ?? false,
    required_pull_request_reviews:
      count > 0 || reviews
        ? {
            required_approving_review_count: count,
            dismiss_stale_reviews: reviews?.dismiss_stale_reviews ?? false,
            require_code_owner_reviews:
              reviews?.require_code_owner_reviews ?? false,
            require_last_push_approval:
              reviews?.require_last_push_approval ?? false,
            ...actors(
              'dismissal_restrictions',
              reviews?.dismissal_restrictions,
            ),
            ...actors(
              'bypass_pull_request_allowances',
              reviews?.bypass_pull_request_allowances,
            ),
          }
        : null,
    restrictions: namesOf(found?.restrictions) ?? null,
    required_linear_history: found?.required_linear_history?.enabled ?? false,
    allow_force_pushes:
      wanted.forcePushes ?? found?.allow_force_pushes?.enabled ?? false,
    allow_deletions:
      wanted.deletions ?? found?.allow_deletions?.enabled ?? false,
    block_creations: found?.block_creations?.enabled ?? false,
    required_conversation_resolution:
      found?.required_conversation_resolution?.enabled ?? false,
    lock_branch: found?.lock_branch?.enabled ?? false,
    allow_fork_syncing: found?.allow_fork_syncing?.enabled ?? false,
  });
}

/** Null where there is none, undefined where it may not be seen. */
async function findOwn(
  api: RepositoryApi,
  branch: string,
): Promise<Found | null | undefined> {
  try {
    const found = await api.find(`GET ${ROUTE}`, protectionSchema, { branch });
    return found ?? null;
  } catch (error) {
    const hidden =
      error instanceof SourceError && error.code === 'unauthorized';
    if (!hidden) throw error;
    return undefined;
  }
}

function contextsOf(found: Found | null | undefined): string[] {
  const checks = found?.required_status_checks;
  return (
    checks?.checks?.map(({ context }) => context) ?? checks?.contexts ?? []
  );
}

function checksOf(found: Found | null, wanted: readonly string[] | undefined) {
  const before = found?.required_status_checks;
  const apps = new Map(
    before?.checks?.map(({ context, app_id: app }) => [context, app]),
  );
  const contexts = wanted ?? (before ? contextsOf(found) : undefined);
  if (!contexts || (contexts.length === 0 && !before)) return null;
  const checks = contexts.map(context => {
    const app = apps.get(context);
    return { context, ...(typeof app === 'number' ? { app_id: app } : {}) };
  });
  // The host wants the names as well, of which it takes the longer form.
  return { strict: before?.strict ?? false, contexts, checks };
}

function namesOf(found: z.output<typeof actorsSchema>) {
  return (
    found && {
      users: (found.users ?? []).map(({ login }) => login),
      teams: (found.teams ?? []).map(({ slug }) => slug),
      apps: (found.apps ?? []).map(({ slug }) => slug),
    }
  );
}

function actors(name: string, found: z.output<typeof actorsSchema>) {
  const names = namesOf(found);
  return names ? { [name]: names } : {};
}
