import { listPlaybooks } from '../routes/listPlaybooks';
import { askRoute } from './askRoute';
import { defineAction, READS } from './FettleAction';

export const listPlaybooksAction = defineAction({
  name: 'list-playbooks',
  title: 'List playbooks',
  description:
    'Lists what Fettle can put right by itself: each playbook with what it is for, its steps, its limits, how far it goes (observe: it only plans; propose: it opens a change; enforce: it merges it when its checks are green) and how often it succeeded.',
  attributes: READS,
  input: zod => zod.object({}),
  output: zod =>
    zod
      .object({
        items: zod.array(
          zod
            .object({
              playbook: zod
                .object({
                  id: zod.string(),
                  title: zod.string(),
                  description: zod.string(),
                  level: zod.string(),
                })
                .passthrough(),
            })
            .passthrough(),
        ),
      })
      .passthrough(),
  run: (_input, asked) => askRoute(listPlaybooks, {}, asked),
});
