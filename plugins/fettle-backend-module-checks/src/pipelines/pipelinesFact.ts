import {
  createFactCollector,
  createFactRef,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';

/** More pipelines than this are not judged one by one. */
const MOST = 100;

/** How the pipelines stand on the default branch; null where no run of theirs is known. */
export const pipelinesFact = createFactRef({
  id: 'pipelines',
  schema: z
    .array(
      z.object({
        name: z.string(),
        green: z.boolean().nullable(),
        since: z.string().nullable(),
        webUrl: z.string().nullable(),
        decided: z.number().int(),
        succeeded: z.number().int(),
        commits: z.number().int(),
        flaky: z.number().int(),
      }),
    )
    .nullable(),
});

/** Takes what hosts and CIs reported. */
export const pipelinesFactCollector = createFactCollector({
  fact: pipelinesFact,
  version: 1,
  scope: 'repository',
  volatile: true,
  collect: ({ pipelines }) =>
    pipelines?.slice(0, MOST).map(({ id: _, ...pipeline }) => pipeline) ?? null,
});
