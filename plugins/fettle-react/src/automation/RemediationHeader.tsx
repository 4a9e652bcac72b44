import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { Playbook, Remediation } from 'backstage-plugin-fettle-common';
import type { LiveState } from '../live/LiveState';
import { Age } from '../widgets/Age';
import { LiveMark } from '../widgets/LiveMark';
import { TextButton } from '../widgets/TextButton';
import { fettleReactTranslationRef } from '../widgets/translation';
import { Actor } from './Actor';
import { RemediationStateMark } from './AutomationMark';
import type { AutomationTarget } from './AutomationTarget';
import { Moment } from './Moment';
import { RepositoryName } from './RepositoryName';
import { ThenLine } from './ThenLine';
import { useHeaderStyles } from './useHeaderStyles';

const useStyles = makeStyles(
  theme => ({
    state: { display: 'flex', alignItems: 'center', gap: theme.spacing(1) },
    reason: { margin: 0 },
    action: { color: theme.palette.text.secondary },
    plan: { margin: theme.spacing(-0.5, -0.5) },
  }),
  { name: 'FettleRemediationHeader' },
);

/** The one glance at a remediation: where it stands, since when and why, and what comes then. */
export function RemediationHeader(props: {
  remediation: Remediation;
  playbook: Playbook | undefined;
  live: LiveState;
  onRetry: () => void;
  onOpen: (target: AutomationTarget) => void;
}) {
  const { remediation, playbook, live, onRetry, onOpen } = props;
  const { state, reason, change, dueAt, endedAt } = remediation;
  const classes = { ...useHeaderStyles(), ...useStyles() };
  const { t } = useTranslationRef(fettleReactTranslationRef);
  return (
    <section
      className={classes.root}
      aria-label={t('automation.remediation.title')}
    >
      <div className={classes.line}>
        <span className={classes.state}>
          <RemediationStateMark state={state} />{' '}
          <Age at={remediation.stateSince} className={classes.action} />
        </span>
        <LiveMark live={live} onRetry={onRetry} />
      </div>
      <h2 className={classes.title}>{remediation.title}</h2>
      {reason && (
        <p className={classes.reason}>
          {reason.message}{' '}
          <span className={classes.action}>{reason.action}</span>
        </p>
      )}
      <div className={classes.facts}>
        <span>
          <RepositoryName
            id={remediation.repositoryId}
            name={remediation.repository}
          />
        </span>
        <span>
          {t('automation.plan.by', { playbook: remediation.playbookTitle })}
        </span>
        <span>
          {t('automation.remediation.startedBy')}{' '}
          <Actor actor={remediation.startedBy} />{' '}
          <Age at={remediation.createdAt} />
        </span>
        {!endedAt && dueAt && (
          <span>
            {t('automation.remediation.looksAgain')} <Moment at={dueAt} />
          </span>
        )}
        <span>
          {t(
            remediation.personActed
              ? 'automation.remediation.personActed'
              : 'automation.remediation.noPerson',
          )}
        </span>
        <TextButton
          className={classes.plan}
          color="primary"
          onClick={() => onOpen({ kind: 'plan', id: remediation.planId })}
        >
          {t('automation.remediation.openPlan', {
            hash: remediation.planHash.slice(0, 12),
          })}
        </TextButton>
      </div>
      {playbook && (
        <ThenLine
          level={playbook.level}
          // Until it is under way, whether it changes files is in its plan.
          files={change !== null || state === 'blocked' || state === 'applying'}
          holdSeconds={playbook.verification.holdSeconds}
          state={state}
          checks={change?.checks === 'passed' ? 'passed' : 'pending'}
        />
      )}
    </section>
  );
}
