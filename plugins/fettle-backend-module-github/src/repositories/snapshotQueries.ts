import { z } from 'zod';

const count = z.number().int();

/** The repository, its default branch with its last 90 days, and its open changes. */
export const OVERVIEW = `
  query (
    $owner: String!, $repo: String!, $since: GitTimestamp!, $changes: Boolean!
  ) {
    repository(owner: $owner, name: $repo) {
      isArchived
      defaultBranchRef {
        name
        refUpdateRule {
          requiredApprovingReviewCount
          requiredStatusCheckContexts
          allowsForcePushes
          allowsDeletions
        }
        target {
          oid
          ... on Commit {
            committedDate
            message
            author { name }
            history(since: $since, first: 100) {
              totalCount
              pageInfo { hasNextPage endCursor }
              nodes { author { email } }
            }
          }
        }
      }
      pullRequests(
        states: OPEN
        first: 1
        orderBy: { field: CREATED_AT, direction: ASC }
      ) @include(if: $changes) {
        totalCount
        nodes { createdAt }
      }
    }
  }
`;

const pageInfo = z.object({
  hasNextPage: z.boolean(),
  endCursor: z.string().nullish(),
});

const historySchema = z.object({
  totalCount: count,
  pageInfo,
  nodes: z.array(
    z
      .object({ author: z.object({ email: z.string().nullish() }).nullish() })
      .nullable(),
  ),
});

export type HistoryPage = z.output<typeof historySchema>;

const ruleSchema = z.object({
  requiredApprovingReviewCount: count.nullish(),
  requiredStatusCheckContexts: z.array(z.string().nullable()).nullish(),
  allowsForcePushes: z.boolean(),
  allowsDeletions: z.boolean(),
});

export type UpdateRule = z.output<typeof ruleSchema>;

export const overviewSchema = z.object({
  isArchived: z.boolean(),
  defaultBranchRef: z
    .object({
      name: z.string(),
      refUpdateRule: ruleSchema.nullish(),
      target: z.object({
        oid: z.string(),
        committedDate: z.string(),
        message: z.string(),
        author: z.object({ name: z.string().nullish() }).nullish(),
        history: historySchema,
      }),
    })
    .nullable(),
  pullRequests: z
    .object({
      totalCount: count,
      nodes: z.array(z.object({ createdAt: z.string() }).nullable()),
    })
    .optional(),
});

/** More authors of a commit's last 90 days. */
export const HISTORY = `
  query (
    $owner: String!, $repo: String!, $commit: GitObjectID!
    $since: GitTimestamp!, $after: String
  ) {
    repository(owner: $owner, name: $repo) {
      object(oid: $commit) {
        ... on Commit {
          history(since: $since, first: 100, after: $after) {
            totalCount
            pageInfo { hasNextPage endCursor }
            nodes { author { email } }
          }
        }
      }
    }
  }
`;

export const historyPageSchema = z.object({
  object: z.object({ history: historySchema }).nullable(),
});

/** Branches, and whether the default branch holds what they hold. */
export const BRANCHES = `
  query (
    $owner: String!, $repo: String!, $after: String
    $default: String!, $compare: Boolean!
  ) {
    repository(owner: $owner, name: $repo) {
      refs(refPrefix: "refs/heads/", first: 100, after: $after) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes {
          name
          target { oid ... on Commit { committedDate } }
          compare(headRef: $default) @include(if: $compare) { behindBy }
        }
      }
    }
  }
`;

export const branchesSchema = z.object({
  refs: z.object({
    totalCount: count,
    pageInfo,
    nodes: z.array(
      z
        .object({
          name: z.string(),
          target: z
            .object({ oid: z.string(), committedDate: z.string().optional() })
            .nullable(),
          compare: z.object({ behindBy: count }).nullish(),
        })
        .nullable(),
    ),
  }),
});
