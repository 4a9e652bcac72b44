import { z } from 'zod';
import { defineAlertTool } from './AlertTool';

/** Without the secret, which an answer may hold: what the schema does not name is dropped. */
const schema = z.object({
  number: z.number(),
  state: z.string(),
  html_url: z.string(),
  secret_type: z.string(),
  secret_type_display_name: z.string().nullish(),
  validity: z.string().nullish(),
  publicly_leaked: z.boolean().nullish(),
  first_location_detected: z
    .object({ path: z.string().nullish(), start_line: z.number().nullish() })
    .nullish(),
});

/** Secrets that the host found in the history. */
export const secretScanning = defineAlertTool({
  tool: 'Secret scanning',
  route: 'GET /repos/{owner}/{repo}/secret-scanning/alerts',
  // That it was revoked, or is none, is what a person says: it is there still.
  lists: [
    { state: 'open', hide_secret: true },
    { state: 'resolved', hide_secret: true },
  ],
  schema,
  toFinding({ number, html_url: page, ...alert }) {
    const name = alert.secret_type_display_name ?? alert.secret_type;
    const { path, start_line: line } = alert.first_location_detected ?? {};
    const told = [
      `${name}, found by the host`,
      alert.validity === 'active' ? 'still valid' : '',
      alert.publicly_leaked ? 'leaked publicly' : '',
    ];
    return {
      kind: 'secret',
      rule: alert.secret_type,
      title: name,
      severity: alert.validity === 'active' ? 'critical' : 'high',
      path: path || null,
      line: line || undefined,
      keys: [`secret-scanning:${number}`],
      message: `${told.filter(Boolean).join(', ')}.`,
      fix: 'Revoke it where it was issued and issue another, then close the alert on the host.',
      references: [page],
    };
  },
});
