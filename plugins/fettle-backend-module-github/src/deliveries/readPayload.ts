import {
  DeliveryError,
  type DeliveryReading,
  type DeploymentReport,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import {
  deploymentSchema,
  toDeploymentReport,
  withStatus,
} from '../deployments';
import {
  jobSchema,
  remoteOf,
  repositorySchema,
  runSchema,
  toJobReport,
  toRunReport,
} from '../reports';

type Repository = z.output<typeof repositorySchema>;

const statusSchema = z.object({
  state: z.string(),
  created_at: z.string().nullish(),
  log_url: z.string().nullish(),
  target_url: z.string().nullish(),
});

/** What each kind of webhook means; the others are of no interest. */
const READERS: Record<
  string,
  (payload: unknown, repository: Repository) => DeliveryReading
> = {
  workflow_run(payload, repository) {
    const { workflow_run: run } = parse(
      z.object({ workflow_run: runSchema }),
      payload,
    );
    return { runs: [toRunReport(run, repository)] };
  },
  workflow_job(payload, repository) {
    const { workflow_job: job } = parse(
      z.object({ workflow_job: jobSchema }),
      payload,
    );
    return {
      runs: [
        {
          repository: {
            remote: remoteOf(repository),
            key: String(repository.id),
          },
          // Its workflow's id is not told; the run's own reports tell it.
          pipeline: {
            id: job.workflow_name?.slice(0, 300) || 'workflow',
            name: job.workflow_name?.slice(0, 300) || undefined,
          },
          runId: String(job.run_id),
          attempt: job.run_attempt ?? 1,
          jobs: [toJobReport(job)],
        },
      ],
    };
  },
  deployment: (payload, repository) => {
    const { deployment } = parse(
      z.object({ deployment: deploymentSchema }),
      payload,
    );
    return { deployments: [deploymentOf(deployment, repository)] };
  },
  deployment_status: (payload, repository) => {
    const { deployment, deployment_status: status } = parse(
      z.object({
        deployment: deploymentSchema,
        deployment_status: statusSchema,
      }),
      payload,
    );
    const report = withStatus(deploymentOf(deployment, repository), {
      state: status.state,
      createdAt: status.created_at,
      url: status.log_url || status.target_url,
    });
    return report
      ? { deployments: [report] }
      : { ignored: `The deployment is ${status.state}.`.slice(0, 500) };
  },
  push: readAgain,
  create: readAgain,
  delete: readAgain,
  branch_protection_rule: readAgain,
  repository_ruleset: readAgain,
  pull_request(payload, repository) {
    const { action } = parse(z.object({ action: z.string() }), payload);
    // What else happens to one changes neither how many are open nor since when.
    return ['opened', 'closed', 'reopened'].includes(action)
      ? readAgain(payload, repository)
      : { ignored: `A pull request was ${action}, and stays open or closed.` };
  },
  repository(payload, repository) {
    const { action, changes } = parse(repositoryEventSchema, payload);
    const to = remoteOf(repository);
    const [owner, name] = repository.full_name.split('/');
    const from = changes?.owner?.from;
    const oldOwner = from?.user?.login ?? from?.organization?.login ?? owner;
    const oldName = changes?.repository?.name?.from ?? name;
    const old = to.replace(/\/[^/]+\/[^/]+$/, `/${oldOwner}/${oldName}`);
    const moved = action === 'renamed' || action === 'transferred';
    return moved && old !== to
      ? { moved: { from: old, to } }
      : { repositories: [to] };
  },
};

const login = z.object({ login: z.string().min(1) }).nullish();
const repositoryEventSchema = z.object({
  action: z.string(),
  changes: z
    .object({
      repository: z
        .object({ name: z.object({ from: z.string().min(1) }).nullish() })
        .nullish(),
      owner: z
        .object({
          from: z.object({ user: login, organization: login }).nullish(),
        })
        .nullish(),
    })
    .nullish(),
});

function readAgain(_: unknown, repository: Repository): DeliveryReading {
  return { repositories: [remoteOf(repository)] };
}

/** What a webhook of a kind means, for the host that its secret speaks for. */
export function readPayload(
  event: string,
  payload: unknown,
  authority: string,
): DeliveryReading {
  const reader = Object.hasOwn(READERS, event) ? READERS[event] : undefined;
  if (!reader) {
    return {
      ignored: `Fettle has no use for webhooks of kind '${event}'.`.slice(
        0,
        500,
      ),
    };
  }
  const { repository } = parse(
    z.object({ repository: repositorySchema }),
    payload,
  );
  const host = URL.canParse(repository.html_url)
    ? new URL(repository.html_url).host.toLocaleLowerCase('en-US')
    : '';
  if (host !== authority) {
    throw new DeliveryError(
      'refused',
      `It is about a repository of '${host}', and its secret is that of ${authority}.`,
      'Give each host its own secret, in the webhook and in fettle.github.hosts.',
    );
  }
  return reader(payload, repository);
}

function deploymentOf(
  deployment: z.output<typeof deploymentSchema>,
  repository: Repository,
): DeploymentReport {
  const remote = remoteOf(repository);
  return toDeploymentReport(deployment, { remote, key: String(repository.id) });
}

function parse<T>(schema: z.ZodType<T>, payload: unknown): T {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  throw new DeliveryError(
    'not-understood',
    `The payload is not what GitHub describes. ${z
      .prettifyError(parsed.error)
      .slice(0, 400)}`,
    'Report this to the authors of Fettle, with the kind of the webhook.',
  );
}
