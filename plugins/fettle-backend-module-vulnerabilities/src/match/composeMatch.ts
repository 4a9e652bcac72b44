import {
  orderOfEcosystem,
  orderOfSemverRanges,
  type ComponentMatch,
} from 'backstage-plugin-fettle-node';
import type { Range } from '../record/readRanges';
import { severityOfScore } from '../record/severityOf';
import type { Exploitation, StoredAdvisory } from '../store/findAdvisories';
import { byRenown } from './groupNames';
import { judgeVersion, type Judgement } from './judgeVersion';

/** One record that concerns a component. */
export interface Hit extends Judgement {
  advisory: StoredAdvisory;
  ranges: readonly Range[];
}

const MAX_REFERENCES = 10;

/**
 * What a group of records that are names of one problem says of a component.
 * Among `names` are those of records of the group that do not concern it.
 */
export function composeMatch(
  component: { ecosystem: string; name: string },
  hits: readonly Hit[],
  names: Iterable<string>,
  { scores, exploited }: Exploitation,
): ComponentMatch {
  const [rule, ...aliases] = byRenown(names);
  const cves = [rule, ...aliases].filter(name => name.startsWith('CVE-'));
  const known = cves.flatMap(cve => scores.get(cve) ?? []);
  const threat = hits.some(({ advisory }) => advisory.kind === 'threat');
  const told = teller(hits);
  const fixedIn = threat ? [] : fixesOf(component.ecosystem, hits);
  return {
    kind: threat ? 'threat' : 'vulnerability',
    rule,
    aliases,
    title: told.title,
    ...severityOfGroup(hits, threat),
    ...(known.length > 0 ? { epss: Math.max(...known) } : {}),
    ...(cves.some(cve => exploited.has(cve)) ? { exploited: true } : {}),
    fixedIn,
    certain: hits.some(({ verdict }) => verdict === 'affected'),
    description: told.description,
    ...fixText(component.name, threat, fixedIn),
    references: [
      ...new Set(hits.flatMap(({ advisory }) => advisory.references)),
    ].slice(0, MAX_REFERENCES),
  };
}

/** The record that tells the story: reviewed ones first, else the longest. */
function teller(hits: readonly Hit[]): StoredAdvisory {
  const [best] = [...hits].sort(
    (a, b) =>
      Number(b.advisory.names[0].startsWith('GHSA-')) -
        Number(a.advisory.names[0].startsWith('GHSA-')) ||
      b.advisory.description.length - a.advisory.description.length,
  );
  return best.advisory;
}

const ORDER = ['critical', 'high', 'medium', 'low', 'unknown'] as const;

/** The highest score of the newest version of CVSS; without one, the worst word. */
function severityOfGroup(
  hits: readonly Hit[],
  threat: boolean,
): Pick<ComponentMatch, 'severity' | 'cvss'> {
  const [best] = hits
    .flatMap(({ advisory: { cvss, cvssVersion } }) =>
      cvss === null ? [] : [{ cvss, version: cvssVersion ?? 0 }],
    )
    .sort((a, b) => b.version - a.version || b.cvss - a.cvss);
  if (best) {
    return {
      severity: threat ? 'critical' : severityOfScore(best.cvss, best.version),
      cvss: best.cvss,
    };
  }
  const words = hits.map(({ advisory }) => ORDER.indexOf(advisory.severity));
  return { severity: threat ? 'critical' : ORDER[Math.min(...words)] };
}

/** Where each range ends first, unless another record of the group goes on from there. */
function fixesOf(ecosystem: string, hits: readonly Hit[]): string[] {
  const order = orderOfEcosystem(ecosystem) ?? orderOfSemverRanges(ecosystem);
  const isFree = (fix: string) =>
    hits.every(
      ({ ranges }) =>
        judgeVersion(ecosystem, fix, ranges).verdict !== 'affected',
    );
  const fixes = hits.flatMap(hit =>
    hit.fixes.flatMap(ends => ends.find(isFree) ?? []),
  );
  fixes.sort((a, b) => order.compare(a, b) ?? 0);
  return fixes.filter(
    (fix, i) =>
      i === 0 ||
      (fix !== fixes[i - 1] && order.compare(fixes[i - 1], fix) !== 0),
  );
}

function fixText(
  name: string,
  threat: boolean,
  fixedIn: readonly string[],
): Pick<ComponentMatch, 'fix'> {
  if (threat) {
    return {
      fix: `Remove ${name}, and renew every secret that was on machines where it was installed.`,
    };
  }
  return fixedIn.length > 0
    ? {
        fix: `Update ${name} to ${fixedIn.join(
          ' or ',
        )}, or a later version of that line.`,
      }
    : {};
}
