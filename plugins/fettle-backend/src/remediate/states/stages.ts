import type { StoredPlan } from '../../store/remediation/StoredPlan';
import type {
  Progress,
  Stage,
} from '../../store/remediation/StoredRemediation';

/** Stages that a plan goes through, in their order. */
const ORDER = [
  'before',
  'open',
  'opened',
  'follow',
  'merged',
  'read',
] as const satisfies readonly Stage[];
type Step = (typeof ORDER)[number];

/** The first stage from `from` on in which there is something to do. */
export function stageFrom(
  from: Step,
  plan: Pick<StoredPlan, 'edits' | 'actions'>,
  { done }: Pick<Progress, 'done'>,
): Step {
  const hasFiles = plan.edits.length > 0;
  const isToDo = (stage: Step): boolean => {
    switch (stage) {
      case 'open':
      case 'follow':
        return hasFiles;
      case 'read':
        return true;
      default:
        return nextAction(plan, stage, { done }) !== undefined;
    }
  };
  return ORDER.slice(ORDER.indexOf(from)).find(isToDo)!;
}

/** The first action of a phase that is not done yet. */
export function nextAction(
  { actions }: Pick<StoredPlan, 'actions'>,
  phase: 'before' | 'opened' | 'merged',
  { done }: Pick<Progress, 'done'>,
) {
  const index = actions.findIndex(
    (action, i) => action.phase === phase && !(String(i) in done),
  );
  return index < 0 ? undefined : { key: String(index), ...actions[index] };
}
