import { createHmac } from 'node:crypto';
import { SourceError, type PlaybookStep } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { WebhookTarget } from '../config/StepsConfig';
import { ask, refused } from '../outside/ask';
import { readBody } from '../outside/readBody';
import { redact } from '../outside/redact';
import { remediationContext } from '../outside/remediationContext';

const parameters = z.strictObject({
  target: z
    .string()
    .min(1)
    .describe('The id of a target in `fettle.webhooks` of app-config.'),
  data: z
    .record(z.string(), z.json())
    .default({})
    .describe(
      'Sent as it is, as `data`, beside the `context` of the remediation.',
    ),
  mends: z
    .boolean()
    .default(false)
    .describe(
      'Whether what it starts puts the problem right. Where it does not, the problem is only told of.',
    ),
});

const inputSchema = z.object({ target: z.string(), body: z.json() });
const MOST_ANSWER = 64 * 1024;

/** Tells an address of app-config, and no other. */
export function callWebhook(
  targets: ReadonlyMap<string, WebhookTarget>,
): PlaybookStep<z.output<typeof parameters>> {
  return {
    id: 'call-webhook',
    title: 'Call a webhook',
    description:
      'Sends JSON to an address of app-config, signed where it has a secret, with a key by which a second try is told from a second call.',
    parameters,
    // The key makes it so, for those who look at it.
    ...{ destructive: false, idempotent: true, reversible: false },
    mends: ({ mends }) => mends,
    async plan(context) {
      const { target, data } = context.parameters;
      if (!targets.has(target)) {
        return {
          obstacles: [
            {
              code: 'not-configured',
              message: `There is no webhook '${target}' to be called about ${context.repository.remote}.`,
              action: `Add \`fettle.webhooks.${target}\` to app-config.`,
            },
          ],
        };
      }
      const body = { data, context: remediationContext(context) };
      return {
        actions: [
          {
            summary: `Call the webhook ${target}`,
            ...{ before: null, after: body, input: { target, body } },
          },
        ],
      };
    },
    async apply({ input, idempotencyKey, signal, now }) {
      const { target: id, body } = inputSchema.parse(input);
      const target = targets.get(id);
      const about = `The webhook ${id}`;
      if (!target) {
        throw new SourceError(
          'not-found',
          `${about} is not in app-config any more.`,
          `Add \`fettle.webhooks.${id}\`.`,
        );
      }
      const text = JSON.stringify(body);
      const timestamp = String(Math.floor(now.getTime() / 1000));
      const response = await ask(
        target.url,
        {
          method: 'POST',
          body: text,
          headers: {
            'content-type': 'application/json',
            'idempotency-key': idempotencyKey,
            ...target.headers,
            ...(target.secret === undefined
              ? {}
              : signed(target.secret, timestamp, text)),
          },
        },
        { timeoutMs: target.timeoutMs, signal, about },
      );
      if (response.status >= 300 && response.status < 400) {
        throw new SourceError(
          'failed',
          `${about} wants to send the call elsewhere (HTTP ${response.status}), which is not done.`,
          `Set \`fettle.webhooks.${id}.url\` to where it leads, if that is right.`,
        );
      }
      if (!response.ok) throw refused(response.status, about);
      const answer = await readBody(response, MOST_ANSWER, about);
      const secrets = [target.secret ?? '', ...Object.values(target.headers)];
      return {
        state: 'done',
        message: `${about} took it (HTTP ${response.status}).`,
        output: { status: response.status, answer: redact(answer, secrets) },
      };
    },
  };
}

/** The time is signed too, so that an old call cannot be sent again. */
function signed(secret: string, timestamp: string, text: string) {
  const signature = createHmac('sha256', secret)
    .update(`${timestamp}.${text}`)
    .digest('hex');
  return {
    'x-fettle-timestamp': timestamp,
    'x-fettle-signature': `sha256=${signature}`,
  };
}
