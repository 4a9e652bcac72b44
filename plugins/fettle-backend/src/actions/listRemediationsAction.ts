import { remediationStateSchema } from 'backstage-plugin-fettle-common';
import { listRemediations } from '../routes/listRemediations';
import { listRepositoryRemediations } from '../routes/listRepositoryRemediations';
import { askRoute } from './askRoute';
import { defineAction, READS } from './FettleAction';
import { findTarget, targetInput } from './findTarget';
import { pageInput, pageOutput } from './page';
import { remediationShape } from './remediationShape';

export const listRemediationsAction = defineAction({
  name: 'list-remediations',
  title: 'List remediations',
  description:
    'Lists plans that are or were applied, in one repository or in all that you may see, and how they stand; those that changed last first.',
  attributes: READS,
  input: zod =>
    zod.object({
      ...targetInput(zod),
      state: zod.array(zod.nativeEnum(remediationStateSchema.enum)).optional(),
      playbook: zod.string().max(64).optional().describe('Id of a playbook'),
      ...pageInput(zod),
    }),
  output: zod =>
    zod
      .object({
        items: zod.array(remediationShape(zod)),
        total: zod.number(),
        ...pageOutput(zod),
      })
      .passthrough(),
  async run({ repositoryId, entity, ...query }, asked) {
    if (repositoryId === undefined && entity === undefined) {
      return askRoute(listRemediations, { query }, asked);
    }
    const { repositoryId: id } = await findTarget(
      ...([{ repositoryId, entity }, asked] as const),
    );
    const given = { params: { id }, query };
    return askRoute(listRepositoryRemediations, given, asked);
  },
});
