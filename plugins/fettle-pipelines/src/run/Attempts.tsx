import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import type { RunDetails } from 'backstage-plugin-fettle-common';
import { RunStateMark, tones } from 'backstage-plugin-fettle-react';
import { fettlePipelinesTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.5) },
    attempt: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: '0.4em',
      font: 'inherit',
      fontSize: '0.8125rem',
      padding: theme.spacing(0.25, 1),
      borderRadius: 6,
      border: `1px solid ${theme.palette.divider}`,
      '&:hover': { background: theme.palette.action.hover },
      '&:focus-visible': { outline: `2px solid ${tones(theme).accent}` },
    },
    chosen: {
      fontWeight: 600,
      boxShadow: `inset 0 0 0 1px ${tones(theme).accent}`,
    },
  }),
  { name: 'FettleAttempts' },
);

/** Every attempt at a run; nothing where there is only one. */
export function Attempts(props: {
  attempts: RunDetails['attempts'];
  shown: string;
  onSwitch: (id: string) => void;
}) {
  const { attempts, shown, onSwitch } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  if (attempts.length < 2) return null;
  return (
    <div className={classes.root} role="group" aria-label={t('run.attempts')}>
      {attempts.map(({ id, attempt, state }) => (
        <ButtonBase
          key={id}
          disableRipple
          aria-pressed={id === shown}
          className={`${classes.attempt} ${id === shown ? classes.chosen : ''}`}
          onClick={() => onSwitch(id)}
        >
          <RunStateMark compact state={state} />
          {t('run.attempt', { n: String(attempt) })}
        </ButtonBase>
      ))}
    </div>
  );
}
