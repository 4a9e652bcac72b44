import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import {
  deliveryStateSchema,
  type SourceStatus,
} from 'backstage-plugin-fettle-common';
import {
  Age,
  CopyableConfig,
  formatSpan,
  StatePanel,
  StatusIcon,
  tones,
} from 'backstage-plugin-fettle-react';
import { useIntake } from '../tab/useIntake';
import { fettlePipelinesTranslationRef } from '../translation';
import { FactList } from './FactList';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr)',
      gap: theme.spacing(1),
      alignContent: 'start',
    },
    bad: { color: tones(theme).bad },
    address: { display: 'grid', gap: theme.spacing(0.5) },
    quiet: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
  }),
  { name: 'FettleDeliveryFacts' },
);

/** What a source delivers, where to, and what is missing before it can. */
export function DeliveryFacts(props: { source: SourceStatus }) {
  const { deliveries, deliveriesPath, deliveriesProblem, ...source } =
    props.source;
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const intake = useIntake();
  const counted = deliveryStateSchema.options.map(state => {
    const count = deliveries[state] ?? 0;
    const value =
      state === 'failed' && count > 0 ? (
        <span className={classes.bad}>
          <StatusIcon status="fail" /> {count.toLocaleString()}
        </span>
      ) : (
        count.toLocaleString()
      );
    return [t(`sources.${state}`), value] as const;
  });
  if (deliveriesPath === null) {
    return <div className={classes.quiet}>{t('sources.noIntake')}</div>;
  }
  return (
    <div className={classes.root}>
      {deliveriesProblem && (
        <StatePanel
          kind="problem"
          title={deliveriesProblem.message}
          action={deliveriesProblem.action}
        />
      )}
      <FactList
        label={t('sources.deliveries')}
        facts={[
          ...counted,
          [t('sources.last'), <Age key="last" at={source.lastDeliveryAt} />],
          ...(source.backlogMs === null
            ? []
            : [[t('sources.backlog'), formatSpan(source.backlogMs)] as const]),
        ]}
      />
      <div className={classes.address}>
        <span className={classes.quiet}>{t('sources.intake')}</span>
        <CopyableConfig text={`${intake}${deliveriesPath}`} />
      </div>
    </div>
  );
}
