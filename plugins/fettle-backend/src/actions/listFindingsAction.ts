import {
  findingKindSchema,
  findingStateSchema,
  severitySchema,
} from 'backstage-plugin-fettle-common';
import { listFindings } from '../routes/listFindings';
import { listRepositoryFindings } from '../routes/listRepositoryFindings';
import { askRoute } from './askRoute';
import { defineAction, READS } from './FettleAction';
import { findTarget, targetInput } from './findTarget';
import { pageInput, pageOutput } from './page';

export const listFindingsAction = defineAction({
  name: 'list-findings',
  title: 'List findings',
  description:
    'Lists findings of one repository, or of all that you may see: vulnerabilities, secrets, misconfigurations, licences, threats; what to fix first on top, and why. Where secrets are is hidden from those who may not see it.',
  attributes: READS,
  input: zod =>
    zod.object({
      ...targetInput(zod),
      kind: zod.array(zod.nativeEnum(findingKindSchema.enum)).optional(),
      severity: zod.array(zod.nativeEnum(severitySchema.enum)).optional(),
      state: zod
        .array(zod.nativeEnum(findingStateSchema.enum))
        .optional()
        .describe('Those that are open where it is left out'),
      rule: zod
        .string()
        .max(300)
        .optional()
        .describe('A rule or an advisory, for example a CVE'),
      search: zod.string().max(200).optional(),
      ...pageInput(zod),
    }),
  output: zod =>
    zod
      .object({
        items: zod.array(
          zod
            .object({
              id: zod.string(),
              repositoryId: zod.string(),
              kind: zod.string(),
              rule: zod.string(),
              title: zod.string(),
              severity: zod.string(),
              state: zod.string(),
              priority: zod.number().describe('0 to 100, what to fix first'),
              fixedIn: zod
                .array(zod.string())
                .describe('Versions that are not affected'),
            })
            .passthrough(),
        ),
        total: zod.number(),
        ...pageOutput(zod),
      })
      .passthrough(),
  async run({ repositoryId, entity, ...query }, asked) {
    if (repositoryId === undefined && entity === undefined) {
      return askRoute(listFindings, { query }, asked);
    }
    const target = await findTarget({ repositoryId, entity }, asked);
    const { repositoryId: id, subpath } = target;
    return askRoute(
      listRepositoryFindings,
      { params: { id }, query: { ...query, subpath } },
      asked,
    );
  },
});
