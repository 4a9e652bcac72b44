import {
  SourceError,
  type PlannedAction,
  type PlaybookStep,
  type RunCause,
  type StepProblem,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';

const TRANSIENT = [
  'network',
  'runner-lost',
  'rate-limit',
  'flaky-test',
] as const;

const parameters = z.strictObject({
  causes: z
    .array(z.enum(TRANSIENT))
    .min(1)
    .default([...TRANSIENT])
    .describe('Why a run may have failed to be done again.'),
  maxAttempts: z
    .number()
    .int()
    .min(2)
    .max(5)
    .default(2)
    .describe('How often a run is done at most, its first time included.'),
});

const inputSchema = z.object({
  runId: z.string(),
  attempt: z.number(),
  pipelineId: z.string(),
  failedOnly: z.boolean(),
});

const WHY: Record<RunCause, string> = {
  network: 'the network failed',
  'runner-lost': 'its runner was lost',
  'rate-limit': 'a service asked to wait',
  'flaky-test': 'a test failed that fails now and then',
  change: 'the change itself is wrong',
  unknown: 'nobody knows why',
};

export const rerunFailed: PlaybookStep<z.output<typeof parameters>> = {
  id: 'rerun-failed',
  title: 'Rerun a failed run',
  description:
    'Asks the CI to do a failed run again, or its failed jobs, where it failed of something that goes away by itself. A run that failed of the change, or nobody knows why, is left alone.',
  parameters,
  // Not every CI tells a second attempt from the first.
  ...{ destructive: false, idempotent: false, reversible: false },
  async plan(context) {
    const { problems, host } = context;
    const runs = problems.filter(({ run }) => run);
    if (runs.length === 0) return { notes: ['There is no failed run.'] };
    const unmended: { key: string; reason: string }[] = [];
    const actions: PlannedAction[] = [];
    for (const problem of runs) {
      const reason = reasonAgainst(problem, context.parameters);
      if (reason) unmended.push({ key: problem.key, reason });
      else actions.push(toAction(problem, host.pipelines?.rerunsFailed));
    }
    if (actions.length > 0 && !host.pipelines?.rerun) {
      return {
        unmended,
        obstacles: [
          {
            code: 'not-supported',
            message: `No CI of ${context.repository.remote} can be asked to do a run again.`,
            action: 'Connect its CI to Fettle, with the right to start runs.',
          },
        ],
      };
    }
    return { actions, unmended };
  },
  async apply({ input, host, repository, signal }) {
    const { runId, attempt, pipelineId, failedOnly } = inputSchema.parse(input);
    const run = { runId, attempt, pipelineId };
    const { pipelines } = host;
    if (!pipelines?.rerun) {
      throw new SourceError(
        'failed',
        `The CI of ${repository.remote} cannot be asked to do run ${runId} again any more.`,
        'Connect its CI to Fettle.',
      );
    }
    const now = await pipelines.readRun?.(repository, run, { signal });
    // Somebody was faster.
    if ((now?.attempt ?? attempt) > attempt || isGoing(now?.state)) {
      const message = `Run ${runId} is being done again already.`;
      return { state: 'done', message, url: now?.webUrl };
    }
    await pipelines.rerun(repository, run, { signal, failedOnly });
    return {
      state: 'done',
      message: `Asked for run ${runId} to be done again.`,
      ...(now?.webUrl ? { url: now.webUrl } : {}),
    };
  },
};

function reasonAgainst(
  { run }: StepProblem,
  { causes, maxAttempts }: z.output<typeof parameters>,
): string | undefined {
  const { cause, attempt } = run!;
  if (!(causes as readonly string[]).includes(cause)) {
    return `It is not done again: ${WHY[cause]}.`;
  }
  return attempt >= maxAttempts
    ? `It was done ${attempt} times already, and is not done again.`
    : undefined;
}

function toAction(
  { run }: StepProblem,
  failedOnly: boolean = false,
): PlannedAction {
  const { runId, attempt, pipelineId, pipeline, cause } = run!;
  const what = failedOnly ? 'the failed jobs of run' : 'run';
  return {
    summary: `Do ${what} ${runId} of ${pipeline} again: ${WHY[cause]}`,
    before: { attempt, cause },
    after: { attempt: attempt + 1 },
    input: { runId, attempt, pipelineId, failedOnly },
  };
}

function isGoing(state: string | undefined): boolean {
  return state === 'queued' || state === 'running' || state === 'waiting';
}
