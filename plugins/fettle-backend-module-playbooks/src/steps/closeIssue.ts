import type { PlannedAction, PlaybookStep } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { oneLine } from '../markdown/codeSpan';
import { issueMarker } from './issueMarker';
import { noTracker, trackerOf } from './openIssue';

const parameters = z.strictObject({
  playbook: z
    .string()
    .optional()
    .describe('The id of the playbook that opened it. Default: this one.'),
  openedBy: z
    .string()
    .min(1)
    .describe('The id of the step `open-issue` that opened it.'),
  each: z
    .enum(['repository', 'problem'])
    .default('repository')
    .describe('As that step has it.'),
  comment: z
    .string()
    .min(1)
    .max(2_000)
    .default('What this was about is put right.')
    .describe('The last word in the issue, in Markdown.'),
});

const inputSchema = z.object({ marker: z.string(), comment: z.string() });

export const closeIssue: PlaybookStep<z.output<typeof parameters>> = {
  id: 'close-issue',
  title: 'Close an issue',
  description: 'Closes an issue that a step `open-issue` opened, with a word.',
  parameters,
  // An issue that was closed cannot be opened again through a tracker.
  ...{ destructive: false, idempotent: true, reversible: false },
  phase: 'merged',
  mends: () => false,
  async plan(context) {
    const { host, repository, problems, playbook, signal } = context;
    const { openedBy, each, comment } = context.parameters;
    if (!host.issues) return { obstacles: [noTracker(context)] };
    const obstacles = await host.issues.check(repository, { signal });
    if (obstacles.length > 0) return { obstacles };
    const of = context.parameters.playbook ?? playbook.id;
    const markers =
      each === 'problem'
        ? problems.map(problem => issueMarker(of, openedBy, problem))
        : [issueMarker(of, openedBy)];
    const actions: PlannedAction[] = [];
    for (const marker of markers) {
      const found = await host.issues.find(repository, marker, { signal });
      if (found?.state !== 'open') continue;
      actions.push({
        summary: `Close issue ${oneLine(found.id)}`,
        before: { title: found.title, state: 'open' },
        after: { state: 'closed', comment },
        input: { marker, comment },
      });
    }
    return actions.length > 0
      ? { actions }
      : { notes: ['No such issue is open.'] };
  },
  async apply(context) {
    const { repository, signal } = context;
    const issue = inputSchema.parse(context.input);
    const closed = await trackerOf(context).close(
      ...([repository, issue, { signal }] as const),
    );
    return {
      state: 'done',
      message: closed
        ? `Issue ${oneLine(closed.id)} is closed.`
        : 'There is no such issue any more.',
      ...(closed?.url ? { url: closed.url } : {}),
    };
  },
};
