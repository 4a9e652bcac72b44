import type { StepProblem } from 'backstage-plugin-fettle-node';
import type { StateContext } from '../states/StateContext';
import { playbook } from '../testRemediations';
import { readTarget } from './readTarget';

const EFFECT = '2026-06-01T12:00:00Z';
const LATER = '2026-06-01T13:00:00Z';

function run(attempt: number): StepProblem {
  return {
    ...{ key: 'ci', kind: 'run', title: "'CI' fails" },
    run: {
      ...{ source: 'ci', runId: '7', attempt, pipelineId: 'ci' },
      ...{ pipeline: 'CI', branch: 'main', commit: 'c1', failed: [] },
      cause: 'network',
    },
  };
}

const vulnerable: StepProblem = {
  ...{ key: 'f1', kind: 'finding', title: 'A hole in leaf' },
  finding: {
    ...{ id: 'f1', kind: 'vulnerability', rule: 'x', aliases: [] },
    ...{ severity: 'high', path: null, line: null, package: 'leaf' },
  },
};

/** Read after the effect, of what is there each time that it is read. */
function reading(
  problem: StepProblem,
  times: StepProblem[][],
  match: () => Promise<string[]> = async () => [],
) {
  let n = 0;
  const context = {
    ...{ now: new Date(LATER), playbook: playbook({}, []) },
    plan: { problems: [{ id: '1', ...problem }], unmended: [] },
    remediation: { progress: { mergeCommit: null, effectAt: EFFECT } },
    services: {
      match,
      problems: {
        read: async () => ({
          problems: times[Math.min(n++, times.length - 1)],
          ...{ inScope: true, gap: null, commit: 'c1' },
          readAt: '2026-06-01T12:10:00Z',
        }),
        readAll: async () => [],
      },
    },
  } as unknown as StateContext;
  return (since = EFFECT) => readTarget(context, since);
}

describe('the target, read again', () => {
  it('is not known by the run that failed before, but by one that came since', async () => {
    const same = await reading(run(1), [[run(1)]])();
    expect(same).toMatchObject({
      ...{ state: 'unknown', message: "'CI' has not run since." },
    });
    const newer = await reading(run(1), [[run(2)]])();
    expect(newer).toMatchObject({ state: 'wrong' });
  });

  it('stays right after a run that passed, though no other follows', async () => {
    const read = reading(run(1), [[]]);
    expect(await read(LATER)).toMatchObject({ state: 'right' });
    // A scan has to be of after the hold.
    const scan = reading(vulnerable, [[]]);
    expect(await scan(LATER)).toMatchObject({ state: 'unknown' });
  });

  it('is matched anew before a package counts as vulnerable still', async () => {
    const matched = reading(vulnerable, [[vulnerable], []]);
    expect(await matched()).toMatchObject({ state: 'right' });
    const still = reading(vulnerable, [[vulnerable]]);
    expect(await still()).toMatchObject({ state: 'wrong' });
    const failed = reading(vulnerable, [[vulnerable]], async () => ['OSV']);
    expect(await failed()).toMatchObject({
      ...{ state: 'unknown', message: 'OSV could not judge its components.' },
    });
  });
});
