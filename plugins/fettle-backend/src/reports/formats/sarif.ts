import { createHash } from 'node:crypto';
import { InputError } from '@backstage/errors';
import type {
  FindingKind,
  Reason,
  Severity,
} from 'backstage-plugin-fettle-common';
import type { FindingReport, ScanProblem } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { ReportFormat, ReportReading } from '../ReportFormat';
import { safePath } from '../safePath';
import {
  sarifLogSchema,
  type SarifResult,
  type SarifRule,
  type SarifRun,
} from '../sarifSchema';

/** Each becomes an observer of its own. */
const MOST_TOOLS = 50;
const MOST_RESULTS = 10_000;
const MOST_TEXT = 1_000;
const MOST_WHY = 200;

/** Results of static analysis tools, as OASIS defines them: https://docs.oasis-open.org/sarif/sarif/v2.1.0/ */
export const sarif: ReportFormat = {
  id: 'sarif',
  title: 'SARIF 2.1.0',
  matches: document =>
    typeof document === 'object' && document !== null && 'runs' in document,
  read(document) {
    const parsed = sarifLogSchema.safeParse(document);
    if (!parsed.success) {
      throw new InputError(
        `The report is no SARIF 2.1.0. ${z.prettifyError(parsed.error)}`,
      );
    }
    const tools = new Map<string, SarifRun[]>();
    for (const run of parsed.data.runs) {
      const tool = toolOf(run);
      const of = tools.get(tool);
      if (of) of.push(run);
      else tools.set(tool, [run]);
    }
    if (tools.size > MOST_TOOLS) {
      throw new InputError(
        `The report is of ${tools.size} tools; up to ${MOST_TOOLS} are read.`,
      );
    }
    return [...tools].map(([tool, runs]) => readRuns(tool, runs));
  },
};

/** A tool may report several parts of a repository, each under its own id. */
function toolOf({ tool, automationDetails }: SarifRun): string {
  const part = automationDetails?.id?.replace(/\/[^/]*$/, '');
  return [tool.driver.name, part].filter(Boolean).join(' ').slice(0, 100);
}

function readRuns(tool: string, runs: readonly SarifRun[]): ReportReading {
  const findings: FindingReport[] = [];
  const closed: string[] = [];
  const failures = runs.flatMap(run => failureOf(tool, run) ?? []);
  if (runs.every(({ results }) => !results)) {
    return { tool, failed: failures[0], problems: [] };
  }
  const problems: ScanProblem[] = failures.map(({ message, action }) => ({
    ...{ path: null, message, action },
  }));
  for (const { tool: by, results } of runs) {
    const rules = new KnownRules(by.driver.rules);
    for (const result of results ?? []) {
      if (isAccepted(result)) closed.push(...toFinding(result, rules, []).keys);
      if (!isProblem(result)) continue;
      if (findings.length === MOST_RESULTS) {
        problems.push({
          path: null,
          message: `The report has more than ${MOST_RESULTS} results; those after them were left out.`,
          action: 'Have the tool report only what someone will act on.',
        });
        return { tool, findings, closed, problems };
      }
      findings.push(toFinding(result, rules, problems));
    }
  }
  return { tool, findings, closed, problems };
}

/** Why a run may tell less than there is. */
function failureOf(
  tool: string,
  { results, invocations }: SarifRun,
): Reason | undefined {
  const broken = invocations?.find(one => one.executionSuccessful === false);
  if (results && !broken) return undefined;
  const why =
    broken?.exitCodeDescription ?? broken?.processStartFailureMessage ?? '';
  const what = results
    ? 'says that its run failed'
    : 'did not scan: its report has no results, not even an empty list';
  return {
    code: 'failed',
    message: `${tool} ${what}${
      why && ` (${why.slice(0, MOST_WHY)})`
    }. What it found before stays as it is.`,
    action:
      'See the log of the tool, and send the report of a run that ended well.',
  };
}

/** What passed, what is gone, and what someone accepted in the tool, is none. */
function isProblem({
  kind,
  baselineState,
  suppressions,
}: SarifResult): boolean {
  if (kind !== undefined && kind !== 'fail' && kind !== 'review') return false;
  if (baselineState === 'absent') return false;
  return !isAccepted({ suppressions });
}

function isAccepted({
  suppressions,
}: Pick<SarifResult, 'suppressions'>): boolean {
  return !!suppressions?.some(
    ({ status = 'accepted' }) => status === 'accepted',
  );
}

/** The rules of a run by their ids, of which the first counts, and else by where they stand. */
class KnownRules {
  readonly #byId = new Map<string, SarifRule>();

  constructor(private readonly rules: readonly SarifRule[] = []) {
    for (const rule of rules) {
      if (!this.#byId.has(rule.id)) this.#byId.set(rule.id, rule);
    }
  }

  find(id: string | undefined, index = -1): SarifRule | undefined {
    const byId = id === undefined ? undefined : this.#byId.get(id);
    return byId ?? this.rules[index];
  }
}

function toFinding(
  result: SarifResult,
  rules: KnownRules,
  problems: ScanProblem[],
): FindingReport {
  const id = result.ruleId ?? result.rule?.id;
  const rule = rules.find(id, result.ruleIndex);
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

function kindOf(name: string, rule: SarifRule | undefined): FindingKind {
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
function severityOf(
  result: SarifResult,
  rule: SarifRule | undefined,
): Severity {
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
