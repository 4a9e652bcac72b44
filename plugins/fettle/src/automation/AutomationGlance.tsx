import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type {
  Automation,
  RemediationState,
} from 'backstage-plugin-fettle-common';
import {
  LiveMark,
  PlanStateMark,
  RemediationStateMark,
  SuccessFigure,
  tones,
  type LiveState,
} from 'backstage-plugin-fettle-react';
import type { ReactNode } from 'react';
import { fettleTranslationRef } from '../translation';
import { KillSwitchButton } from './KillSwitchButton';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: 'auto minmax(0, 1fr) auto',
      gap: theme.spacing(1.5, 5),
      padding: theme.spacing(1.5, 2),
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: 8,
      background: theme.palette.background.paper,
      [theme.breakpoints.down('sm')]: {
        gridTemplateColumns: 'minmax(0, 1fr)',
      },
    },
    numbers: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1, 3.5),
      alignItems: 'flex-start',
    },
    number: {
      display: 'grid',
      color: 'inherit',
      borderRadius: 4,
      '&:hover $word': { textDecoration: 'underline' },
      '&:focus-visible': {
        outline: `2px solid ${tones(theme).accent}`,
        outlineOffset: 3,
      },
    },
    value: {
      fontSize: '1.625rem',
      fontWeight: 600,
      lineHeight: 1.2,
      fontVariantNumeric: 'tabular-nums',
      color: theme.palette.text.primary,
    },
    zero: { fontWeight: 400, color: theme.palette.text.secondary },
    word: { fontSize: '0.8125rem' },
    ends: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0, 1.5),
      fontSize: '0.8125rem',
      fontVariantNumeric: 'tabular-nums',
    },
    end: {
      display: 'inline-flex',
      gap: '0.3em',
      '&:hover': { textDecoration: 'underline' },
    },
    side: {
      display: 'grid',
      alignContent: 'space-between',
      justifyItems: 'end',
      gap: theme.spacing(1),
      [theme.breakpoints.down('sm')]: { justifyItems: 'start' },
    },
    // On a wide page between the numbers and the switch, else below them.
    success: {
      display: 'grid',
      gap: theme.spacing(0.5),
      alignContent: 'start',
      [theme.breakpoints.up('md')]: { gridRow: 1, gridColumn: 2 },
    },
  }),
  { name: 'FettleAutomationGlance' },
);

const ENDS = [
  'healed',
  'recovered',
  'failed',
  'reverted',
  'unverified',
  'escalated',
  'cancelled',
] as const satisfies readonly RemediationState[];
const RUNNING = ['applying', 'open', 'settling', 'verifying'];

/** What waits, what runs and how it ended, in numbers that lead to the rows. */
export function AutomationGlance(props: {
  automation: Automation;
  live: LiveState;
  onRetry: () => void;
  onChange: () => void;
}) {
  const { automation, live, onRetry, onChange } = props;
  const { outcomes, success, waitingForApproval } = automation;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const listed = (states: readonly string[]) =>
    `remediations?${states.map(state => `state=${state}`).join('&')}`;
  const number = (
    value: number,
    to: string,
    word: ReactNode,
    onClick?: () => void,
  ) => (
    <Link to={to} className={classes.number} underline="none" onClick={onClick}>
      <span className={`${classes.value} ${value === 0 ? classes.zero : ''}`}>
        {value.toLocaleString()}
      </span>{' '}
      <span className={classes.word}>{word}</span>
    </Link>
  );
  return (
    <section className={classes.root} aria-label={t('automation.glance')}>
      <div className={classes.numbers}>
        {number(
          waitingForApproval,
          '#waiting',
          waitingForApproval > 0 ? (
            <PlanStateMark state="waiting" />
          ) : (
            t('automation.waiting')
          ),
          () => document.getElementById('waiting')?.scrollIntoView?.(),
        )}
        {number(outcomes.running, listed(RUNNING), t('automation.running'))}
        {number(
          outcomes.blocked,
          listed(['blocked']),
          outcomes.blocked > 0 ? (
            <RemediationStateMark state="blocked" />
          ) : (
            t('automation.blocked')
          ),
        )}
      </div>
      <div className={classes.side}>
        <LiveMark live={live} onRetry={onRetry} />
        {!automation.killSwitch.on && (
          <KillSwitchButton automation={automation} onChange={onChange} />
        )}
      </div>
      <div className={classes.success}>
        <SuccessFigure success={success} />
        <span className={classes.ends}>
          {ENDS.filter(state => outcomes[state] > 0).map(state => (
            <Link key={state} to={listed([state])} className={classes.end}>
              <span>{outcomes[state].toLocaleString()}</span>
              <RemediationStateMark state={state} />
            </Link>
          ))}
        </span>
      </div>
    </section>
  );
}
