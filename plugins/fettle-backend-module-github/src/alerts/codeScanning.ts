import { z } from 'zod';
import { defineAlertTool } from './AlertTool';

/** What analyses give that do not rate security. */
const BY_LEVEL: Readonly<Record<string, 'high' | 'medium' | 'low'>> = {
  ...{ error: 'high', warning: 'medium', note: 'low', none: 'low' },
};
const RATED = z.enum(['critical', 'high', 'medium', 'low']);

const schema = z.object({
  number: z.number(),
  state: z.string(),
  html_url: z.string(),
  rule: z.object({
    id: z.string().nullish(),
    name: z.string().nullish(),
    description: z.string().nullish(),
    severity: z.string().nullish(),
    security_severity_level: RATED.nullish().catch(null),
  }),
  tool: z.object({ name: z.string().nullish() }),
  most_recent_instance: z.object({
    message: z.object({ text: z.string().nullish() }).nullish(),
    location: z
      .object({ path: z.string().nullish(), start_line: z.number().nullish() })
      .nullish(),
  }),
});

/** What analyses of the code say that were uploaded to the host. */
export const codeScanning = defineAlertTool({
  tool: 'Code scanning',
  route: 'GET /repos/{owner}/{repo}/code-scanning/alerts',
  lists: [{ state: 'open' }, { state: 'dismissed' }],
  schema,
  toFinding({ number, html_url: page, rule, tool, ...alert }) {
    const { message, location } = alert.most_recent_instance;
    const name = rule.id ?? rule.name ?? 'unnamed';
    const told = message?.text || rule.description || name;
    return {
      kind: 'vulnerability',
      rule: name,
      title: rule.description || name,
      severity:
        rule.security_severity_level ??
        BY_LEVEL[rule.severity ?? ''] ??
        'unknown',
      path: location?.path || null,
      line: location?.start_line || undefined,
      keys: [`code-scanning:${number}`],
      message: tool.name ? `${tool.name}: ${told}` : told,
      references: [page],
    };
  },
});
