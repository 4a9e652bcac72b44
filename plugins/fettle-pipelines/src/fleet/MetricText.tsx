import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { Metric } from 'backstage-plugin-fettle-common';
import {
  fettleReactTranslationRef,
  formatMetric,
  VisuallyHidden,
} from 'backstage-plugin-fettle-react';

const useStyles = makeStyles(
  theme => ({ none: { color: theme.palette.text.secondary } }),
  { name: 'FettleMetricText' },
);

/** A metric in a table: its value, or a dash that says there is not enough data; how many values it is from on hover. */
export function MetricText(props: { metric: Metric }) {
  const { metric } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const value = formatMetric(metric, ({ per, n }) =>
    t(`metric.rate.${per}`, { n }),
  );
  const from = t('metric.sample', { count: metric.sample });
  if (value !== undefined) {
    return (
      <span title={metric.note ? `${from} ${metric.note}` : from}>{value}</span>
    );
  }
  return (
    <span className={classes.none} title={metric.note ?? t('metric.unknown')}>
      <span aria-hidden="true">–</span>
      <VisuallyHidden>{t('metric.unknown')}</VisuallyHidden>
    </span>
  );
}
