import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { PipelineDay } from 'backstage-plugin-fettle-common';
import { formatSpan, useWidth } from 'backstage-plugin-fettle-react';
import { useRef, useState } from 'react';
import { fettlePipelinesTranslationRef } from '../../translation';
import { dayName } from './dayName';
import { DurationLegend, ResultLegend } from './DayLegend';
import { DayPlot } from './DayPlot';
import { DurationLines } from './DurationLines';
import { ResultBars, resultsOf } from './ResultBars';
import { roundCount, roundSpan } from './roundTop';

const HEIGHT = 132;
const GAP = 32;
/** Below it, one chart stands above the other. */
const BESIDE = 640;

const useStyles = makeStyles(
  theme => ({
    root: { padding: theme.spacing(0, 2, 0.5), minWidth: 0 },
    charts: { display: 'flex', flexWrap: 'wrap', gap: GAP, rowGap: 12 },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      justifyContent: 'space-between',
      gap: theme.spacing(0, 2),
      fontSize: '0.75rem',
      color: theme.palette.text.secondary,
      paddingBottom: theme.spacing(0.5),
    },
    reading: {
      minHeight: '1.5em',
      paddingTop: theme.spacing(0.5),
      fontSize: '0.8125rem',
      fontVariantNumeric: 'tabular-nums',
      color: theme.palette.text.secondary,
    },
  }),
  { name: 'FettleDayCharts' },
);

/** Runs by day and result, and how long they took; a day that is chosen in one is read in both. */
export function DayCharts(props: { days: readonly PipelineDay[] }) {
  const { days } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const [chosen, onRead] = useState<number | null>(null);
  const parent = useRef<HTMLDivElement>(null);
  const whole = useWidth(parent, 960);
  const width = whole >= BESIDE ? Math.floor((whole - GAP) / 2) : whole;
  // Fewer days may be shown than when it was chosen.
  const reading = chosen !== null && chosen < days.length ? chosen : null;
  const mostRuns = Math.max(0, ...days.map(({ runs }) => runs));
  const longest = Math.max(0, ...days.map(one => one.durationP95 ?? 0));
  const shared = { days, width: Math.max(width, 220), height: HEIGHT };
  const hint = t('fleet.dayHint');
  const say = (day: PipelineDay) => {
    const { succeeded, failed, other } = resultsOf(day);
    const ran = t('fleet.dayRuns', {
      day: dayName(day.day),
      passed: String(succeeded),
      failed: String(failed),
      other: String(other),
    });
    const { durationP50: p50, durationP95: p95 } = day;
    if (p50 === null || p95 === null) return ran;
    const took = { p50: formatSpan(p50), p95: formatSpan(p95) };
    return `${ran} · ${t('fleet.dayDurations', took)}`;
  };
  return (
    <div className={classes.root}>
      <div ref={parent} className={classes.charts}>
        <div>
          <div className={classes.head}>
            <span>{t('fleet.runsByResult')}</span>
            <ResultLegend />
          </div>
          <DayPlot
            {...{ ...shared, reading, onRead }}
            top={roundCount(mostRuns)}
            tickLabel={String}
            label={`${t('fleet.runsByResult')}. ${hint}`}
          >
            {scale => <ResultBars days={days} scale={scale} />}
          </DayPlot>
        </div>
        <div>
          <div className={classes.head}>
            <span>{t('fleet.durationsByDay')}</span>
            <DurationLegend />
          </div>
          <DayPlot
            {...{ ...shared, reading, onRead }}
            top={roundSpan(longest)}
            tickLabel={shortSpan}
            label={`${t('fleet.durationsByDay')}. ${hint}`}
          >
            {scale => <DurationLines days={days} scale={scale} />}
          </DayPlot>
        </div>
      </div>
      <div className={classes.reading} aria-live="polite">
        {reading !== null && say(days[reading])}
      </div>
    </div>
  );
}

/** Without the zeros at its end, as the axis has room for few characters. */
function shortSpan(ms: number): string {
  return formatSpan(ms).replace(/ 0+[smh]$/, '');
}
