import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { Plan } from 'backstage-plugin-fettle-common';
import type { LiveState } from '../live/LiveState';
import { Age } from '../widgets/Age';
import { LiveMark } from '../widgets/LiveMark';
import { StatusIcon } from '../widgets/StatusIcon';
import { fettleReactTranslationRef } from '../widgets/translation';
import { Actor } from './Actor';
import { PlanStateMark } from './AutomationMark';
import { RepositoryName } from './RepositoryName';
import { ThenLine } from './ThenLine';
import { useHeaderStyles } from './useHeaderStyles';

const useStyles = makeStyles(
  theme => ({
    size: { fontVariantNumeric: 'tabular-nums' },
    label: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
  }),
  { name: 'FettlePlanHeader' },
);

/** The one glance at a plan: what it is, where, by whom, how large, and what comes then. */
export function PlanHeader(props: {
  plan: Plan;
  holdSeconds: number | null;
  live: LiveState;
  onRetry: () => void;
}) {
  const { plan, holdSeconds, live, onRetry } = props;
  const classes = { ...useHeaderStyles(), ...useStyles() };
  const { t } = useTranslationRef(fettleReactTranslationRef);
  return (
    <section className={classes.root} aria-label={t('automation.plan.title')}>
      <div className={classes.line}>
        <PlanStateMark state={plan.state} />
        <LiveMark live={live} onRetry={onRetry} />
      </div>
      <h2 className={classes.title}>{plan.title}</h2>
      <div className={classes.facts}>
        <span>
          <RepositoryName id={plan.repositoryId} name={plan.repository} />
        </span>
        <span>{t('automation.plan.by', { playbook: plan.playbookTitle })}</span>
        <span>
          {t('automation.plan.level')} {t(`automation.level.${plan.level}`)}
        </span>
        <span>
          {t('automation.plan.made')} <Age at={plan.createdAt} />{' '}
          {t('automation.plan.for')} <Actor actor={plan.requestedBy} />
        </span>
        <span>
          {t('automation.plan.hash')}{' '}
          <code title={plan.hash}>{plan.hash.slice(0, 12)}</code>
          {plan.commit && (
            <>
              {' @ '}
              <code title={plan.commit}>{plan.commit.slice(0, 7)}</code>
            </>
          )}
        </span>
      </div>
      <div className={classes.facts}>
        <span className={classes.size}>
          {t('automation.plan.files', { count: plan.filesChanged })}
          {', '}
          {t('automation.plan.lines', { count: plan.linesChanged })}
        </span>
        <span>
          {!plan.reversible && <StatusIcon status="warn" />}{' '}
          {t(
            plan.reversible
              ? 'automation.plan.reversible'
              : 'automation.plan.irreversible',
          )}
        </span>
      </div>
      <ThenLine
        level={plan.level}
        files={plan.filesChanged > 0}
        holdSeconds={holdSeconds}
      />
    </section>
  );
}
