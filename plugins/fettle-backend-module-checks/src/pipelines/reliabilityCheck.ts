import {
  createCheck,
  type CheckResult,
  type PipelineReading,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { counted } from '../text/counted';
import { pipelinesFact } from './pipelinesFact';

const share = z.number().min(0).max(1);

type Judged = Omit<PipelineReading, 'id'>;
const GRADES = ['fail', 'warn', 'pass'] as const;

/** A red run means something. */
export const reliabilityCheck = createCheck({
  id: 'pipeline-reliability',
  title: 'Pipelines are reliable',
  group: 'Delivery',
  why: 'Where the same commit fails and succeeds by turns, or most runs fail, people learn to run again and not to look.',
  fix: 'Look at the pipelines named on the Pipelines tab, and mend or quarantine the tests that differ on one commit.',
  appliesTo:
    'Repositories with a pipeline that succeeded on enough commits in 30 days',
  scope: 'repository',
  weight: 1,
  facts: { pipelines: pipelinesFact },
  parameters: z
    .strictObject({
      /** Fewer commits that a pipeline succeeded on say too little. Failures do not count towards it, so that none can bring a good verdict about. */
      leastCommits: z.number().int().min(1).default(5),
      /** Google's engineers saw about 1.5 % of their tests' runs flaky (https://testing.googleblog.com/2016/05/flaky-tests-at-google-and-how-we.html); a pipeline has many tests. */
      warnAbove: share.default(0.05),
      failAbove: share.default(0.2),
      /** Finding mistakes on branches is what a pipeline is for; where it fails more often than not, nobody waits for its word. */
      warnBelowSuccess: share.default(0.5),
      failBelowSuccess: share.default(0.25),
    })
    .refine(p => p.warnAbove <= p.failAbove, {
      message: 'warnAbove must not be more than failAbove',
      path: ['warnAbove'],
    })
    .refine(p => p.failBelowSuccess <= p.warnBelowSuccess, {
      message: 'failBelowSuccess must not be more than warnBelowSuccess',
      path: ['failBelowSuccess'],
    }),
  evaluate({ facts: { pipelines }, parameters }): CheckResult {
    const { leastCommits, failAbove, warnAbove } = parameters;
    const { failBelowSuccess, warnBelowSuccess } = parameters;
    const enough = (pipelines ?? []).filter(
      ({ commits }) => commits >= leastCommits,
    );
    if (enough.length === 0) {
      return {
        status: 'not-applicable',
        message: `No pipeline succeeded on ${counted(
          leastCommits,
          'commit',
        )} or more in 30 days.`,
      };
    }
    const gradeOf = (one: Judged) => {
      const flaky = one.flaky / one.commits;
      const success = one.succeeded / one.decided;
      if (flaky > failAbove || success < failBelowSuccess) return 'fail';
      return flaky > warnAbove || success < warnBelowSuccess ? 'warn' : 'pass';
    };
    const graded = GRADES.map(grade => ({
      grade,
      members: enough
        .filter(one => gradeOf(one) === grade)
        .sort((a, b) => b.flaky / b.commits - a.flaky / a.commits),
    }));
    const { grade, members } = graded.find(one => one.members.length > 0)!;
    if (grade === 'pass' && members[0].flaky === 0) {
      return {
        status: 'pass',
        message:
          'No pipeline both failed and succeeded on one commit in 30 days.',
      };
    }
    return {
      status: grade,
      message: `${tell(members[0])}, in 30 days.`,
      evidence: graded
        .filter(one => one.grade !== 'pass')
        .flatMap(one => one.members)
        .map(one => ({ message: `${tell(one)}.` })),
    };
  },
});

function tell({ name, flaky, commits, succeeded, decided }: Judged): string {
  return `${name} failed too on ${flaky} of ${counted(
    commits,
    'commit',
  )} that it succeeded on, and succeeded in ${succeeded} of ${counted(
    decided,
    'run',
  )}`;
}
