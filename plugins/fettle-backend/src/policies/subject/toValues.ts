import { parseEntityRef } from '@backstage/catalog-model';
import { MOST_INNER } from '../language/cost';
import { make, type Typed } from '../language/environment';
import type { VariableName } from '../language/words';
import type { Subject, SubjectFinding, SubjectVerdict } from './Subject';

export type SubjectValues = Readonly<Record<VariableName, unknown>> & {
  findings: Typed[];
  components: Typed[];
  verdicts: Typed[];
  entities: Typed[];
};

const DAY_MS = 24 * 60 * 60 * 1000;

/** A subject as conditions read it. What is not known is absent. */
export function toValues(
  subject: Subject,
  scanners: readonly string[],
  now: Date,
): SubjectValues {
  return {
    now,
    repository: toRepository(subject, scanners),
    entities: subject.entities.map(entity => {
      const { kind, namespace, name } = parseEntityRef(entity.ref);
      return make('Entity', { ...entity, kind, namespace, name });
    }),
    verdicts: subject.verdicts.map(toVerdict),
    components: subject.components.map(component => {
      const { ecosystem, name, version, licence, path, direct, scope } =
        component;
      return make('Component', {
        ...{ ecosystem, name, version, licence, path, direct, scope },
      });
    }),
    findings: subject.findings.map(finding => toFinding(finding, now)),
  };
}

/** A verdict as conditions read it. */
export function toVerdict(verdict: SubjectVerdict): Typed {
  const { check, title, status, message, subpath, since } = verdict;
  return make('Verdict', {
    ...{ check, title, status, message, subpath },
    since: new Date(since),
  });
}

function toRepository(subject: Subject, scanners: readonly string[]): Typed {
  const { id, name, host, remote, state, entities, protection } = subject;
  const { defaultBranch, headCommit, headCommittedAt, score } = subject;
  return make('Repository', {
    ...{ id, name, host, remote, state, defaultBranch, headCommit, score },
    owners: distinct(entities.map(({ owner }) => owner)),
    systems: distinct(entities.map(({ system }) => system)),
    headAt: headCommittedAt && new Date(headCommittedAt),
    protected: protection?.protected,
    reviews: integer(protection?.reviews),
    forcePushes: protection?.forcePushes,
    archived: subject.archived,
    scans: scanners.map(scanner => {
      const scan = subject.scans.find(({ scannerId }) => scannerId === scanner);
      return make('Scan', {
        scanner,
        state: scan?.state ?? 'pending',
        current: headCommit !== null && scan?.commit === headCommit,
        at: scan?.scannedAt && new Date(scan.scannedAt),
      });
    }),
  });
}

/** A finding as conditions read it. */
export function toFinding(finding: SubjectFinding, now: Date): Typed {
  const { id, kind, rule, title, severity, cvss, epss, exploited } = finding;
  const { priority, state, certain, path, component, dueAt } = finding;
  const age = now.getTime() - Date.parse(finding.openedAt);
  return make('Finding', {
    ...{ id, kind, rule, title, severity, cvss, epss, exploited },
    ...{ priority, state, certain, path },
    aliases: finding.aliases.slice(0, MOST_INNER),
    package: component?.name ?? '',
    ecosystem: component?.ecosystem ?? '',
    versions: component?.versions.slice(0, MOST_INNER) ?? [],
    direct: component?.direct,
    scope: component?.scope ?? 'unknown',
    fixedIn: finding.fixedIn.slice(0, MOST_INNER),
    seenBy: finding.seenBy.slice(0, MOST_INNER),
    firstSeen: new Date(finding.firstSeenAt),
    opened: new Date(finding.openedAt),
    openDays: BigInt(Math.max(0, Math.floor(age / DAY_MS))),
    due: dueAt && new Date(dueAt),
    overdue: dueAt !== null && Date.parse(dueAt) < now.getTime(),
  });
}

function integer(value: number | undefined): bigint | undefined {
  return Number.isInteger(value) ? BigInt(value!) : undefined;
}

function distinct(values: readonly (string | null)[]): string[] {
  return [...new Set(values.filter(value => value !== null))].sort();
}
