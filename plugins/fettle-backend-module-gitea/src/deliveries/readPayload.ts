import {
  DeliveryError,
  type DeliveryReading,
  type ReportedRepository,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { GiteaHost } from '../config/readGiteaConfig';
import { forgejoRunSchema, toForgejoRunReport } from '../forgejoReports';
import { locationOf, parseSlug } from '../locate/slug';
import {
  jobSchema,
  repositorySchema,
  runSchema,
  toJobReport,
  toRunReport,
} from '../reports';

type Repository = z.output<typeof repositorySchema>;
type Reader = (payload: unknown, about: ReportedRepository) => DeliveryReading;

const runEventSchema = z.object({
  workflow_run: runSchema,
  workflow: z.object({ name: z.string().nullish() }).nullish(),
});

/** What each kind of webhook means; the others are of no interest. */
const READERS: Record<string, Reader> = {
  workflow_run(payload, about) {
    const { workflow_run: run, workflow } = parse(runEventSchema, payload);
    return { runs: [toRunReport(run, about, workflow?.name)] };
  },
  workflow_job(payload, about) {
    const { workflow_job: job } = parse(
      z.object({ workflow_job: jobSchema }),
      payload,
    );
    // Before 1.27 it counts the tries of the job, since then those of the run.
    if ((job.run_attempt ?? 0) > 1) {
      return {
        ignored:
          'Of a job of a later attempt it does not say surely to which attempt of the run it belongs; Fettle asks for it.',
      };
    }
    return {
      runs: [
        {
          repository: about,
          // Its workflow is not told; the run's own reports tell it.
          pipeline: { id: 'workflow' },
          runId: String(job.run_id),
          attempt: 1,
          jobs: [toJobReport(job)],
        },
      ],
    };
  },
  action_run_failure: forgejoRun,
  action_run_recover: forgejoRun,
  action_run_success: forgejoRun,
  push: readAgain,
  create: readAgain,
  delete: readAgain,
  repository: readAgain,
  pull_request(payload, about) {
    const { action } = parse(z.object({ action: z.string() }), payload);
    // What else happens to one changes neither how many are open nor since when.
    return ['opened', 'closed', 'reopened'].includes(action)
      ? readAgain(payload, about)
      : {
          ignored:
            `A pull request was ${action}, and stays open or closed.`.slice(
              0,
              500,
            ),
        };
  },
  status: () => ({
    ignored:
      "A commit's status tells neither a run nor its times: those of actions come by webhooks of their own, and other CIs report with CDEvents.",
  }),
};

function forgejoRun(
  payload: unknown,
  about: ReportedRepository,
): DeliveryReading {
  const { run } = parse(z.object({ run: forgejoRunSchema }), payload);
  return { runs: [toForgejoRunReport(run, about)] };
}

function readAgain(_: unknown, { remote }: ReportedRepository) {
  return { repositories: [remote] };
}

/** What a webhook of a kind means, for the host that its secret speaks for. */
export function readPayload(
  event: string,
  payload: unknown,
  host: GiteaHost,
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
  return reader(payload, toReported(repositoryOf(payload), host));
}

/** Forgejo names it within the run. */
function repositoryOf(payload: unknown): Repository {
  const schema = z.union([
    z.object({ repository: repositorySchema }),
    z
      .object({ run: z.object({ repository: repositorySchema }) })
      .transform(({ run }) => run),
  ]);
  return parse(schema, payload).repository;
}

/** Under the address by which the portal knows it, whatever the host takes for its own. */
function toReported(
  { id, full_name: name, html_url: url }: Repository,
  host: GiteaHost,
): ReportedRepository {
  const told = URL.canParse(url) ? new URL(url).host.toLowerCase() : '';
  const slug = parseSlug(name);
  if (told !== host.host || !slug) {
    throw new DeliveryError(
      'refused',
      `It is about '${name.slice(0, 200)}' of '${told.slice(
        0,
        200,
      )}', and its secret is that of ${host.host}.`,
      'Give each host its own secret, in the webhook and in fettle.gitea.hosts, and the host its address (ROOT_URL).',
    );
  }
  return { remote: locationOf(host, slug).remote, key: String(id) };
}

function parse<T>(schema: z.ZodType<T>, payload: unknown): T {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  throw new DeliveryError(
    'not-understood',
    `The payload is not what Gitea and Forgejo send. ${z
      .prettifyError(parsed.error)
      .slice(0, 400)}`,
    'Report this to the authors of Fettle, with the kind of the webhook and the version of the host.',
  );
}
