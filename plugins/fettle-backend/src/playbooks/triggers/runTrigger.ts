import type { Reason } from 'backstage-plugin-fettle-common';
import type { RunCause } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { MOST_INNER } from '../../policies/language/cost';
import { make } from '../../policies/language/environment';
import { RUN_CAUSES } from '../../policies/language/words';
import type {
  BranchStanding,
  PlaybookStore,
} from '../../store/playbooks/PlaybookStore';
import type { CauseFinder, Failure } from './failures/CauseFinder';
import { keyOf } from './keyOf';
import { goneRepository } from './repositoryGap';
import { readSubject } from './readSubject';
import type { Trigger } from './Trigger';

/** What failed longer ago is left to people. */
const BACK_MS = 30 * 24 * 60 * 60 * 1000;
/** Of a repository, at a time. */
const MOST = 50;

const parameters = z.strictObject({
  branches: z
    .enum(['default', 'any'])
    .default('default')
    .describe('Runs on the default branch only, or on any'),
  pipelines: z
    .array(z.string().min(1).max(300))
    .max(200)
    .default([])
    .describe('Names of pipelines; all where it is empty'),
  causes: z
    .array(z.enum(RUN_CAUSES as [RunCause, ...RunCause[]]))
    .default([])
    .describe(
      'Why it failed, as far as logs and history tell; any where it is empty',
    ),
});

/** Sees pipelines of which the newest run failed. */
export function createRunTrigger(services: {
  store: PlaybookStore;
  causes: CauseFinder;
  clock: () => Date;
}): Trigger<z.output<typeof parameters>> {
  const { store, causes, clock } = services;
  return {
    id: 'run',
    title: 'The newest run failed',
    parameters,
    variable: 'run',
    everything: { branches: 'any' },
    async see(repositoryId, wanted, options = {}) {
      const since = new Date(clock().getTime() - BACK_MS);
      const anyBranch = wanted.branches === 'any';
      const [subject, { standings, complete }] = await Promise.all([
        readSubject(store, repositoryId, options),
        store.standings(repositoryId, { anyBranch, since }),
      ]);
      if (!subject) return { problems: [], ...goneRepository(repositoryId) };
      const named = standings.filter(
        ({ pipeline }) =>
          wanted.pipelines.length === 0 || wanted.pipelines.includes(pipeline),
      );
      const failed = named.filter(({ newest }) => newest.state === 'failed');
      const settled = failed.filter(({ underWay }) => !underWay);
      const seen = await Promise.all(
        settled.slice(0, MOST).map(async standing => ({
          standing,
          failure: await causes.find(repositoryId, standing, options),
        })),
      );
      const isWanted = ({ failure }: { failure: Failure }) =>
        wanted.causes.length === 0 || wanted.causes.includes(failure.cause);
      return {
        problems: seen.filter(isWanted).map(toSeen),
        gap: gapOf(failed, {
          ...{ name: subject.name, complete },
          // A run that fails again for another reason has not healed.
          other: seen.find(one => !isWanted(one)),
        }),
        commit: subject.headCommit,
        readAt: newestOf(named),
      };
    },
  };
}

function gapOf(
  failed: readonly BranchStanding[],
  given: {
    name: string;
    complete: boolean;
    other?: { standing: BranchStanding; failure: Failure };
  },
): Reason | null {
  const { name, complete, other } = given;
  const running = failed.find(({ underWay }) => underWay);
  if (running) {
    return {
      code: 'run-under-way',
      message: `A newer run of '${running.pipeline}' is under way in ${name}.`,
      action: 'It is looked at when it has finished.',
    };
  }
  if (!complete || failed.length > MOST) {
    return {
      code: 'too-many',
      message: `${name} has more runs than are looked at; the newest are.`,
      action: 'Narrow the trigger by pipelines or to the default branch.',
    };
  }
  if (!other) return null;
  return {
    code: 'other-cause',
    message: `'${other.standing.pipeline}' fails in ${name}; the cause is: ${other.failure.cause}.`,
    action: 'See the run and its log.',
  };
}

function newestOf(standings: readonly BranchStanding[]): string | null {
  return (
    standings
      .map(({ newest }) => newest.finishedAt)
      .sort()
      .at(-1) ?? null
  );
}

function toSeen({
  standing,
  failure,
}: {
  standing: BranchStanding;
  failure: Failure;
}) {
  const { sourceId, pipelineId, pipeline, branch, newest } = standing;
  const { jobs, cause } = failure;
  const on = branch === null ? '' : ` on ${branch}`;
  return {
    problem: {
      // Not by the run: the same pipeline that fails anew has not healed.
      key: keyOf(sourceId, pipelineId, branch ?? ''),
      kind: 'run',
      title: `'${pipeline}' fails${on}`,
      run: {
        source: sourceId,
        runId: newest.ref.runId,
        attempt: newest.ref.attempt,
        ...{ pipelineId, pipeline, branch, cause },
        commit: newest.commit,
        ...(standing.goodCommit === null
          ? {}
          : { lastGreen: standing.goodCommit }),
        failed: jobs.map(({ id, name, step }) => ({
          ...{ id, name },
          ...(step === null ? {} : { step }),
        })),
      },
    },
    values: {
      run: make('Run', {
        ...{ id: newest.ref.runId, pipeline, branch, cause },
        defaultBranch: standing.defaultBranch,
        ...{ commit: newest.commit, event: newest.event },
        attempt: BigInt(newest.ref.attempt),
        failedJobs: jobs.slice(0, MOST_INNER).map(({ name }) => name),
        failures: BigInt(standing.failures),
        failed: new Date(newest.finishedAt),
        since: new Date(standing.since),
      }),
    },
  };
}
