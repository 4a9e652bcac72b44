import { InputError } from '@backstage/errors';
import type { Reason } from 'backstage-plugin-fettle-common';
import type { FindingReport, ScanProblem } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { ReportFormat, ReportReading } from '../ReportFormat';
import { SarifRules, toFinding } from '../sarifFinding';
import {
  sarifLogSchema,
  type SarifResult,
  type SarifRun,
} from '../sarifSchema';

/** Each becomes an observer of its own. */
const MOST_TOOLS = 50;
const MOST_RESULTS = 10_000;
const MOST_WHY = 200;

/** Results of static analysis tools, as OASIS defines them: https://docs.oasis-open.org/sarif/sarif/v2.1.0/ */
export const sarif: ReportFormat = {
  id: 'sarif',
  title: 'SARIF 2.1.0',
  matches: document =>
    typeof document === 'object' && document !== null && 'runs' in document,
  read(document, { key }) {
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
    return [...tools].map(([tool, runs]) => readRuns(tool, runs, key));
  },
};

/** A tool may report several parts of a repository, each under its own id. */
function toolOf({ tool, automationDetails }: SarifRun): string {
  const part = automationDetails?.id?.replace(/\/[^/]*$/, '');
  return [tool.driver.name, part].filter(Boolean).join(' ').slice(0, 100);
}

function readRuns(
  tool: string,
  runs: readonly SarifRun[],
  key: string,
): ReportReading {
  const findings: FindingReport[] = [];
  const closed: string[] = [];
  const failures = runs.flatMap(run => failureOf(tool, run) ?? []);
  if (runs.every(({ results }) => !results)) {
    return { tool, failed: failures[0], problems: [] };
  }
  const problems: ScanProblem[] = failures.map(({ message, action }) => ({
    ...{ path: null, message, action },
  }));
  const told: ScanProblem[] = [];
  for (const { tool: by, results } of runs) {
    const of = { rules: new SarifRules(by.driver.rules), key };
    for (const result of results ?? []) {
      if (isAccepted(result)) closed.push(...toFinding(result, of, []).keys);
      if (!isProblem(result)) continue;
      if (findings.length === MOST_RESULTS) {
        problems.push({
          path: null,
          message: `The report has more than ${MOST_RESULTS} results; those after them were left out.`,
          action: 'Have the tool report only what someone will act on.',
        });
        return { tool, findings, closed, problems, told };
      }
      findings.push(toFinding(result, of, told));
    }
  }
  return { tool, findings, closed, problems, told };
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
