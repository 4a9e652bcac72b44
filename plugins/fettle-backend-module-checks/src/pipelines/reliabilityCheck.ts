import { createCheck, type CheckResult } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { counted } from '../text/counted';
import { pipelinesFact } from './pipelinesFact';

const share = z.number().min(0).max(1);

/** A red run means something. */
export const reliabilityCheck = createCheck({
  id: 'pipeline-reliability',
  title: 'Pipelines are reliable',
  group: 'Delivery',
  why: 'Where the same commit fails and succeeds by turns, people learn to run again and not to look.',
  fix: 'Look at the flaky pipelines on the Pipelines tab, and mend or quarantine the tests that differ on one commit.',
  appliesTo: 'Repositories with enough runs in 30 days',
  scope: 'repository',
  weight: 1,
  facts: { pipelines: pipelinesFact },
  parameters: z.strictObject({
    /** Fewer commits that a pipeline ran on say too little. */
    leastCommits: z.number().int().min(1).default(5),
    /** Google's engineers saw about 1.5 % of their tests' runs flaky (https://testing.googleblog.com/2016/05/flaky-tests-at-google-and-how-we.html); a pipeline has many tests. */
    warnAbove: share.default(0.05),
    failAbove: share.default(0.2),
  }),
  evaluate({ facts: { pipelines }, parameters }): CheckResult {
    const { leastCommits, warnAbove, failAbove } = parameters;
    const enough = (pipelines ?? []).filter(
      ({ commits }) => commits >= leastCommits,
    );
    if (enough.length === 0) {
      return {
        status: 'not-applicable',
        message: `No pipeline ran on ${counted(
          leastCommits,
          'commit',
        )} or more in 30 days.`,
      };
    }
    const worst = enough.reduce((a, b) =>
      b.flaky / b.commits > a.flaky / a.commits ? b : a,
    );
    const rate = worst.flaky / worst.commits;
    const told = `${worst.name} both failed and succeeded on ${
      worst.flaky
    } of ${counted(worst.commits, 'commit')} in 30 days`;
    if (rate > failAbove) return { status: 'fail', message: `${told}.` };
    if (rate > warnAbove) return { status: 'warn', message: `${told}.` };
    return {
      status: 'pass',
      message:
        worst.flaky === 0
          ? `No pipeline both failed and succeeded on one commit in 30 days.`
          : `${told}.`,
    };
  },
});
