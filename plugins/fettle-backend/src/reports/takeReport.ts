import { ConflictError } from '@backstage/errors';
import {
  findingTriagePermission,
  type Finding,
  type ReportAccepted,
} from 'backstage-plugin-fettle-common';
import type { ScanProblem } from 'backstage-plugin-fettle-node';
import { PackageURL } from 'packageurl-js';
import type { StoredRepository } from '../store/FettleStore';
import type {
  FindingChanges,
  SecurityStore,
} from '../store/security/SecurityStore';
import { ecosystemOf } from './ecosystemOf';
import { readReport } from './readReport';
import { reportId } from './reportId';
import type { ReportReading, Statement } from './ReportFormat';

/** Of one vulnerability in one repository; more places than this nobody looks at. */
const MOST_PLACES = 200;
/** The one that scanners are given. */
const FINGERPRINT_KEY = 'fingerprints';

interface Options {
  repository: StoredRepository;
  commit: string;
  actor: string;
  security: SecurityStore;
  /** Matches the components of a repository now. Gives the titles of the matchers that failed. */
  match: (repositoryId: string) => Promise<string[]>;
  /** Whether who sends it may say that findings are false positives; asked only where the report says so. */
  mayTriage: () => Promise<boolean>;
  now: Date;
  onChange: (repositoryIds: readonly string[], revision: number | null) => void;
}

/**
 * Brings a report of another tool into force: it stands for what that tool sees
 * at the head of the repository, and what it saw before and does not see any
 * more is fixed.
 */
export async function takeReport(
  text: string,
  options: Options,
): Promise<ReportAccepted> {
  const { repository, commit, security, match } = options;
  if (repository.headCommit !== commit) {
    throw new ConflictError(
      `The report is about ${commit.slice(0, 7)}, but the head of ${
        repository.name
      } is ${
        repository.headCommit?.slice(0, 7) ?? 'not known'
      }. Only reports about the head of the default branch count.`,
    );
  }
  const key = await security.portalKey(FINGERPRINT_KEY);
  const { format, title, readings } = readReport(text, { key });
  const changes = { opened: 0, known: 0, fixed: 0 };
  const problems: ScanProblem[] = [];
  for (const reading of readings) {
    const saved = await save(reading, format, options);
    changes.opened += saved.opened;
    changes.known += saved.known;
    changes.fixed += saved.fixed;
    problems.push(...reading.problems, ...(reading.told ?? []));
    if (reading.failed) {
      const { message, action } = reading.failed;
      problems.push({ path: null, message, action });
    }
  }
  // First: a statement may be about a component that the same report names.
  if (readings.some(({ components }) => components)) {
    problems.unshift(...(await match(repository.id)).map(unmatched));
  }
  const statements = readings.flatMap(({ tool, statements: of = [] }) =>
    of.map(one => ({ ...one, observer: reportId(tool, format) })),
  );
  let falsePositives = 0;
  if (statements.length > 0 && !(await options.mayTriage())) {
    problems.unshift(refused(statements.length));
  } else {
    for (const statement of statements) {
      falsePositives += await apply(statement, options);
    }
  }
  const count = (of: 'findings' | 'components') =>
    readings.reduce((all, reading) => all + (reading[of]?.length ?? 0), 0);
  return {
    observer: readings.map(({ tool }) => reportId(tool, format)).join(', '),
    ...{ format: title, changes, falsePositives },
    ...{ findings: count('findings'), components: count('components') },
    problems: problems.slice(0, 50),
  };
}

/** What one tool sees. */
async function save(
  reading: ReportReading,
  format: string,
  { repository, commit, security, now, onChange }: Options,
): Promise<FindingChanges> {
  const { findings, components, failed, problems } = reading;
  const scan = {
    ...{ repositoryId: repository.id, digest: format },
    scannerId: reportId(reading.tool, format),
  };
  if (failed) {
    const { revision } = await security.saveFailedScan(
      { ...scan, reason: failed },
      now,
    );
    onChange([repository.id], revision);
  }
  if (!findings && !components) return { opened: 0, known: 0, fixed: 0 };
  const { revision, changes } = await security.saveScan(
    {
      ...{ ...scan, commit, keeps: reading.closed },
      report: { findings, components, problems },
    },
    now,
  );
  onChange([repository.id], revision);
  return changes;
}

/** Has findings be false positives; gives how many. */
async function apply(
  statement: Statement & { observer: string },
  options: Options,
): Promise<number> {
  const { actor, security, now, onChange } = options;
  const findings = await concerned(statement, options);
  for (const finding of findings) {
    const { repositoryIds, revision } = await security.accept(
      finding,
      {
        ...{ as: 'false-positive', scope: 'place', owner: null, actor },
        reason: `${statement.observer}: ${statement.reason}`,
      },
      now,
    );
    onChange(repositoryIds, revision);
  }
  return findings.length;
}

function unmatched(matcher: string): ScanProblem {
  return {
    path: null,
    message: `${matcher} could not judge the components; what it knows against them is not told yet.`,
    action: 'Send the report again later, or wait for the next scan.',
  };
}

function refused(count: number): ScanProblem {
  return {
    path: null,
    message: `What the report says of ${count} vulnerabilities that are none here was left out: that needs the permission '${findingTriagePermission.name}'.`,
    action:
      'Ask those who run this portal for it, or call them false positives by hand.',
  };
}

/** The open findings of the repository that a statement is about. */
async function concerned(
  { names, purls }: Statement,
  { repository, security }: Options,
): Promise<Finding[]> {
  const packages = purls.flatMap(purl => identify(purl) ?? []);
  const found = new Map<string, Finding>();
  for (const rule of names) {
    const { items } = await security.findings(
      { subpath: '', rule, kind: ['vulnerability'], limit: MOST_PLACES },
      'everything',
      repository.id,
    );
    for (const finding of items) found.set(finding.id, finding);
  }
  return [...found.values()].filter(({ component }) => {
    if (purls.length === 0) return true;
    // Every version there must be meant: one that is not is a vulnerability.
    const of = packages.filter(
      ({ ecosystem, name }) =>
        ecosystem === component?.ecosystem && name === component.name,
    );
    return (
      component !== null &&
      of.length > 0 &&
      component.versions.every(version =>
        of.some(one => one.version === null || one.version === version),
      )
    );
  });
}

function identify(purl: string) {
  try {
    return ecosystemOf(PackageURL.fromString(purl));
  } catch {
    // A statement about what no advisory knows concerns no finding.
    return undefined;
  }
}
