import {
  SourceError,
  type IssueTracker,
  type PlanContext,
  type PlannedAction,
  type PlaybookStep,
  type StepContext,
  type StepProblem,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { codeSpan, oneLine } from '../markdown/codeSpan';
import { issueMarker } from './issueMarker';

const parameters = z.strictObject({
  title: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .describe('Of the issue. Default: the title of the problem or playbook.'),
  text: z
    .string()
    .max(20_000)
    .default('')
    .describe('Markdown that stands above the list of problems.'),
  labels: z
    .array(z.string().min(1).max(100))
    .max(20)
    .default([])
    .describe('Labels of the issue, as the host calls them.'),
  each: z
    .enum(['repository', 'problem'])
    .default('repository')
    .describe('One issue for all problems of the repository, or one for each.'),
});
type Parameters = z.output<typeof parameters>;

const inputSchema = z.object({
  marker: z.string(),
  title: z.string(),
  body: z.string(),
  labels: z.array(z.string()),
});
const outputSchema = z.object({ opened: z.boolean() });

export const openIssue: PlaybookStep<Parameters> = {
  id: 'open-issue',
  title: 'Open or update an issue',
  description:
    'Opens an issue about the problems on the host of the repository, or brings the one that is open to what is known now.',
  parameters,
  ...{ destructive: false, idempotent: true, reversible: true },
  mends: () => false,
  async plan(context) {
    const { repository, host, problems, signal } = context;
    if (!host.issues) return { obstacles: [noTracker(context)] };
    const obstacles = await host.issues.check(repository, { signal });
    if (obstacles.length > 0) return { obstacles };
    const groups =
      context.parameters.each === 'problem'
        ? problems.map(problem => [problem])
        : [problems];
    if (groups.length === 0) return { notes: ['There is no problem.'] };
    const tracker = host.issues;
    return {
      actions: await Promise.all(
        groups.map(group => toAction(context, tracker, group)),
      ),
    };
  },
  async apply(context) {
    const { repository, signal } = context;
    const tracker = trackerOf(context);
    const issue = inputSchema.parse(context.input);
    const before = await tracker.find(repository, issue.marker, { signal });
    const { id, url } = await tracker.open(repository, issue, { signal });
    return {
      state: 'done',
      message: `Issue ${oneLine(id)} says what is wrong.`,
      ...(url ? { url } : {}),
      output: { opened: before?.state !== 'open' },
    };
  },
  async rollback(context) {
    const { repository, signal, input, output } = context;
    // One that was open before is not ours to close.
    if (!outputSchema.parse(output).opened) return;
    const { marker } = inputSchema.parse(input);
    const comment = 'The remediation that opened this was taken back.';
    await trackerOf(context).close(
      ...([repository, { marker, comment }, { signal }] as const),
    );
  },
  async verify(context) {
    const { repository, host, problems, playbook, signal } = context;
    if (problems.length === 0) {
      return { state: 'right', message: 'There is no problem.' };
    }
    if (!host.issues) {
      const { message } = noTracker(context);
      return { state: 'unknown', message };
    }
    const markers =
      context.parameters.each === 'problem'
        ? problems.map(problem =>
            issueMarker(playbook.id, playbook.stepId, problem),
          )
        : [issueMarker(playbook.id, playbook.stepId)];
    for (const marker of markers) {
      // One that was closed meanwhile was read, or closed by a later step.
      if (!(await host.issues.find(repository, marker, { signal }))) {
        return { state: 'wrong', message: 'There is no such issue.' };
      }
    }
    return { state: 'right', message: 'The issue tells of it.' };
  },
};

async function toAction(
  context: PlanContext<Parameters>,
  tracker: IssueTracker,
  problems: readonly StepProblem[],
): Promise<PlannedAction> {
  const { playbook, repository, signal } = context;
  const { each, labels, text } = context.parameters;
  const marker = issueMarker(
    ...[playbook.id, playbook.stepId],
    each === 'problem' ? problems[0] : undefined,
  );
  const found = await tracker.find(repository, marker, { signal });
  const open = found?.state === 'open' ? found : undefined;
  const known =
    problems.length === 1 ? oneLine(problems[0].title) : playbook.title;
  const title = context.parameters.title ?? known;
  const body = [text, problems.map(toLine).join('\n')]
    .filter(part => part !== '')
    .join('\n\n');
  return {
    summary: open ? `Update issue ${oneLine(open.id)}` : 'Open an issue',
    before: open ? { title: open.title } : null,
    after: { title, body, labels },
    input: { marker, title, body, labels },
  };
}

function toLine({ title, finding, verdict }: StepProblem): string {
  const path = finding?.path ?? verdict?.evidence[0]?.path;
  return `- ${codeSpan(title)}${path ? ` in ${codeSpan(path)}` : ''}`;
}

/** Why there can be no issue. */
export function noTracker({ repository }: StepContext<unknown>) {
  return {
    code: 'not-supported',
    message: `No host of ${repository.remote} has issues that Fettle can write.`,
    action: 'Add the module of its host, with credentials that may write them.',
  };
}

/** @throws SourceError where there is none any more */
export function trackerOf(context: StepContext<unknown>): IssueTracker {
  if (context.host.issues) return context.host.issues;
  const { message, action } = noTracker(context);
  throw new SourceError('failed', message, action);
}
