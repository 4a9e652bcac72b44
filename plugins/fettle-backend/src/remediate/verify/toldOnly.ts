import type { StepProblem } from 'backstage-plugin-fettle-node';
import type { LoadedStep } from '../../playbooks/LoadedPlaybook';
import type { MadePlan } from '../plan/MadePlan';

type Unmended = MadePlan['unmended'];

/** False for a step that only tells or asks, as its playbook uses it. */
export function mends({ step, parameters }: LoadedStep): boolean {
  return step.mends?.(parameters) ?? true;
}

/** Whether whatever a plan does only tells or asks. */
export function tellsOnly(
  steps: readonly LoadedStep[],
  { edits, actions }: Pick<MadePlan, 'edits' | 'actions'>,
): boolean {
  const mending = new Set(steps.filter(mends).map(({ id }) => id));
  return (
    edits.length === 0 &&
    actions.length > 0 &&
    !actions.some(({ stepId }) => mending.has(stepId))
  );
}

/** Problems that such a plan leaves as they are, but for those that its steps named with a reason. */
export function toldOnly(
  steps: readonly LoadedStep[],
  made: Pick<MadePlan, 'edits' | 'actions' | 'unmended'>,
  problems: readonly StepProblem[],
): Unmended {
  if (!tellsOnly(steps, made)) return [];
  const named = new Set(made.unmended.map(({ key }) => key));
  return problems
    .filter(({ key }) => !named.has(key))
    .map(({ key }) => ({
      key,
      reason: 'It is only told of: a person has to put it right.',
    }));
}
