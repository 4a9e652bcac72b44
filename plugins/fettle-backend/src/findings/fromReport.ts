import type { FindingReport } from 'backstage-plugin-fettle-node';
import type { Sighting } from './Sighting';

const MOST_TITLE = 300;
const MOST_TEXT = 2_000;
const MOST_LIST = 20;

/** What a scanner reported, with the commit of the history where it was, if that is what was scanned. */
export interface FoundReport extends FindingReport {
  origin?: Sighting['origin'];
}

/** What a scanner reported, within the limits of what is stored. */
export function fromReport(report: FoundReport): Sighting {
  return {
    kind: report.kind,
    rule: report.rule.slice(0, MOST_TITLE),
    aliases: [],
    title: report.title.slice(0, MOST_TITLE),
    severity: report.severity,
    ...{ cvss: null, epss: null, exploited: false },
    certain: report.certain ?? true,
    path: report.path ?? '',
    line: report.line ?? null,
    ...(report.origin && { origin: report.origin }),
    keys: report.keys.slice(0, MOST_LIST).map(key => key.slice(0, MOST_TITLE)),
    ...{ component: null, fixedIn: [] },
    message: report.message.slice(0, MOST_TEXT),
    description: report.description?.slice(0, MOST_TEXT) ?? null,
    fix: report.fix?.slice(0, MOST_TEXT) ?? null,
    references: safeReferences(report.references),
    ...(report.was && { was: report.was }),
  };
}

/** Only addresses of the web: they become links. */
export function safeReferences(given: readonly string[] = []): string[] {
  return given
    .filter(address => /^https?:\/\//i.test(address) && URL.canParse(address))
    .slice(0, MOST_LIST);
}
