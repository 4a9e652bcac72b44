import { getRemediation } from '../routes/getRemediation';
import { askRoute } from './askRoute';
import { defineAction, READS } from './FettleAction';
import { remediationDetailsShape } from './remediationShape';

export const getRemediationAction = defineAction({
  name: 'get-remediation',
  title: 'Get a remediation',
  description:
    'Gives how a plan that is applied stands: its change, its state and its story. It counts as healed only when the repository, read again, says so.',
  attributes: READS,
  input: zod => zod.object({ remediationId: zod.string().min(1).max(64) }),
  output: remediationDetailsShape,
  run: ({ remediationId: id }, asked) =>
    askRoute(getRemediation, { params: { id } }, asked),
});
