import { SourceError, type PlaybookStep } from 'backstage-plugin-fettle-node';
import { z } from 'zod';

const name = z.string().trim().min(1).max(200);

const parameters = z.strictObject({
  owners: z
    .record(z.string(), z.union([name, z.array(name)]))
    .default({})
    .describe(
      'How the host calls the owners of entities, by entity ref in full: `group:default/payments: acme/payments`.',
    ),
  reviewers: z
    .array(name)
    .max(15)
    .default([])
    .describe('People or teams that are always asked, as the host calls them.'),
});

const inputSchema = z.object({ reviewers: z.array(z.string()) });

export const requestReview: PlaybookStep<z.output<typeof parameters>> = {
  id: 'request-review',
  title: 'Request a review',
  description:
    'Asks the owners of the entities that the repository backs to review the change.',
  parameters,
  // Asking somebody twice is asking once; nobody can be un-asked.
  ...{ destructive: false, idempotent: true, reversible: false },
  phase: 'opened',
  mends: () => false,
  async plan({
    parameters: { owners, reviewers },
    entities,
    host,
    repository,
  }) {
    if (!host.changes?.requestReview) {
      return {
        obstacles: [
          {
            code: 'not-supported',
            message: `The host of ${repository.remote} has no reviews that Fettle can ask for.`,
            action: 'Leave this step out for its repositories.',
          },
        ],
      };
    }
    const refs = entities.flatMap(({ owner }) => (owner ? [owner] : []));
    const known = refs.filter(ref => Object.hasOwn(owners, ref));
    const asked = [...known.flatMap(ref => owners[ref]), ...reviewers];
    const all = [...new Set(asked)].sort();
    const unknown = [...new Set(refs)].filter(ref => !known.includes(ref));
    const notes = unknown.map(
      ref =>
        `Nobody says how the host calls ${ref}: see the step's \`owners\`.`,
    );
    if (all.length === 0) {
      return {
        notes,
        obstacles: [
          {
            code: 'no-reviewer',
            message: `There is nobody to review a change of ${repository.remote}.`,
            action: 'Name its owner in `owners`, or `reviewers`, of the step.',
          },
        ],
      };
    }
    return {
      notes,
      actions: [
        {
          summary: `Ask ${all.join(', ')} to review the change`,
          ...{ before: null, after: all, input: { reviewers: all } },
        },
      ],
    };
  },
  async apply({ input, change, host, repository, signal }) {
    const { reviewers } = inputSchema.parse(input);
    if (!change || !host.changes?.requestReview) {
      throw new SourceError(
        'failed',
        `There is no change of ${repository.remote} that could be reviewed.`,
        'Use this step only in playbooks that change files.',
      );
    }
    const { id, branch, url } = change;
    await host.changes.requestReview(
      ...([repository, { id, branch, reviewers }, { signal }] as const),
    );
    return {
      state: 'done',
      message: `Asked ${reviewers.join(', ')} for a review.`,
      ...(url ? { url } : {}),
    };
  },
};
