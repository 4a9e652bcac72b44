import type { ShownRemediation } from '../store/remediation/readRemediations';
import type { PlanProblem, StoredPlan } from '../store/remediation/StoredPlan';
import { toPlanView, toRemediationView, toStory } from './present';

const PLACE = 'config/prod.env';

function problem(kind: 'secret' | 'misconfiguration'): PlanProblem {
  return {
    ...{ id: '1', key: 'f1', kind: 'finding', title: 'AWS access key' },
    finding: {
      ...{ id: 'f1', kind, rule: 'aws', aliases: [], severity: 'high' },
      ...{ path: PLACE, line: 7 },
    },
  };
}

const reason = { code: 'x', message: `In ${PLACE}`, action: `See ${PLACE}` };

function plan(of: PlanProblem): StoredPlan {
  return {
    ...{ problems: [of], approvals: [], state: 'ready', level: 'propose' },
    ...{ playbookTitle: 'Take out', title: 'Take out: AWS access key' },
    files: [{ path: PLACE, kind: 'deleted', diff: null }],
    actions: [{ summary: `Tell of ${PLACE}`, before: null, after: PLACE }],
    ...{ obstacles: [reason], notes: [PLACE] },
    unmended: [{ key: 'f1', reason: PLACE }],
  } as unknown as StoredPlan;
}

const remediation = (of: PlanProblem) =>
  ({
    ...{ problems: [of], reason, change: null, title: 'Take out' },
    waitsFor: { stepId: 'ask', question: `Is ${PLACE} revoked?` },
  } as unknown as ShownRemediation);

const story = [
  {
    ...{ at: '2026-06-01T12:00:00Z', event: 'failed', message: PLACE },
    ...{ stepId: null, actor: null, url: null },
  },
];

function shown(kind: 'secret' | 'misconfiguration', seeSecrets: boolean) {
  const rights = { actor: 'user:default/ada', approve: true, apply: true };
  const one = problem(kind);
  return JSON.stringify([
    toPlanView(plan(one), { now: new Date(0), rights, seeSecrets }),
    toRemediationView(remediation(one), seeSecrets),
    toStory(remediation(one), story, seeSecrets),
  ]);
}

it('does not say where a secret is to those who may not see it', () => {
  expect(shown('secret', false)).not.toContain(PLACE);
  expect(shown('secret', false)).toContain('AWS access key');
  expect(shown('secret', true)).toContain(PLACE);
  expect(shown('misconfiguration', false)).toContain(PLACE);
});
