import {
  DeliveryError,
  type DeliveryReading,
  type ReportedRepository,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { GitlabHost } from '../config/readGitlabConfig';
import { deploymentEventSchema, toReportOfEvent } from '../deployments';
import { locationOf, parseSlug } from '../locate/slug';
import {
  jobEventSchema,
  pipelineEventSchema,
  projectSchema,
  toRunOfEvent,
  toRunOfJob,
} from './payloads';

type Reader = (payload: unknown, host: GitlabHost) => DeliveryReading;

const kindSchema = z.object({
  object_kind: z.string().nullish(),
  event_name: z.string().nullish(),
});

/** What each kind of webhook means; the others are of no interest. */
const READERS: Record<string, Reader> = {
  pipeline(payload, host) {
    const event = parse(pipelineEventSchema, payload);
    return { runs: [toRunOfEvent(event, toReported(event.project, host))] };
  },
  build(payload, host) {
    const event = parse(jobEventSchema, payload);
    return { runs: [toRunOfJob(event, toReported(event.project, host))] };
  },
  deployment(payload, host) {
    const event = parse(
      deploymentEventSchema.extend({ project: projectSchema }),
      payload,
    );
    const report = toReportOfEvent(event, toReported(event.project, host));
    return report
      ? { deployments: [report] }
      : {
          ignored: cut(
            `A deployment that is '${event.status}' says nothing of how it went.`,
          ),
        };
  },
  merge_request(payload, host) {
    const { project, object_attributes: request } = parse(
      z.object({
        project: projectSchema,
        object_attributes: z.object({ action: z.string().nullish() }),
      }),
      payload,
    );
    const { action } = request;
    // What else happens to one changes neither how many are open nor since when.
    return ['open', 'close', 'reopen', 'merge'].includes(action ?? '')
      ? { repositories: [toReported(project, host).remote] }
      : { ignored: cut(`Of a merge request it tells only '${action}'.`) };
  },
  push: readAgain,
  tag_push: readAgain,
  repository_update: readAgain,
  project_update: changed,
  project_destroy: changed,
  project_rename: moved,
  project_transfer: moved,
};

/** What a webhook of a kind means, for the host that its token speaks for. */
export function readPayload(
  event: string,
  payload: unknown,
  host: GitlabHost,
): DeliveryReading {
  const { object_kind: object, event_name: name } = parse(kindSchema, payload);
  const kind = object || name || '';
  const reader = Object.hasOwn(READERS, kind) ? READERS[kind] : undefined;
  return reader
    ? reader(payload, host)
    : {
        ignored: cut(
          `Fettle has no use for webhooks of kind '${kind}' (${event}).`,
        ),
      };
}

function readAgain(payload: unknown, host: GitlabHost): DeliveryReading {
  const { project } = parse(z.object({ project: projectSchema }), payload);
  return { repositories: [toReported(project, host).remote] };
}

/** Hooks of the whole host name a repository by its path alone. */
function changed(payload: unknown, host: GitlabHost): DeliveryReading {
  const { path_with_namespace: path } = parse(
    z.object({ path_with_namespace: z.string() }),
    payload,
  );
  return { repositories: [remoteOf(path, host)] };
}

function moved(payload: unknown, host: GitlabHost): DeliveryReading {
  const { path_with_namespace: path, old_path_with_namespace: old } = parse(
    z.object({
      path_with_namespace: z.string(),
      old_path_with_namespace: z.string(),
    }),
    payload,
  );
  const to = remoteOf(path, host);
  return { repositories: [to], moved: { from: remoteOf(old, host), to } };
}

/** Under the address by which the portal knows it, whatever the host takes for its own. */
function toReported(
  {
    id,
    path_with_namespace: path,
    web_url: url,
  }: z.output<typeof projectSchema>,
  host: GitlabHost,
): ReportedRepository {
  const told = URL.canParse(url) ? new URL(url).host.toLowerCase() : '';
  if (told !== host.host) {
    throw new DeliveryError(
      'refused',
      `It is about '${path.slice(0, 200)}' of '${told.slice(
        0,
        200,
      )}', and its token is that of ${host.host}.`,
      'Give each host its own token, in the webhook and in fettle.gitlab.hosts, and the host its address (external_url).',
    );
  }
  return { remote: remoteOf(path, host), key: String(id) };
}

function remoteOf(path: string, host: GitlabHost): string {
  const slug = parseSlug(path);
  if (slug) return locationOf(host, slug).remote;
  throw new DeliveryError(
    'not-understood',
    `'${path.slice(0, 200)}' is not the path of a repository.`,
    'Report this to the authors of Fettle, with the kind of the webhook and the version of the host.',
  );
}

function parse<T>(schema: z.ZodType<T>, payload: unknown): T {
  const parsed = schema.safeParse(payload);
  if (parsed.success) return parsed.data;
  throw new DeliveryError(
    'not-understood',
    `The payload is not what GitLab sends. ${z
      .prettifyError(parsed.error)
      .slice(0, 400)}`,
    'Report this to the authors of Fettle, with the kind of the webhook and the version of the host.',
  );
}

function cut(said: string): string {
  return said.slice(0, 500);
}
