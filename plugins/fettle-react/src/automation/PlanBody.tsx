import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type {
  Automation,
  Plan,
  Playbook,
} from 'backstage-plugin-fettle-common';
import type { LiveState } from '../live/LiveState';
import { Section } from '../widgets/Section';
import { StatePanel } from '../widgets/StatePanel';
import { fettleReactTranslationRef } from '../widgets/translation';
import { ActionList } from './ActionList';
import { ApprovalList } from './ApprovalList';
import type { AutomationTarget } from './AutomationTarget';
import { DiffView } from './DiffView';
import { PlanControls } from './PlanControls';
import { PlanHeader } from './PlanHeader';
import { PlanLimits } from './PlanLimits';
import { ProblemList } from './ProblemList';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr)',
      gap: theme.spacing(1.5),
      minWidth: 0,
    },
    pair: {
      display: 'grid',
      alignItems: 'start',
      gap: theme.spacing(1.5),
      gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 320px), 1fr))',
    },
    notes: { margin: 0, paddingLeft: theme.spacing(2.5) },
    quiet: { color: theme.palette.text.secondary, margin: 0 },
  }),
  { name: 'FettlePlanBody' },
);

/** All of a plan that is known. */
export function PlanBody(props: {
  plan: Plan;
  playbook: Playbook | undefined;
  automation: Automation | undefined;
  live: LiveState;
  onRetry: () => void;
  onOpen: (target: AutomationTarget) => void;
  onChange: () => void;
}) {
  const { plan, playbook, automation, onOpen } = props;
  const { files, actions, problems, unmended, obstacles, notes } = plan;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const known = new Set(problems.map(({ key }) => key));
  const others = unmended.filter(({ key }) => !known.has(key));
  const nothing = files.length === 0 && actions.length === 0;
  return (
    <div className={classes.root} data-plan={plan.state}>
      <PlanHeader
        plan={plan}
        holdSeconds={playbook?.verification.holdSeconds ?? null}
        live={props.live}
        onRetry={props.onRetry}
      />
      {obstacles.map(({ code, message, action }) => (
        <StatePanel
          key={`${code} ${message}`}
          kind="problem"
          title={t('automation.plan.obstacle')}
          message={message}
          action={action || undefined}
        />
      ))}
      {plan.blockedBy.map(({ code, message, action }) => (
        <StatePanel
          key={`${code} ${message}`}
          kind="problem"
          title={t('automation.plan.heldBack')}
          message={message}
          action={action || undefined}
        />
      ))}
      <div className={classes.pair}>
        <Section title={t('automation.plan.problems')}>
          {problems.length === 0 ? (
            <p className={classes.quiet}>{t('automation.plan.noProblem')}</p>
          ) : (
            <ProblemList
              problems={problems}
              repositoryId={plan.repositoryId}
              unmended={unmended}
            />
          )}
          {others.map(({ key, reason }) => (
            <p key={key} className={classes.quiet}>
              {t('automation.plan.notMended', { reason })}
            </p>
          ))}
        </Section>
        <PlanLimits plan={plan} playbook={playbook} automation={automation} />
      </div>
      {notes.length > 0 && (
        <Section title={t('automation.plan.notes')}>
          <ul className={classes.notes}>
            {notes.map(note => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </Section>
      )}
      {files.length > 0 && <DiffView files={files} />}
      {actions.length > 0 && (
        <Section
          title={t('automation.plan.besides')}
          aside={t('automation.plan.actionCount', { count: actions.length })}
          flush
        >
          <ActionList actions={actions} />
        </Section>
      )}
      {nothing && obstacles.length === 0 && (
        <p className={classes.quiet}>{t('automation.plan.changesNothing')}</p>
      )}
      {plan.approvals.length > 0 && (
        <Section title={t('automation.plan.decisions')}>
          <ApprovalList approvals={plan.approvals} />
        </Section>
      )}
      <PlanControls
        plan={plan}
        mayPlan={automation?.can.plan ?? false}
        onOpen={onOpen}
        onChange={props.onChange}
      />
    </div>
  );
}
