import { makeStyles, useTheme } from '@material-ui/core/styles';
import { tones } from 'backstage-plugin-fettle-react';
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { dayName } from './dayName';

const MARGIN = { top: 8, right: 8, bottom: 20, left: 40 };
const LABEL_WIDTH = 52;

/** Where things are inside of the axes. */
export interface DayScale {
  /** The middle of a day. */
  x(index: number): number;
  y(value: number): number;
  /** The width of a day. */
  step: number;
}

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'block',
      borderRadius: 3,
      fontVariantNumeric: 'tabular-nums',
      '&:focus-visible': {
        outline: `2px solid ${tones(theme).accent}`,
        outlineOffset: 2,
      },
    },
  }),
  { name: 'FettleDayPlot' },
);

/** Axes over days. The pointer and the arrow keys choose a day. */
export function DayPlot(props: {
  days: readonly { day: string }[];
  width: number;
  height: number;
  /** Where the axis of values ends. */
  top: number;
  tickLabel(value: number): string;
  label: string;
  /** The index of the chosen day. */
  reading: number | null;
  onRead: (index: number | null) => void;
  children: (scale: DayScale) => ReactNode;
}) {
  const { days, width, height, top, tickLabel, reading, onRead } = props;
  const classes = useStyles();
  const theme = useTheme();
  const innerWidth = width - MARGIN.left - MARGIN.right;
  const innerHeight = height - MARGIN.top - MARGIN.bottom;
  const step = innerWidth / days.length;
  const scale: DayScale = {
    x: index => (index + 0.5) * step,
    y: value => innerHeight * (1 - value / top),
    step,
  };
  const last = days.length - 1;
  const every = Math.max(1, Math.ceil(LABEL_WIDTH / step));
  const text = { fill: theme.palette.text.secondary, fontSize: 11 };

  const onKeyDown = (event: KeyboardEvent) => {
    const at = reading ?? days.length;
    const next = {
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      Home: 0,
      End: last,
    }[event.key];
    if (event.key === 'Escape') onRead(null);
    if (next === undefined) return;
    event.preventDefault();
    onRead(Math.min(last, Math.max(0, next)));
  };
  const onPointerMove = (event: PointerEvent<SVGSVGElement>) => {
    const { left } = event.currentTarget.getBoundingClientRect();
    const at = Math.floor((event.clientX - left - MARGIN.left) / step);
    onRead(at >= 0 && at <= last ? at : null);
  };

  return (
    <svg
      width={width}
      height={height}
      className={classes.root}
      role="img"
      tabIndex={0}
      aria-label={props.label}
      onKeyDown={onKeyDown}
      onPointerMove={onPointerMove}
      onPointerLeave={() => onRead(null)}
      onBlur={() => onRead(null)}
    >
      <g transform={`translate(${MARGIN.left} ${MARGIN.top})`}>
        {reading !== null && (
          <rect
            x={scale.x(reading) - step / 2}
            width={step}
            height={innerHeight}
            fill={theme.palette.action.selected}
          />
        )}
        {[0, top / 2, top].map(value => (
          <g key={value}>
            <line
              x2={innerWidth}
              y1={scale.y(value)}
              y2={scale.y(value)}
              stroke={theme.palette.divider}
              strokeDasharray={value === 0 ? undefined : '2 3'}
            />
            <text
              {...text}
              x={-6}
              y={scale.y(value)}
              dy="0.32em"
              textAnchor="end"
            >
              {tickLabel(value)}
            </text>
          </g>
        ))}
        {days.map(
          ({ day }, index) =>
            (last - index) % every === 0 &&
            scale.x(index) >= LABEL_WIDTH / 4 && (
              <text
                key={day}
                {...text}
                x={Math.min(scale.x(index), innerWidth - LABEL_WIDTH / 4)}
                y={innerHeight + 15}
                textAnchor="middle"
              >
                {dayName(day)}
              </text>
            ),
        )}
        {props.children(scale)}
      </g>
    </svg>
  );
}
