import { getAutomation } from '../routes/getAutomation';
import { askRoute } from './askRoute';
import { defineAction, READS } from './FettleAction';

export const getAutomationAction = defineAction({
  name: 'get-automation',
  title: 'Get how automation stands',
  description:
    'Gives whether automation is stopped, how remediations ended, the success rate, which limits are used up, freeze windows, open circuit breakers, how many plans wait for an approval, and what you may do.',
  attributes: READS,
  input: zod => zod.object({}),
  output: zod =>
    zod
      .object({
        killSwitch: zod
          .object({ on: zod.boolean(), reason: zod.string().nullable() })
          .passthrough(),
        waitingForApproval: zod.number(),
        can: zod
          .object({
            plan: zod.boolean(),
            approve: zod.boolean(),
            apply: zod.boolean(),
          })
          .passthrough()
          .describe('What you may do'),
      })
      .passthrough(),
  run: (_input, asked) => askRoute(getAutomation, {}, asked),
});
