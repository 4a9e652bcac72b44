import { z } from 'zod';
import { defineAlertTool } from './AlertTool';

const LEVELS = ['critical', 'high', 'medium', 'low'] as const;

const schema = z.object({
  number: z.number(),
  state: z.string(),
  html_url: z.string(),
  dependency: z.object({
    package: z.object({ ecosystem: z.string(), name: z.string() }),
    manifest_path: z.string(),
  }),
  security_advisory: z.object({
    ghsa_id: z.string(),
    cve_id: z.string().nullish(),
    summary: z.string(),
    description: z.string().nullish(),
    severity: z.enum(LEVELS).or(z.string().transform(() => 'unknown' as const)),
  }),
  security_vulnerability: z.object({
    vulnerable_version_range: z.string().nullish(),
    first_patched_version: z.object({ identifier: z.string() }).nullish(),
  }),
});

/** Vulnerable dependencies. By its advisory an alert is the same finding as that of other observers. */
export const dependabot = defineAlertTool({
  tool: 'Dependabot',
  route: 'GET /repos/{owner}/{repo}/dependabot/alerts',
  lists: [{ state: 'open,dismissed,auto_dismissed' }],
  schema,
  toFinding(alert) {
    const { dependency, html_url: page } = alert;
    const { ghsa_id: ghsa, cve_id: cve, ...advisory } = alert.security_advisory;
    const { name } = dependency.package;
    const vulnerability = alert.security_vulnerability;
    const { vulnerable_version_range: range } = vulnerability;
    const fixed = vulnerability.first_patched_version?.identifier;
    return {
      kind: 'vulnerability',
      rule: cve ?? ghsa,
      title: `${name}: ${advisory.summary}`,
      severity: advisory.severity,
      path: dependency.manifest_path.replace(/^\/+/, ''),
      keys: [`advisory:${ghsa}:${name}`],
      message: range ? `${name} ${range}.` : `${name} is named here.`,
      description: advisory.description ?? undefined,
      fix: fixed ? `Update ${name} to ${fixed}.` : undefined,
      references: [page],
    };
  },
});
