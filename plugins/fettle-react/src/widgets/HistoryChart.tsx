import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type {
  ActivityItem,
  HistoryPoint,
} from 'backstage-plugin-fettle-common';
import { useRef, useState } from 'react';
import { HistoryPlot } from './HistoryPlot';
import { HistoryTable } from './HistoryTable';
import { TextButton } from './TextButton';
import { fettleReactTranslationRef } from './translation';
import { useWidth } from './useWidth';

const useStyles = makeStyles(
  theme => ({
    root: { minWidth: 0 },
    plot: { minWidth: 0, width: '100%' },
    foot: {
      display: 'flex',
      justifyContent: 'space-between',
      alignItems: 'baseline',
      gap: theme.spacing(1),
      color: theme.palette.text.secondary,
      fontSize: '0.8125rem',
    },
  }),
  { name: 'FettleHistoryChart' },
);

/**
 * A score over 90 days, as a line with gaps where it is unknown, or as a table.
 *
 * @public
 */
export function HistoryChart(props: {
  /** One point a day, oldest first. */
  days: readonly HistoryPoint[];
  /** Changes to mark on the line. */
  changes?: readonly ActivityItem[];
  height?: number;
  /** The day on which the chart ends. */
  end: Date;
}) {
  const { days, changes = [], height = 180, end } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const [asTable, setAsTable] = useState(false);
  const parentRef = useRef<HTMLDivElement>(null);
  const width = useWidth(parentRef, 640);
  const known = days.filter(day => day.score !== null).length;
  let note = '';
  if (known === 0) note = t('chart.none');
  else if (known === 1) note = t('chart.first');
  return (
    <div className={classes.root}>
      <div ref={parentRef} className={classes.plot}>
        {asTable ? (
          <HistoryTable days={days} />
        ) : (
          <HistoryPlot
            days={days}
            changes={changes}
            width={Math.max(width, 240)}
            height={height}
            end={end}
          />
        )}
      </div>
      <div className={classes.foot}>
        <span>{note}</span>
        {days.length > 0 && (
          <TextButton onClick={() => setAsTable(shown => !shown)}>
            {t(asTable ? 'chart.chart' : 'chart.table')}
          </TextButton>
        )}
      </div>
    </div>
  );
}
