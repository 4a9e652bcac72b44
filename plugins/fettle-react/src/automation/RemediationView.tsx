import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { playbookReadPermission } from 'backstage-plugin-fettle-common';
import {
  useLivePlaybooks,
  useLiveRemediation,
} from '../live/useLiveAutomation';
import { ErrorPanel } from '../widgets/ErrorPanel';
import { Section } from '../widgets/Section';
import { fettleReactTranslationRef } from '../widgets/translation';
import type { AutomationTarget } from './AutomationTarget';
import { ChangeFacts } from './ChangeFacts';
import { PlanSkeleton } from './PlanView';
import { ProblemList } from './ProblemList';
import { RemediationControls } from './RemediationControls';
import { RemediationHeader } from './RemediationHeader';
import { StoryList } from './StoryList';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr)',
      gap: theme.spacing(1.5),
      minWidth: 0,
    },
    quiet: { color: theme.palette.text.secondary, margin: 0 },
  }),
  { name: 'FettleRemediationView' },
);

/**
 * A remediation and its story, step by step, as it goes on.
 *
 * @public
 */
export function RemediationView(props: {
  id: string;
  /** Shows another plan or remediation in its place. */
  onOpen: (target: AutomationTarget) => void;
}) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const { value, error, live, retry, reload } = useLiveRemediation(props.id);
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
  const { remediation, story } = value;
  const { problems, change, repositoryId } = remediation;
  return (
    <div className={classes.root} data-remediation={remediation.state}>
      <RemediationHeader
        remediation={remediation}
        playbook={
          playbooks?.items.find(
            ({ playbook }) => playbook.id === remediation.playbookId,
          )?.playbook
        }
        live={live}
        onRetry={retry}
        onOpen={props.onOpen}
      />
      <RemediationControls
        details={value}
        onOpen={props.onOpen}
        onChange={reload}
      />
      {change && <ChangeFacts change={change} />}
      <Section
        title={t('automation.story.title')}
        aside={t('automation.story.count', { count: story.length })}
        flush
      >
        <StoryList story={story} />
      </Section>
      <Section title={t('automation.plan.problems')}>
        {problems.length === 0 ? (
          <p className={classes.quiet}>{t('automation.plan.noProblem')}</p>
        ) : (
          <ProblemList problems={problems} repositoryId={repositoryId} />
        )}
      </Section>
    </div>
  );
}
