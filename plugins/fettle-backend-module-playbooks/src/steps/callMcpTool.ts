import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
  limitedFetch,
  SourceError,
  type PlaybookStep,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { McpServer } from '../config/StepsConfig';
import { redact } from '../outside/redact';
import { remediationContext } from '../outside/remediationContext';

const parameters = z.strictObject({
  server: z
    .string()
    .min(1)
    .describe('The id of a server in `fettle.mcpServers` of app-config.'),
  tool: z.string().min(1).describe('The name of one of its tools.'),
  arguments: z
    .record(z.string(), z.json())
    .default({})
    .describe('Given to the tool as they are.'),
  sendContext: z
    .boolean()
    .default(false)
    .describe(
      'Whether the tool also gets an argument `context` with playbook, repository, entities and problems.',
    ),
});

const inputSchema = z.object({
  server: z.string(),
  tool: z.string(),
  arguments: z.record(z.string(), z.json()),
});

/** Calls a tool of an MCP server of app-config, and no other. */
export function callMcpTool(
  servers: ReadonlyMap<string, McpServer>,
): PlaybookStep<z.output<typeof parameters>> {
  return {
    id: 'call-mcp-tool',
    title: 'Call a tool of an MCP server',
    description:
      'Calls a tool that app-config allows of an MCP server that it names. What was given and answered is kept, without secrets.',
    parameters,
    // What a tool does is not known: it is called once.
    ...{ destructive: false, idempotent: false, reversible: false },
    async plan(context) {
      const { server, tool, sendContext } = context.parameters;
      const allowed = servers.get(server)?.tools.includes(tool);
      if (!allowed) {
        const key = `fettle.mcpServers.${server}`;
        return {
          obstacles: [
            {
              code: 'not-configured',
              message: `The tool ${tool} of ${server} may not be called about ${context.repository.remote}.`,
              action: servers.has(server)
                ? `Add it to \`${key}.tools\` of app-config.`
                : `Add \`${key}\` to app-config.`,
            },
          ],
        };
      }
      const given = {
        ...context.parameters.arguments,
        ...(sendContext ? { context: remediationContext(context) } : {}),
      };
      return {
        actions: [
          {
            summary: `Call the tool ${tool} of ${server}`,
            ...{ before: null, after: given },
            input: { server, tool, arguments: given },
          },
        ],
      };
    },
    async apply({ input, signal }) {
      const call = inputSchema.parse(input);
      const server = servers.get(call.server);
      if (!server?.tools.includes(call.tool)) {
        throw new SourceError(
          'not-found',
          `The tool ${call.tool} of ${call.server} may not be called any more.`,
          'Allow it again in app-config.',
        );
      }
      const { content, isError } = await callTool(server, call, signal);
      const secrets = Object.values(server.headers);
      const kept = redact(content, secrets);
      if (isError) {
        throw new SourceError(
          'failed',
          `The tool ${call.tool} of ${call.server} failed: ${JSON.stringify(
            kept,
          ).slice(0, 500)}`,
          'Look at what it was given, and at its server.',
        );
      }
      return {
        state: 'done',
        message: `The tool ${call.tool} of ${call.server} answered.`,
        output: { answer: kept },
      };
    },
  };
}

const bounded = limitedFetch({ maxBytes: 4 * 1024 * 1024 });

async function callTool(
  server: McpServer,
  { tool, arguments: given }: z.output<typeof inputSchema>,
  signal: AbortSignal,
): Promise<{ content: unknown; isError: boolean }> {
  const timeout = AbortSignal.timeout(server.timeoutMs);
  const until = AbortSignal.any([signal, timeout]);
  const transport = new StreamableHTTPClientTransport(new URL(server.url), {
    requestInit: { headers: { ...server.headers }, redirect: 'error' },
    fetch: (url, init) =>
      bounded(url, {
        ...init,
        signal: init?.signal ? AbortSignal.any([init.signal, until]) : until,
      }),
    reconnectionOptions: {
      ...{ initialReconnectionDelay: 1_000, maxReconnectionDelay: 1_000 },
      ...{ reconnectionDelayGrowFactor: 1, maxRetries: 0 },
    },
  });
  const client = new Client({ name: 'fettle', version: '0.1.0' });
  try {
    await client.connect(transport, { signal: until });
    const result = await client.callTool(
      { name: tool, arguments: given },
      undefined,
      { signal: until, timeout: server.timeoutMs },
    );
    const content = result.structuredContent ?? result.content;
    return { content, isError: result.isError === true };
  } catch (cause) {
    throw new SourceError(
      until.aborted ? 'timeout' : 'failed',
      `The MCP server ${server.id} ${
        until.aborted ? 'gave no answer in time' : 'could not be asked'
      }: ${redact((cause as Error).message, Object.values(server.headers))}`,
      `Check \`fettle.mcpServers.${server.id}\`, and that this backend can reach it.`,
    );
  } finally {
    // What cannot be said good-bye to is gone already.
    await client.close().catch(() => {});
  }
}
