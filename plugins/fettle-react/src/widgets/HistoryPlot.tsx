import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import { AxisBottom, AxisLeft } from '@visx/axis';
import { Group } from '@visx/group';
import { scaleLinear, scaleUtc } from '@visx/scale';
import { LinePath } from '@visx/shape';
import type {
  ActivityItem,
  HistoryPoint,
} from 'backstage-plugin-fettle-common';
import { useState, type KeyboardEvent, type PointerEvent } from 'react';
import { dayName } from './spans';
import { HistoryReading } from './HistoryReading';
import { segmentsOf } from './segments';
import { tones } from './tones';
import { fettleReactTranslationRef } from './translation';

const DAY = 86_400_000;
const SPAN = 90;
const MARGIN = { top: 22, right: 14, bottom: 22, left: 30 };

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'block',
      fontVariantNumeric: 'tabular-nums',
      '&:focus-visible': {
        outline: `2px solid ${tones(theme).accent}`,
        outlineOffset: 2,
      },
    },
  }),
  { name: 'FettleHistoryPlot' },
);

/** The line itself. Arrow keys and the pointer read single days. */
export function HistoryPlot(props: {
  days: readonly HistoryPoint[];
  changes: readonly ActivityItem[];
  width: number;
  height: number;
  end: Date;
}) {
  const { days, changes, width, height, end } = props;
  const classes = useStyles();
  const theme = useTheme();
  const tone = tones(theme);
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const [reading, setReading] = useState<number | null>(null);

  const innerWidth = width - MARGIN.left - MARGIN.right;
  const innerHeight = height - MARGIN.top - MARGIN.bottom;
  const last = days.length ? Date.parse(days[days.length - 1].at) : 0;
  const to = Math.max(end.getTime(), last);
  const from = to - SPAN * DAY;
  const x = scaleUtc({ domain: [from, to], range: [0, innerWidth] });
  const y = scaleLinear({ domain: [0, 100], range: [innerHeight, 0] });
  const shown = days.filter(day => Date.parse(day.at) >= from - DAY);
  const segments = segmentsOf(shown);
  const marks = changes.filter(
    change => change.to !== null && Date.parse(change.at) >= from,
  );
  const current = reading === null ? undefined : shown[reading];

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === 'Escape') setReading(null);
    if (step === undefined || shown.length === 0) return;
    event.preventDefault();
    setReading(at =>
      Math.min(shown.length - 1, Math.max(0, (at ?? shown.length) + step)),
    );
  };
  const onPointerMove = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = x.invert(event.clientX - box.left - MARGIN.left).getTime();
    let nearest: number | null = null;
    let distance = 3 * DAY;
    shown.forEach((day, index) => {
      const off = Math.abs(Date.parse(day.at) - at);
      if (off < distance) {
        distance = off;
        nearest = index;
      }
    });
    setReading(nearest);
  };
  const axisText = { fill: theme.palette.text.secondary, fontSize: 11 };

  return (
    <svg
      width={width}
      height={height}
      className={classes.root}
      role="img"
      tabIndex={0}
      aria-label={`${t('chart.label', { days: String(SPAN) })}. ${t(
        'chart.hint',
      )}`}
      onKeyDown={onKeyDown}
      onPointerMove={onPointerMove}
      onPointerLeave={() => setReading(null)}
      onBlur={() => setReading(null)}
    >
      <Group left={MARGIN.left} top={MARGIN.top}>
        {[0, 60, 80, 100].map(level => (
          <line
            key={level}
            x2={innerWidth}
            y1={y(level)}
            y2={y(level)}
            stroke={theme.palette.divider}
            strokeDasharray={level === 0 ? undefined : '2 3'}
          />
        ))}
        <AxisLeft
          scale={y}
          tickValues={[0, 60, 80, 100]}
          hideAxisLine
          hideTicks
          tickLabelProps={{ ...axisText, textAnchor: 'end', dx: -2, dy: 4 }}
        />
        <AxisBottom
          scale={x}
          top={innerHeight}
          numTicks={width < 480 ? 3 : 6}
          tickFormat={value => dayName(new Date(value.valueOf()))}
          hideAxisLine
          tickStroke={theme.palette.divider}
          tickLength={4}
          tickLabelProps={{ ...axisText, textAnchor: 'middle' }}
        />
        {segments.map(segment => (
          <Group key={segment[0].at}>
            <LinePath
              data={segment}
              x={point => x(point.at)}
              y={point => y(point.score)}
              stroke={tone.accent}
              strokeWidth={2}
              strokeLinejoin="round"
            />
            <circle
              cx={x(segment[segment.length - 1].at)}
              cy={y(segment[segment.length - 1].score)}
              r={3.5}
              fill={tone.accent}
            />
          </Group>
        ))}
        {marks.map(mark => (
          <path
            key={`${mark.at} ${mark.commit}`}
            d={`M${x(Date.parse(mark.at))} ${innerHeight}v-6`}
            stroke={theme.palette.text.secondary}
            strokeWidth={2}
          />
        ))}
        {current && (
          <HistoryReading
            left={x(Date.parse(current.at))}
            top={current.score === null ? null : y(current.score)}
            width={innerWidth}
            height={innerHeight}
            text={t('chart.day', {
              date: dayName(new Date(current.at)),
              score:
                current.score === null
                  ? t('chart.unknown')
                  : String(current.score),
            })}
          />
        )}
      </Group>
    </svg>
  );
}
