import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type {
  OutcomeCounts,
  RemediationState,
} from 'backstage-plugin-fettle-common';
import { RemediationStateMark } from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0, 1.5),
      fontSize: '0.8125rem',
      fontVariantNumeric: 'tabular-nums',
    },
    one: { display: 'inline-flex', gap: '0.3em' },
    quiet: { color: theme.palette.text.secondary },
  }),
  { name: 'FettleOutcomeCounts' },
);

const STATES = [
  'blocked',
  'healed',
  'recovered',
  'failed',
  'reverted',
  'unverified',
  'escalated',
  'cancelled',
] as const satisfies readonly RemediationState[];

/** How the problems of a playbook ended, or stand; each leads to its remediations. */
export function OutcomeCountsLine(props: {
  outcomes: OutcomeCounts;
  playbookId: string;
}) {
  const { outcomes } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const base = `../remediations?playbook=${encodeURIComponent(
    props.playbookId,
  )}`;
  const none = Object.values(outcomes).every(count => count === 0);
  if (none)
    return <span className={classes.quiet}>{t('automation.noOutcome')}</span>;
  return (
    <span className={classes.root}>
      {outcomes.waiting > 0 && (
        <span>
          {t('automation.countWaiting', { n: String(outcomes.waiting) })}
        </span>
      )}
      {outcomes.running > 0 && (
        <Link to={base}>
          {t('automation.countRunning', { n: String(outcomes.running) })}
        </Link>
      )}
      {STATES.filter(state => outcomes[state] > 0).map(state => (
        <Link key={state} to={`${base}&state=${state}`} className={classes.one}>
          <span>{outcomes[state].toLocaleString()}</span>
          <RemediationStateMark state={state} />
        </Link>
      ))}
    </span>
  );
}
