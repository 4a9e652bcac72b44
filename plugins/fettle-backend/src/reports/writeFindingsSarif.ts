import type { Finding, Severity } from 'backstage-plugin-fettle-common';
import { SARIF_LEVELS, sarifLocations } from './sarifParts';

const RANKS: Readonly<Record<Severity, string | undefined>> = {
  ...{ critical: '9.5', high: '8.0', medium: '5.5', low: '2.0' },
  unknown: undefined,
};

/** Findings of a fleet as SARIF 2.1.0: each repository is a run. */
export function writeFindingsSarif(
  findings: readonly (Finding & { repository: string; remote: string })[],
): string {
  const byRepository = new Map<string, (typeof findings)[number][]>();
  for (const finding of findings) {
    const of = byRepository.get(finding.repositoryId);
    if (of) of.push(finding);
    else byRepository.set(finding.repositoryId, [finding]);
  }
  return JSON.stringify({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [...byRepository.values()].map(toRun),
  });
}

function toRun(
  findings: readonly (Finding & { repository: string; remote: string })[],
) {
  const [{ repository, remote }] = findings;
  const rules = [...new Map(findings.map(one => [one.rule, one])).values()];
  const indexes = new Map(rules.map(({ rule }, index) => [rule, index]));
  return {
    tool: {
      driver: {
        name: 'Fettle',
        rules: rules.map(({ rule, title, severity, cvss, kind }) => ({
          id: rule,
          shortDescription: { text: title },
          properties: {
            tags: ['security', kind],
            'security-severity': cvss === null ? RANKS[severity] : String(cvss),
          },
        })),
      },
    },
    automationDetails: { id: `fettle/${repository}/` },
    ...(/^https?:/.test(remote) && {
      versionControlProvenance: [{ repositoryUri: remote }],
    }),
    results: findings.map(finding => ({
      ruleId: finding.rule,
      ruleIndex: indexes.get(finding.rule),
      ...judgement(finding),
      message: { text: messageOf(finding) },
      ...sarifLocations(finding.path, finding.line),
      partialFingerprints: { 'fettleFinding/v1': finding.id },
      ...(finding.exception && {
        suppressions: [
          {
            ...{ kind: 'external', status: 'accepted' },
            justification: finding.exception.reason,
          },
        ],
      }),
    })),
  };
}

/** What is gone is told of as such, and not as a result that is there. */
function judgement({ state, severity }: Finding) {
  return state === 'fixed'
    ? { kind: 'pass', level: 'none', baselineState: 'absent' }
    : { kind: 'fail', level: SARIF_LEVELS[severity] };
}

function messageOf({ title, component, fixedIn }: Finding): string {
  const what = component
    ? `${component.name} ${component.versions.join(', ')}: ${title}`
    : title;
  return fixedIn.length > 0 ? `${what} (fixed in ${fixedIn.join(', ')})` : what;
}
