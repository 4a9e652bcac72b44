import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { Run } from 'backstage-plugin-fettle-common';
import { TextButton, tones } from 'backstage-plugin-fettle-react';
import { fettlePipelinesTranslationRef } from '../translation';
import { useRunAction, type RunAction } from './useRunAction';

const useStyles = makeStyles(
  theme => ({
    root: {
      position: 'relative',
      display: 'inline-flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'flex-end',
      gap: theme.spacing(1),
    },
    button: { background: theme.palette.background.paper },
    requested: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
    refusal: {
      display: 'flex',
      alignItems: 'flex-start',
      gap: theme.spacing(1),
      padding: theme.spacing(0.75, 0.5, 0.75, 1.5),
      borderRadius: 6,
      border: `1px solid ${tones(theme).bad}`,
      background: theme.palette.background.paper,
      textAlign: 'left',
      overflowWrap: 'anywhere',
    },
    // Beside the button, over the next row, so that no row moves.
    over: {
      position: 'absolute',
      zIndex: 4,
      top: '100%',
      right: 0,
      width: 'min(360px, 76vw)',
      marginTop: theme.spacing(0.5),
      boxShadow: theme.shadows[4],
    },
  }),
  { name: 'FettleRunActions' },
);

/** What may be asked of the host: in brief, only what is most likely wanted. */
function actionsOf({ can, state }: Run, brief: boolean): RunAction[] {
  const all: RunAction[] = [];
  if (can.cancel) all.push('cancel');
  if (can.rerunFailed) all.push('rerunFailed');
  if (can.rerun) all.push('rerun');
  if (!brief) return all;
  return state === 'succeeded' || state === 'skipped' ? [] : all.slice(0, 1);
}

/** Rerun and cancel, where permission, state and host allow it. */
export function RunActions(props: {
  run: Run;
  /** At most one button, as rows have room for. */
  brief?: boolean;
  onAccepted?: (action: RunAction) => void;
}) {
  const { run, brief = false } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const { ask, requested, refusal, dismiss } = useRunAction(
    run,
    props.onAccepted,
  );
  return (
    <span className={classes.root}>
      {requested ? (
        <span
          className={classes.requested}
          role="status"
          title={t('action.waits')}
        >
          {t(`action.requested.${requested}`)}
        </span>
      ) : (
        actionsOf(run, brief).map(action => (
          <TextButton
            key={action}
            variant="outlined"
            className={classes.button}
            onClick={() => ask(action)}
          >
            {t(`action.${action}`)}
          </TextButton>
        ))
      )}
      {refusal && (
        <span
          role="alert"
          className={`${classes.refusal} ${brief ? classes.over : ''}`}
        >
          <span>{refusal}</span>
          <TextButton onClick={dismiss}>{t('action.dismiss')}</TextButton>
        </span>
      )}
    </span>
  );
}
