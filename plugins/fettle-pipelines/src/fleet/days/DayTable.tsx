import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { PipelineDay } from 'backstage-plugin-fettle-common';
import {
  formatSpan,
  type PlainColumn,
  PlainTable,
} from 'backstage-plugin-fettle-react';
import { fettlePipelinesTranslationRef } from '../../translation';
import { dayName } from './dayName';
import { RESULTS, resultsOf } from './ResultBars';

const FIRST = 10;

/** The days as a table, newest first. */
export function DayTable(props: { days: readonly PipelineDay[] }) {
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const span = (ms: number | null) => (ms === null ? '–' : formatSpan(ms));
  const columns: PlainColumn<PipelineDay>[] = [
    { key: 'day', title: t('fleet.day'), cell: ({ day }) => dayName(day) },
    ...RESULTS.map(result => ({
      ...{ key: result, title: t(`fleet.result.${result}`), numeric: true },
      cell: (day: PipelineDay) => resultsOf(day)[result],
    })),
    {
      ...{ key: 'p50', title: t('fleet.p50'), numeric: true },
      cell: ({ durationP50 }) => span(durationP50),
    },
    {
      ...{ key: 'p95', title: t('fleet.p95'), numeric: true },
      cell: ({ durationP95 }) => span(durationP95),
    },
  ];
  return (
    <PlainTable
      label={t('fleet.byDay')}
      columns={columns}
      rows={[...props.days].reverse()}
      first={FIRST}
      rowKey={({ day }) => day}
      none={t('fleet.noDays')}
    />
  );
}
