import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { DeliveryState } from 'backstage-plugin-fettle-common';
import { StatusIcon, tones } from 'backstage-plugin-fettle-react';
import { fettlePipelinesTranslationRef } from '../translation';
import type { DeliveryRow } from './deliveryRows';

const SHAPES = {
  received: 'unknown',
  processed: 'pass',
  ignored: 'not-applicable',
  failed: 'fail',
} as const;

const useStyles = makeStyles(
  theme => {
    const tone = tones(theme);
    return {
      mark: { whiteSpace: 'nowrap' },
      received: { color: tone.unknown },
      processed: { color: tone.good },
      ignored: { color: tone.unknown },
      failed: { color: tone.bad },
      message: { overflowWrap: 'anywhere', maxWidth: 640 },
      quiet: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
    };
  },
  { name: 'FettleDeliveryOutcome' },
);

/** The state of a delivery: shape, word and colour. */
function DeliveryMark(props: { state: DeliveryState }) {
  const { state } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  return (
    <span className={`${classes.mark} ${classes[state]}`}>
      <StatusIcon status={SHAPES[state]} /> {t(`sources.${state}`)}
    </span>
  );
}

/** What became of a delivery, why, and what is to be done. */
export function DeliveryOutcome(props: { row: DeliveryRow }) {
  const { delivery, left } = props.row;
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  if (left) {
    return (
      <span className={classes.quiet}>
        {t('sources.left', { state: t(`sources.${delivery.state}`) })}
      </span>
    );
  }
  const { reason, attempts } = delivery;
  return (
    <div className={classes.message}>
      <DeliveryMark state={delivery.state} />{' '}
      {attempts > 1 && (
        <span className={classes.quiet}>
          {t('sources.attempts', { count: attempts })}
        </span>
      )}
      {reason && (
        <div>
          {reason.message}{' '}
          <span className={classes.quiet}>{reason.action}</span>
        </div>
      )}
    </div>
  );
}
