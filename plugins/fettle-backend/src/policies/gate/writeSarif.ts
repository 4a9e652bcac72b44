import type { Gate, GateReason } from 'backstage-plugin-fettle-common';
import { SARIF_LEVELS, sarifLocations } from '../../reports/sarifParts';
import type { Subject, SubjectFinding } from '../subject/Subject';

/** What a gate answers, as SARIF 2.1.0: each policy that is not kept is a rule, each finding that breaks it a result. */
export function writeSarif(
  gate: Gate,
  subject: Subject,
  options: { seeSecrets: boolean },
): string {
  const findings = new Map(subject.findings.map(one => [one.id, one]));
  const rules = gate.reasons.map(({ policyId, title, severity, level }) => ({
    id: policyId,
    shortDescription: { text: title },
    defaultConfiguration: { level: SARIF_LEVELS[severity] },
    properties: { severity, enforcement: level },
  }));
  const results = gate.reasons.flatMap((reason, ruleIndex) => {
    const shown = reason.rests
      .filter(({ input }) => input === 'findings')
      .flatMap(({ first }) => first.flatMap(id => findings.get(id) ?? []));
    const common = { ruleId: reason.policyId, ruleIndex };
    if (shown.length === 0) {
      return [{ ...common, ...judgement(reason), ...text(messageOf(reason)) }];
    }
    return shown.map(finding => ({
      ...common,
      ...judgement(reason),
      ...text(`${finding.title} (${finding.rule}). ${reason.message}`),
      ...placeOf(finding, options.seeSecrets),
      partialFingerprints: { 'fettleFinding/v1': finding.id },
    }));
  });
  const { answer, commit, reason } = gate;
  return JSON.stringify({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name: 'Fettle policies', rules },
        },
        automationDetails: { id: `fettle-gate/${subject.name}/` },
        invocations: [
          {
            executionSuccessful: answer !== 'unknown',
            ...(reason && {
              toolExecutionNotifications: [
                {
                  level: 'error',
                  ...text(`${reason.message} ${reason.action}`),
                },
              ],
            }),
          },
        ],
        ...(commit !== null &&
          /^https?:/.test(subject.remote) && {
            versionControlProvenance: [
              { repositoryUri: subject.remote, revisionId: commit },
            ],
          }),
        results,
        properties: { answer },
      },
    ],
  });
}

function text(message: string) {
  return { message: { text: message } };
}

function messageOf({ message, reason }: GateReason): string {
  return reason ? `${message} ${reason.message} ${reason.action}` : message;
}

/** What could not be judged is an open question, not a result. */
function judgement({ status, severity }: GateReason) {
  return status === 'unknown'
    ? { kind: 'open', level: 'none' }
    : { kind: 'fail', level: SARIF_LEVELS[severity] };
}

function placeOf({ kind, path, line }: SubjectFinding, seeSecrets: boolean) {
  const hidden = kind === 'secret' && !seeSecrets;
  return sarifLocations(hidden ? null : path, line);
}
