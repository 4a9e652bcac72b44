import type { FindingKind } from 'backstage-plugin-fettle-common';
import { isAlerts, isReport } from '../reports/reportId';
import type { Gap } from './Gap';
import { gapsOfDetectors, gapsOfScans } from './gapsOfScans';
import type { Reads } from './language/reads';
import type { VariableName } from './language/words';
import {
  isMatchedBy,
  matchedKinds,
  unmatchedEcosystems,
  type Portal,
} from './Portal';
import type { Evaluated } from './subject/Evaluated';
import type { Subject } from './subject/Subject';

export type { Gap } from './Gap';
export type { Portal } from './Portal';

/** Known from the catalog, before any reading. */
const KNOWN_UNREAD = new Set([
  ...['id', 'name', 'host', 'remote', 'state', 'owners', 'systems'],
]);

/** What of that which an expression reads is not known of a repository. The first says why best. */
export function findGaps(
  reads: Reads,
  { subject, values }: Pick<Evaluated, 'subject' | 'values'>,
  portal: Portal,
): Gap[] {
  const of = (name: VariableName) => reads.variables.includes(name);
  const facts = reads.repository.some(field => !KNOWN_UNREAD.has(field));
  const { name } = subject;
  if (subject.collectedAt === null) {
    const input = reads.variables.find(
      one =>
        ['verdicts', 'components', 'findings'].includes(one) ||
        (one === 'repository' && facts),
    );
    if (!input) return [];
    const failing = subject.state === 'failing';
    return [
      {
        ...{ input, code: 'never-read' },
        message: `${name} was never read${
          failing ? ': the last try failed' : ' yet'
        }.`,
        action: failing
          ? 'See on its page why the reading fails.'
          : 'It is read soon, by itself.',
      },
    ];
  }
  const told = values.repository as Record<string, unknown>;
  const gaps = reads.taken
    .filter(field => told[field] === undefined)
    .map(notTold);
  // Where there is no commit there is nothing to scan.
  if (subject.headCommit !== null) {
    if (of('findings')) {
      gaps.push(
        ...gapsOfScans('findings', reads.kinds, subject, portal),
        ...kindGaps(reads.kinds, subject, portal),
        ...gapsOfDetectors(reads.kinds, subject, portal),
      );
    }
    if (of('components')) {
      gaps.push(...gapsOfScans('components', null, subject, portal));
    }
  }
  if (of('verdicts') && !reads.judgesUnknown) {
    gaps.push(...verdictGaps(reads.checks, subject));
  }
  return gaps;
}

/** In CEL, `false && x` is false where `x` cannot be told: a condition would seem to be judged. */
function notTold(field: string): Gap {
  return {
    ...{ input: 'repository', code: 'not-told' },
    message: `'repository.${field}' is not known of this repository.`,
    action: `See its page for what could not be read, or ask 'has(repository.${field})' in the policy.`,
  };
}

/** Where nobody looks, nothing is found. */
function kindGaps(
  kinds: readonly string[] | null,
  { name, scans, ecosystems }: Subject,
  portal: Portal,
): Gap[] {
  const input = 'findings';
  const { scanners, matchers } = portal;
  const gaps: Gap[] = [];
  const asked = matchedKinds(kinds);
  const empty = matchers.find(
    one => one.empty && asked.some(kind => isMatchedBy(one, kind)),
  );
  if (empty) {
    gaps.push({
      ...{ input, code: 'no-advisories' },
      message: `${empty.title} has nothing to match components against yet.`,
      action: 'See on the Sources page what becomes of its import.',
    });
  }
  const used = ecosystems.map(({ ecosystem }) => ecosystem);
  const { missing } = unmatchedEcosystems(used, asked, portal);
  if (missing.length > 0 && !empty) {
    gaps.push({
      ...{ input, code: 'no-advisories' },
      message: `${name} has components of ${missing.join(
        ', ',
      )}, and nothing to match those against was imported.`,
      action:
        'Have it imported, or see on the Sources page what becomes of its import.',
    });
  }
  // What the tools that report look for, nobody knows.
  const reports = scans.map(({ scannerId }) => scannerId).filter(isReport);
  if (!reports.every(isAlerts)) return gaps;
  const unwatched = (kinds ?? []).filter(
    kind =>
      !matchers.some(matcher => isMatchedBy(matcher, kind)) &&
      !scanners.some(
        ({ finds }) => finds?.includes(kind as FindingKind) ?? true,
      ),
  );
  return [
    ...gaps,
    ...unwatched.map(kind => ({
      ...({ input, code: 'nobody-looks' } as const),
      message: `Nothing looks for findings of the kind '${kind}' in ${name}.`,
      action: 'Add a module that does to the backend.',
    })),
  ];
}

function verdictGaps(
  checks: readonly string[] | null,
  { name, verdicts }: Subject,
): Gap[] {
  const read = verdicts.filter(
    ({ check }) => checks === null || checks.includes(check),
  );
  const missing = (checks ?? []).filter(
    check => !verdicts.some(verdict => verdict.check === check),
  );
  return [
    ...missing.map(
      (check): Gap => ({
        ...{ input: 'verdicts', code: 'no-verdict' },
        message: `There is no verdict of the check '${check}' on ${name}.`,
        action:
          'Correct its id in the policy, or add the module that has the check.',
      }),
    ),
    ...read
      .filter(({ status }) => status === 'unknown')
      .map(
        ({ check, message }): Gap => ({
          ...{ input: 'verdicts', code: 'unknown-verdict' },
          message: `The verdict of '${check}' is unknown: ${message}`,
          action: 'See the verdict on the Health page for what it lacks.',
        }),
      ),
  ];
}
