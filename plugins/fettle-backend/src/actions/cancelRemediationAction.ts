import { cancelRemediation } from '../routes/cancelRemediation';
import { askRoute } from './askRoute';
import { defineAction } from './FettleAction';
import { remediationDetailsShape } from './remediationShape';

export const cancelRemediationAction = defineAction({
  name: 'cancel-remediation',
  title: 'Cancel a remediation',
  description:
    'Ends a remediation that goes on; its change is closed where it is open. What is merged stays.',
  attributes: { readOnly: false, destructive: true, idempotent: false },
  input: zod =>
    zod.object({
      remediationId: zod.string().min(1).max(64),
      reason: zod.string().min(3).max(2000).describe('Why, for people'),
    }),
  output: remediationDetailsShape,
  audited: cancelRemediation,
  run: ({ remediationId: id, reason }, asked) =>
    askRoute(cancelRemediation, { params: { id }, body: { reason } }, asked),
});
