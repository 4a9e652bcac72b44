import { listRepositories } from '../routes/listRepositories';
import { askRoute } from './askRoute';
import { defineAction, READS } from './FettleAction';
import { pageInput, pageOutput } from './page';

export const listRepositoriesAction = defineAction({
  name: 'list-repositories',
  title: 'List repositories',
  description:
    'Lists the repositories of the portal with their ids and scores (0 to 100, what is proved; null where nothing is known), the worst first.',
  attributes: READS,
  input: zod =>
    zod.object({
      search: zod.string().max(200).optional().describe('Part of the name'),
      owner: zod
        .string()
        .min(1)
        .max(300)
        .optional()
        .describe(
          'Entity ref of the owner, for example group:default/payments',
        ),
      ...pageInput(zod),
    }),
  output: zod =>
    zod
      .object({
        items: zod.array(
          zod
            .object({
              id: zod.string(),
              name: zod.string(),
              remote: zod.string(),
              score: zod.number().nullable(),
            })
            .passthrough(),
        ),
        total: zod.number(),
        ...pageOutput(zod),
      })
      .passthrough(),
  run: (query, asked) => askRoute(listRepositories, { query }, asked),
});
