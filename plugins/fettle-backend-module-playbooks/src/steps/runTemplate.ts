import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import {
  SourceError,
  type ActionResult,
  type PlaybookStep,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { ask, refused } from '../outside/ask';
import { readBody } from '../outside/readBody';

const parameters = z.strictObject({
  template: z
    .string()
    .regex(/^template:[\w.-]+\/[\w.-]+$/i)
    .describe('Entity ref of the template: `template:default/add-docs`.'),
  values: z
    .record(z.string(), z.json())
    .default({})
    .describe('What its form asks for, as it is.'),
  repositoryValue: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe(
      'Name of a value that gets the address of the repository, where the template asks for one.',
    ),
  timeoutMinutes: z
    .number()
    .int()
    .min(1)
    .max(24 * 60)
    .default(60)
    .describe('A task that takes longer has failed.'),
});

const inputSchema = z.object({
  template: z.string(),
  values: z.record(z.string(), z.json()),
  timeoutMinutes: z.number(),
});
// Of https://github.com/backstage/backstage/blob/master/plugins/scaffolder-backend/src/schema/openapi.yaml
const createdSchema = z.object({ id: z.string().min(1) });
const taskSchema = z.object({
  id: z.string(),
  status: z.string(),
  createdAt: z.string().optional(),
});

/** The task that was started, and when. */
const runningSchema = z.object({ task: z.string(), since: z.string() });

const MOST_ANSWER = 4 * 1024 * 1024;
const TIMEOUT_MS = 30_000;
const LOOK_AGAIN_SECONDS = 5;
const ABOUT = 'The Scaffolder';

/** Runs a template of the portal's Scaffolder, and follows its task. */
export function runTemplate(options: {
  auth: AuthService;
  discovery: DiscoveryService;
}): PlaybookStep<z.output<typeof parameters>> {
  return {
    id: 'run-template',
    title: 'Run a template',
    description:
      'Has the Scaffolder of the portal run a template, and follows its task to the end. The template has to read the repository as the user that the backend is.',
    parameters,
    ...{ destructive: false, idempotent: false, reversible: false },
    async plan({ parameters: given, repository }) {
      const { template, timeoutMinutes, repositoryValue } = given;
      const values = {
        ...given.values,
        ...(repositoryValue ? { [repositoryValue]: repository.remote } : {}),
      };
      return {
        actions: [
          {
            summary: `Run ${template}`,
            ...{ before: null, after: values },
            input: { template, values, timeoutMinutes },
          },
        ],
      };
    },
    async apply({ input, output, now, signal }) {
      const { template, values, timeoutMinutes } = inputSchema.parse(input);
      const api = await open(options);
      if (output === undefined) {
        const { id } = createdSchema.parse(
          await api('POST', '/v2/tasks', signal, {
            ...{ templateRef: template, values },
          }),
        );
        return running(template, { task: id, since: now.toISOString() });
      }
      const { task, since } = runningSchema.parse(output);
      const path = `/v2/tasks/${encodeURIComponent(task)}`;
      const { status } = taskSchema.parse(await api('GET', path, signal));
      if (status === 'completed') {
        return {
          state: 'done',
          message: `${template} has run as task ${task}.`,
          output: { task },
        };
      }
      if (status === 'failed' || status === 'cancelled') {
        throw new SourceError(
          'invalid',
          `Task ${task} of ${template} is ${status}.`,
          'Look at its log in the portal.',
        );
      }
      if (now.getTime() >= Date.parse(since) + timeoutMinutes * 60_000) {
        throw new SourceError(
          'invalid',
          `Task ${task} of ${template} has not ended in ${timeoutMinutes} minutes.`,
          'Look at it in the portal.',
        );
      }
      return running(template, { task, since });
    },
  };
}

/** It may take hours: nothing waits here, and a portal that starts again goes on with the same task. */
function running(
  template: string,
  output: z.output<typeof runningSchema>,
): ActionResult {
  return {
    ...{ state: 'waiting', againSeconds: LOOK_AGAIN_SECONDS, output },
    message: `${template} runs as task ${output.task}.`,
  };
}

async function open({
  auth,
  discovery,
}: {
  auth: AuthService;
  discovery: DiscoveryService;
}) {
  const baseUrl = await discovery.getBaseUrl('scaffolder');
  return async (
    method: string,
    path: string,
    signal: AbortSignal,
    body?: object,
  ): Promise<unknown> => {
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: 'scaffolder',
    });
    const response = await ask(
      `${baseUrl}${path}`,
      {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      },
      { timeoutMs: TIMEOUT_MS, signal, about: ABOUT },
    );
    const text = await readBody(response, MOST_ANSWER, ABOUT);
    if (!response.ok) throw refused(response.status, ABOUT);
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw new SourceError(
        'corrupt',
        `${ABOUT} answered with what is no JSON.`,
        'Look at its log.',
        cause,
      );
    }
  };
}
