import type {
  DeploymentReport,
  RepositoryLocation,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { GithubHosts } from '../api/GithubHosts';
import { queryRepository } from '../api/queryRepository';
import {
  deploymentSchema,
  toDeploymentReport,
  withStatus,
  type DeploymentStatus,
} from '../deployments';
import { timeOf } from '../reports';

/** What one query takes. */
const MOST = 100;

/** What REST tells of deployments. */
export const deploymentsSchema = z.array(
  deploymentSchema.extend({ node_id: z.string() }),
);

// REST tells of an environment whether it is production, but of no status; a
// request for each deployment would. GraphQL has it the other way round.
const STATUSES = `
  query ($owner: String!, $repo: String!, $first: Int!) {
    repository(owner: $owner, name: $repo) {
      deployments(
        first: $first
        orderBy: { field: CREATED_AT, direction: DESC }
      ) {
        nodes {
          id
          latestStatus { ...Status }
          statuses(first: 10) { nodes { ...Status } }
        }
      }
    }
  }
  fragment Status on DeploymentStatus { state createdAt logUrl environmentUrl }
`;

const statusSchema = z.object({
  state: z.string(),
  createdAt: z.string(),
  logUrl: z.string().nullish(),
  environmentUrl: z.string().nullish(),
});

const statusesSchema = z.object({
  deployments: z.object({
    nodes: z.array(
      z
        .object({
          id: z.string(),
          latestStatus: statusSchema.nullish(),
          statuses: z
            .object({ nodes: z.array(statusSchema.nullable()).nullish() })
            .nullish(),
        })
        .nullable(),
    ),
  }),
});
type Node = NonNullable<
  z.output<typeof statusesSchema>['deployments']['nodes'][number]
>;

/** The newest hundred deployments, of which those are given that changed since then: two requests. */
export async function listDeployments(
  hosts: GithubHosts,
  location: RepositoryLocation,
  { since, signal }: { since: Date; signal: AbortSignal },
): Promise<{ deployments: DeploymentReport[]; complete: boolean }> {
  const found = await hosts.read(location, {
    route: 'GET /repos/{owner}/{repo}/deployments',
    parameters: { per_page: MOST },
    ...{ schema: deploymentsSchema, signal },
  });
  if (found.length === 0) return { deployments: [], complete: true };
  const { deployments: told } = await queryRepository(hosts, location, {
    query: STATUSES,
    variables: { first: found.length },
    ...{ schema: statusesSchema, signal },
  });
  const statuses = new Map(
    told.nodes.flatMap(node => (node ? [[node.id, statusesOf(node)]] : [])),
  );
  const from = since.toISOString();
  const deployments = found.flatMap(one => {
    const created = toDeploymentReport(one, { remote: location.remote });
    const known = statuses.get(one.node_id);
    // Made between the two requests: the next time tells.
    if (!known) return [];
    const reports = known.flatMap(status => withStatus(created, status) ?? []);
    const report = reports[0] ?? created;
    return (report.at ?? from) >= from ? [report] : [];
  });
  const oldest = timeOf(found.at(-1)?.created_at);
  const complete = found.length < MOST || (oldest ?? from) < from;
  return { deployments, complete };
}

/** Newest first. */
function statusesOf({ latestStatus, statuses }: Node): DeploymentStatus[] {
  return [latestStatus, ...(statuses?.nodes ?? [])]
    .flatMap(status => status ?? [])
    .sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt))
    .map(({ state, createdAt, logUrl, environmentUrl }) => ({
      state: state.toLowerCase(),
      createdAt,
      url: logUrl || environmentUrl,
    }));
}
