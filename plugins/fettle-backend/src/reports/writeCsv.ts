import type { Finding, ListedComponent } from 'backstage-plugin-fettle-common';
import { stringify } from 'csv-stringify/sync';

/** Formulas are written so that no spreadsheet computes them: names come from outside. */
const OPTIONS = { header: true, escape_formulas: true } as const;

export function writeComponentsCsv(
  components: readonly ListedComponent[],
): string {
  return stringify(
    components.map(one => ({
      ecosystem: one.ecosystem,
      name: one.name,
      version: one.version ?? '',
      newest: one.newest?.version ?? '',
      'newest from': one.newest?.from ?? '',
      behind: behindText(one),
      requirement: one.requirement ?? '',
      licence: one.licence ?? '',
      scope: one.scope,
      direct: one.direct === null ? '' : String(one.direct),
      path: one.path,
      purl: one.purl,
    })),
    OPTIONS,
  );
}

/** Empty where it is not known. */
function behindText({ behind }: ListedComponent): string {
  if (!behind) return '';
  return behind.by > 0 ? `${behind.by} ${behind.step}` : behind.step;
}

export function writeFindingsCsv(
  findings: readonly (Finding & { repository: string })[],
): string {
  return stringify(
    findings.map(one => ({
      repository: one.repository,
      priority: one.priority,
      severity: one.severity,
      kind: one.kind,
      rule: one.rule,
      title: one.title,
      package: one.component?.name ?? '',
      versions: one.component?.versions.join(' ') ?? '',
      'fixed in': one.fixedIn.join(' '),
      path: one.path ?? '',
      line: one.line ?? '',
      state: one.state,
      'first seen': one.firstSeenAt,
      due: one.dueAt ?? '',
      'seen by': one.seenBy.join(', '),
    })),
    OPTIONS,
  );
}
