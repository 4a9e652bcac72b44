import type { PlainColumn } from 'backstage-plugin-fettle-react';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { Metric, MetricName } from 'backstage-plugin-fettle-common';
import { fettleReactTranslationRef } from 'backstage-plugin-fettle-react';
import { MetricHeading } from './MetricHeading';
import { MetricText } from './MetricText';

/** A column for each of these metrics. */
export function useMetricColumns<M extends MetricName>(
  names: readonly M[],
): PlainColumn<{ metrics: Record<M, Metric> }>[] {
  const { t } = useTranslationRef(fettleReactTranslationRef);
  return names.map(name => ({
    key: name,
    title: t(`metric.name.${name as MetricName}`),
    heading: <MetricHeading name={name} />,
    numeric: true,
    cell: row => <MetricText metric={row.metrics[name]} />,
  }));
}
