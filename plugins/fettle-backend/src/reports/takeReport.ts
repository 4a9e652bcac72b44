import { ConflictError } from '@backstage/errors';
import type { Finding, ReportAccepted } from 'backstage-plugin-fettle-common';
import type { ScanProblem } from 'backstage-plugin-fettle-node';
import { PackageURL } from 'packageurl-js';
import type { StoredRepository } from '../store/FettleStore';
import type { SecurityStore } from '../store/security/SecurityStore';
import { ecosystemOf } from './ecosystemOf';
import { readReport } from './readReport';
import { reportId } from './reportId';
import type { Statement } from './ReportFormat';

/** Of one vulnerability in one repository; more places than this nobody looks at. */
const MOST_PLACES = 200;

/**
 * Brings a report of another tool into force: it stands for what that tool sees
 * at the head of the repository, and what it saw before and does not see any
 * more is fixed.
 */
export async function takeReport(
  text: string,
  options: {
    repository: StoredRepository;
    commit: string;
    actor: string;
    security: SecurityStore;
    /** Matches the components of a repository now. Gives the titles of the matchers that failed. */
    match: (repositoryId: string) => Promise<string[]>;
    now: Date;
    onChange: (
      repositoryIds: readonly string[],
      revision: number | null,
    ) => void;
  },
): Promise<ReportAccepted> {
  const { repository, commit, security, match, now, onChange } = options;
  if (repository.headCommit !== commit) {
    throw new ConflictError(
      `The report is about ${commit.slice(0, 7)}, but the head of ${
        repository.name
      } is ${
        repository.headCommit?.slice(0, 7) ?? 'not known'
      }. Only reports about the head of the default branch count.`,
    );
  }
  const reading = readReport(text);
  const { findings, components } = reading;
  const problems = [...reading.problems];
  const observer = reportId(reading.tool, reading.format);
  let changes = { opened: 0, known: 0, fixed: 0 };
  if (findings || components) {
    const { revision, ...saved } = await security.saveScan(
      {
        ...{ repositoryId: repository.id, scannerId: observer, commit },
        digest: reading.format,
        keeps: reading.closed,
        report: { findings, components, problems: reading.problems },
      },
      now,
    );
    onChange([repository.id], revision);
    changes = saved.changes;
  }
  // First: a statement may be about a component that the same report names.
  if (components) problems.push(...(await match(repository.id)).map(unmatched));
  let falsePositives = 0;
  for (const statement of reading.statements ?? []) {
    for (const finding of await concerned(statement, options)) {
      const accepted = await security.accept(
        finding,
        {
          ...{ as: 'false-positive', scope: 'place', owner: null },
          reason: `${observer}: ${statement.reason}`,
          actor: options.actor,
        },
        now,
      );
      onChange(accepted.repositoryIds, accepted.revision);
      falsePositives += 1;
    }
  }
  return {
    ...{ observer, format: reading.title, changes },
    findings: findings?.length ?? 0,
    components: components?.length ?? 0,
    falsePositives,
    problems: problems.slice(0, 50),
  };
}

function unmatched(matcher: string): ScanProblem {
  return {
    path: null,
    message: `${matcher} could not judge the components; what it knows against them is not told yet.`,
    action: 'Send the report again later, or wait for the next scan.',
  };
}

/** The open findings of the repository that a statement is about. */
async function concerned(
  { names, purls }: Statement,
  {
    repository,
    security,
  }: { repository: StoredRepository; security: SecurityStore },
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
        of.some(one => one.version === undefined || one.version === version),
      )
    );
  });
}

function identify(purl: string) {
  try {
    const url = PackageURL.fromString(purl);
    return { ...ecosystemOf(url), version: url.version ?? undefined };
  } catch {
    // A statement about what no advisory knows concerns no finding.
    return undefined;
  }
}
