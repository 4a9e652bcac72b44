import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { playbookReadPermission } from 'backstage-plugin-fettle-common';
import {
  useLiveAutomation,
  useLivePlan,
  useLivePlaybooks,
} from '../live/useLiveAutomation';
import { ErrorPanel } from '../widgets/ErrorPanel';
import { Skeleton } from '../widgets/Skeleton';
import { fettleReactTranslationRef } from '../widgets/translation';
import { VisuallyHidden } from '../widgets/VisuallyHidden';
import type { AutomationTarget } from './AutomationTarget';
import { PlanBody } from './PlanBody';

/**
 * A plan as a reviewer looks at it before anything happens: why, what would be
 * changed, what holds it back, what comes then, and the buttons.
 *
 * @public
 */
export function PlanView(props: {
  id: string;
  /** Shows another plan or remediation in its place. */
  onOpen: (target: AutomationTarget) => void;
}) {
  const { value, error, live, retry, reload } = useLivePlan(props.id);
  const { value: automation } = useLiveAutomation();
  const { value: playbooks } = useLivePlaybooks();
  if (!value && error) {
    return (
      <ErrorPanel
        error={error}
        permission={playbookReadPermission.name}
        since={live.since.toISOString()}
        onRetry={retry}
      />
    );
  }
  if (!value) return <PlanSkeleton />;
  return (
    <PlanBody
      plan={value}
      playbook={
        playbooks?.items.find(
          ({ playbook }) => playbook.id === value.playbookId,
        )?.playbook
      }
      automation={automation}
      live={live}
      onRetry={retry}
      onOpen={props.onOpen}
      onChange={reload}
    />
  );
}

/**
 * The layout of a plan or a remediation before anything is known of it.
 *
 * @public
 */
export function PlanSkeleton(props: { words?: string }) {
  const { t } = useTranslationRef(fettleReactTranslationRef);
  return (
    <div role="status">
      {props.words ?? (
        <VisuallyHidden>{t('automation.loading')}</VisuallyHidden>
      )}
      <Skeleton height={96} margin={8} />
      <Skeleton height={28} margin={12} width="80%" />
      <Skeleton height={180} margin={8} />
    </div>
  );
}
