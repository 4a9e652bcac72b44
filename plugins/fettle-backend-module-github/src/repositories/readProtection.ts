import type {
  RepositoryLocation,
  RepositorySnapshot,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { GithubHosts } from '../api/GithubHosts';
import { unlessHidden } from '../unlessHidden';
import type { UpdateRule } from './snapshotQueries';

const branchSchema = z.object({ protected: z.boolean() });
const rulesSchema = z.array(
  z.object({
    type: z.string(),
    parameters: z
      .object({
        required_approving_review_count: z.number().int().optional(),
        required_status_checks: z
          .array(z.object({ context: z.string() }))
          .optional(),
      })
      .nullish(),
  }),
);
type Rules = z.output<typeof rulesSchema>;

/** Rules that keep a branch as it is, or let only checked changes in. */
const PROTECTING = [
  'deletion',
  'non_fast_forward',
  'pull_request',
  'required_status_checks',
  'update',
];

/**
 * How a branch is protected, by its own protection and by rulesets, of which
 * the stricter counts. Whoever may read a branch sees that it is protected;
 * how, only where the credentials may.
 */
export async function readProtection(
  hosts: GithubHosts,
  location: RepositoryLocation,
  options: {
    branch: string;
    /** What the credentials may see of the branch's own protection. */
    rule: UpdateRule | null | undefined;
    signal: AbortSignal;
  },
): Promise<RepositorySnapshot['protection']> {
  const { branch, rule, signal } = options;
  const ask = <T extends z.ZodType>(route: string, schema: T) =>
    unlessHidden(
      hosts.read(location, {
        ...{ route, schema, signal },
        parameters: { branch },
      }),
    );
  const [found, rules] = await Promise.all([
    ask('GET /repos/{owner}/{repo}/branches/{branch}', branchSchema),
    ask(
      'GET /repos/{owner}/{repo}/rules/branches/{branch}?per_page=100',
      rulesSchema,
    ),
  ]);
  if (!found) return undefined;
  return combine(found.protected, rule, rules ?? []);
}

function combine(
  isProtected: boolean,
  rule: UpdateRule | null | undefined,
  rules: Rules,
): RepositorySnapshot['protection'] {
  const has = (type: string) => rules.some(one => one.type === type);
  if (!isProtected && !PROTECTING.some(has)) return { protected: false };
  const reviews = Math.max(
    rule?.requiredApprovingReviewCount ?? 0,
    ...rules.map(one => one.parameters?.required_approving_review_count ?? 0),
  );
  const checks = new Set([
    ...(rule?.requiredStatusCheckContexts ?? []).flatMap(name => name ?? []),
    ...rules.flatMap(({ parameters }) =>
      (parameters?.required_status_checks ?? []).map(({ context }) => context),
    ),
  ]);
  // Of a protection that is not shown, only what rulesets say is known.
  const known = rule || !isProtected;
  return {
    protected: true,
    ...(known || reviews > 0 ? { reviews } : {}),
    ...(known || checks.size > 0 ? { requiredChecks: [...checks] } : {}),
    ...allowed('forcePushes', has('non_fast_forward'), rule?.allowsForcePushes),
    ...allowed('deletions', has('deletion'), rule?.allowsDeletions),
    ...(isProtected
      ? {}
      : {
          forcePushes: !has('non_fast_forward'),
          deletions: !has('deletion'),
        }),
  };
}

function allowed(
  name: 'forcePushes' | 'deletions',
  forbidden: boolean,
  byRule: boolean | undefined,
) {
  if (forbidden) return { [name]: false };
  return byRule === undefined ? {} : { [name]: byRule };
}
