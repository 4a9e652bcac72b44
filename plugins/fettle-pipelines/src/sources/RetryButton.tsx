import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { TextButton, tones } from 'backstage-plugin-fettle-react';
import { fettlePipelinesTranslationRef } from '../translation';
import type { DeliveryRow } from './deliveryRows';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gap: theme.spacing(0.5),
      justifyItems: 'end',
      [theme.breakpoints.down('xs')]: { justifyItems: 'start' },
    },
    quiet: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
    refusal: {
      maxWidth: 280,
      whiteSpace: 'normal',
      overflowWrap: 'anywhere',
      color: tones(theme).bad,
      fontSize: '0.8125rem',
      textAlign: 'left',
    },
  }),
  { name: 'FettleRetryButton' },
);

/** Has a delivery tried again, and says how that went. */
export function RetryButton(props: {
  row: DeliveryRow;
  onRetry: (delivery: DeliveryRow['delivery']) => void;
}) {
  const { delivery, retry, left, tried } = props.row;
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const may = delivery.state === 'failed' || delivery.state === 'ignored';
  const waits =
    retry?.state === 'asking' || (retry?.state === 'accepted' && !tried);
  if (!may && !retry) return null;
  return (
    <div className={classes.root}>
      <span className={classes.quiet} role="status">
        {!left && waits && t('sources.trying')}
        {tried && t('sources.triedAgain')}
      </span>
      {may && !left && !waits && (
        <TextButton
          variant="outlined"
          onClick={() => props.onRetry(delivery)}
          aria-label={t('sources.retryOf', {
            event: delivery.event,
            id: delivery.deliveryId,
          })}
        >
          {t('sources.retry')}
        </TextButton>
      )}
      {retry?.refusal && (
        <span role="alert" className={classes.refusal}>
          {retry.refusal}
        </span>
      )}
    </div>
  );
}
