import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Metric } from 'backstage-plugin-fettle-common';
import {
  fettleReactTranslationRef,
  formatMetric,
} from 'backstage-plugin-fettle-react';

/** A metric in a table: its value, or a dash with the reason on hover. */
export function MetricText(props: { metric: Metric }) {
  const { metric } = props;
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const value = formatMetric(metric, ({ per, n }) =>
    t(`metric.rate.${per}`, { n }),
  );
  return (
    <span
      title={metric.note ?? undefined}
      aria-label={value ?? metric.note ?? ''}
    >
      {value ?? '–'}
    </span>
  );
}
