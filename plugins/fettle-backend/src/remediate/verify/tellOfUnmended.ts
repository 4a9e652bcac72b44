import { reasonOf, unmendedOf } from '../../store/remediation/unmended';
import type { StateContext } from '../states/StateContext';
import { tellsOnly } from './toldOnly';

/** Tells people of the problems that are left once all is done. Steps that only tell have told them. */
export async function tellOfUnmended({
  remediation,
  plan,
  playbook,
  services,
}: StateContext): Promise<void> {
  const { problems } = remediation;
  const unmended = unmendedOf({ ...plan, problems });
  if (unmended.length === 0 || tellsOnly(playbook.steps, plan)) return;
  const { escalateTo } = playbook.view;
  const reason = reasonOf(unmended);
  await services.escalation.tell(remediation, { escalateTo, reason });
}
