import { getRepository } from '../routes/getRepository';
import { askRoute } from './askRoute';
import { defineAction, READS } from './FettleAction';
import { findTarget, targetInput } from './findTarget';

export const getRepositoryHealthAction = defineAction({
  name: 'get-repository-health',
  title: 'Get the health of a repository',
  description:
    'Gives the score of a repository, or of the folder of it that an entity is, and what each check says of it, with evidence by file and line. A check is pass, warn, fail, not-applicable, or unknown where it cannot be told.',
  attributes: READS,
  input: zod => zod.object(targetInput(zod)),
  output: zod =>
    zod
      .object({
        id: zod.string(),
        name: zod.string(),
        state: zod.string(),
        score: zod
          .number()
          .nullable()
          .describe('0 to 100, what is proved; null where nothing is known'),
        verdicts: zod.array(
          zod
            .object({
              check: zod
                .object({
                  id: zod.string(),
                  title: zod.string(),
                  why: zod.string(),
                  fix: zod.string(),
                })
                .passthrough(),
              status: zod.string(),
              message: zod.string(),
            })
            .passthrough(),
        ),
      })
      .passthrough(),
  async run(input, asked) {
    const { repositoryId: id, subpath } = await findTarget(input, asked);
    return askRoute(
      ...([getRepository, { params: { id }, query: { subpath } }] as const),
      asked,
    );
  },
});
