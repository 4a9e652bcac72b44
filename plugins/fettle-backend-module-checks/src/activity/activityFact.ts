import {
  createFactCollector,
  createFactRef,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';

/** When the default branch was last committed to, and how often of late. */
export const activityFact = createFactRef({
  id: 'activity',
  schema: z.object({
    /** ISO 8601, UTC; null where there is no commit to judge. */
    lastCommitAt: z.string().nullable(),
    /** In the last 90 days; null where the history is cut. */
    recent: z
      .object({ commits: z.number().int(), authors: z.number().int() })
      .nullable(),
    /** Why there is no commit. */
    headless: z.string().nullable(),
  }),
});

/** Takes the activity from the snapshot. */
export const activityFactCollector = createFactCollector({
  fact: activityFact,
  version: 1,
  scope: 'repository',
  volatile: true,
  collect({ snapshot }) {
    const { head, recent, headless } = snapshot;
    return {
      lastCommitAt: head?.committedAt ?? null,
      recent: recent
        ? { commits: recent.commits, authors: recent.authors }
        : null,
      headless: head ? null : headless?.message ?? 'There is no commit.',
    };
  },
});
