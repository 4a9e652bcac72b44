import { createHash } from 'node:crypto';
import { InputError } from '@backstage/errors';
import type { FindingKind, Severity } from 'backstage-plugin-fettle-common';
import type { FindingReport, ScanProblem } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { ReportFormat } from '../ReportFormat';
import { safePath } from '../safePath';

const MOST_RESULTS = 10_000;
const MOST_TEXT = 1_000;

const message = z.object({ text: z.string().optional() }).optional();
const ruleSchema = z.object({
  id: z.string(),
  shortDescription: message,
  fullDescription: message,
  help: message,
  helpUri: z.string().optional(),
  defaultConfiguration: z.object({ level: z.string().optional() }).optional(),
  properties: z
    .object({
      tags: z.array(z.string()).optional(),
      'security-severity': z.coerce.number().optional().catch(undefined),
    })
    .optional(),
});
const resultSchema = z.object({
  ruleId: z.string().optional(),
  ruleIndex: z.number().int().optional(),
  rule: z.object({ id: z.string().optional() }).optional(),
  level: z.string().optional(),
  kind: z.string().optional(),
  baselineState: z.string().optional(),
  message: z.object({ text: z.string().optional() }),
  suppressions: z.array(z.object({ status: z.string().optional() })).optional(),
  partialFingerprints: z.record(z.string(), z.string()).optional(),
  locations: z
    .array(
      z.object({
        physicalLocation: z
          .object({
            artifactLocation: z
              .object({ uri: z.string().optional() })
              .optional(),
            region: z
              .object({
                startLine: z.number().int().positive().optional(),
                snippet: message,
              })
              .optional(),
          })
          .optional(),
      }),
    )
    .optional(),
});
const logSchema = z.object({
  version: z.literal('2.1.0'),
  runs: z
    .array(
      z.object({
        tool: z.object({
          driver: z.object({
            name: z.string().min(1),
            rules: z.array(ruleSchema).optional(),
          }),
        }),
        automationDetails: z.object({ id: z.string().optional() }).optional(),
        results: z.array(resultSchema).nullable().optional(),
      }),
    )
    .min(1),
});
type Rule = z.output<typeof ruleSchema>;
type Result = z.output<typeof resultSchema>;

/** Results of static analysis tools, as OASIS defines them: https://docs.oasis-open.org/sarif/sarif/v2.1.0/ */
export const sarif: ReportFormat = {
  id: 'sarif',
  title: 'SARIF 2.1.0',
  matches: document =>
    typeof document === 'object' && document !== null && 'runs' in document,
  read(document) {
    const parsed = logSchema.safeParse(document);
    if (!parsed.success) {
      throw new InputError(
        `The report is no SARIF 2.1.0. ${z.prettifyError(parsed.error)}`,
      );
    }
    const [first] = parsed.data.runs;
    const findings: FindingReport[] = [];
    const problems: ScanProblem[] = [];
    const closed: string[] = [];
    for (const { tool, results } of parsed.data.runs) {
      const rules = tool.driver.rules ?? [];
      for (const result of results ?? []) {
        if (isAccepted(result))
          closed.push(...toFinding(result, rules, []).keys);
        if (!isProblem(result)) continue;
        if (findings.length === MOST_RESULTS) {
          problems.push({
            path: null,
            message: `The report has more than ${MOST_RESULTS} results; those after them were left out.`,
            action: 'Have the tool report only what someone will act on.',
          });
          break;
        }
        findings.push(toFinding(result, rules, problems));
      }
    }
    // A tool may report several parts of a repository, each under its own id.
    const part = first.automationDetails?.id?.replace(/\/[^/]*$/, '');
    const tool = [first.tool.driver.name, part].filter(Boolean).join(' ');
    return { tool: tool.slice(0, 100), findings, closed, problems };
  },
};

/** What passed, what is gone, and what someone accepted in the tool, is none. */
function isProblem({ kind, baselineState, suppressions }: Result): boolean {
  if (kind !== undefined && kind !== 'fail' && kind !== 'review') return false;
  if (baselineState === 'absent') return false;
  return !isAccepted({ suppressions });
}

function isAccepted({ suppressions }: Pick<Result, 'suppressions'>): boolean {
  return !!suppressions?.some(
    ({ status = 'accepted' }) => status === 'accepted',
  );
}

function toFinding(
  result: Result,
  rules: readonly Rule[],
  problems: ScanProblem[],
): FindingReport {
  const id = result.ruleId ?? result.rule?.id;
  const rule =
    rules.find(one => one.id === id) ?? rules[result.ruleIndex ?? -1];
  const name = id ?? rule?.id ?? 'unnamed';
  const place = result.locations?.[0]?.physicalLocation;
  const uri = place?.artifactLocation?.uri;
  const path = uri === undefined ? null : safePath(uri);
  if (uri !== undefined && path === null) {
    problems.push({
      path: null,
      message: `A result of ${name} names a place outside of the repository; it is kept without a place.`,
      action: 'Have the tool report paths relative to the repository.',
    });
  }
  const text = result.message.text ?? '';
  const snippet = place?.region?.snippet?.text;
  const prints = Object.entries(result.partialFingerprints ?? {}).sort();
  const print =
    prints.length > 0
      ? prints.map(pair => pair.join('=')).join(' ')
      : digest(snippet ?? text);
  return {
    kind: kindOf(name, rule),
    rule: name,
    title: rule?.shortDescription?.text ?? text.split('\n')[0] ?? name,
    severity: severityOf(result, rule),
    path,
    ...(path !== null && place?.region?.startLine !== undefined
      ? { line: place.region.startLine }
      : {}),
    keys: [`${name} ${print}`],
    message: text.slice(0, MOST_TEXT) || name,
    description: rule?.fullDescription?.text,
    fix: rule?.help?.text?.slice(0, MOST_TEXT),
    references: rule?.helpUri ? [rule.helpUri] : [],
  };
}

function kindOf(name: string, rule: Rule | undefined): FindingKind {
  const tags = rule?.properties?.tags ?? [];
  if (/^(CVE|GHSA|OSV|PYSEC|GO|RUSTSEC)-/i.test(name)) return 'vulnerability';
  if (tags.includes('secret') || /(^|[-_./])secrets?([-_./]|$)/i.test(name)) {
    return 'secret';
  }
  const security =
    rule?.properties?.['security-severity'] !== undefined ||
    tags.includes('security');
  return security ? 'vulnerability' : 'misconfiguration';
}

/** `security-severity` is a CVSS score, by whose ratings it is told. */
function severityOf(result: Result, rule: Rule | undefined): Severity {
  const score = rule?.properties?.['security-severity'];
  if (score !== undefined) {
    if (score >= 9) return 'critical';
    if (score >= 7) return 'high';
    return score >= 4 ? 'medium' : 'low';
  }
  const level = result.level ?? rule?.defaultConfiguration?.level ?? 'warning';
  if (level === 'error') return 'high';
  if (level === 'warning') return 'medium';
  return level === 'note' ? 'low' : 'unknown';
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
