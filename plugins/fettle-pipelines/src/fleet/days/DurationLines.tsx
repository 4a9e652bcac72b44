import { useTheme } from '@material-ui/core/styles';
import type { PipelineDay } from 'backstage-plugin-fettle-common';
import { tones } from 'backstage-plugin-fettle-react';
import type { DayScale } from './DayPlot';

/** The dashes of the line of p95. */
export const P95_DASHES = '5 3';

/** Lines of p50 and p95, with gaps where nothing ran. */
export function DurationLines(props: {
  days: readonly PipelineDay[];
  scale: DayScale;
}) {
  const { days, scale } = props;
  const theme = useTheme();
  const { accent } = tones(theme);
  const lines = [
    ['durationP95', P95_DASHES],
    ['durationP50', undefined],
  ] as const;
  return (
    <>
      {lines.map(([name, dashes]) => (
        <g key={name}>
          <path
            d={pathOf(
              days.map(day => day[name]),
              scale,
            )}
            fill="none"
            stroke={accent}
            strokeWidth={dashes ? 1.5 : 2}
            strokeLinejoin="round"
            strokeDasharray={dashes}
          />
          {days.map((day, index) => {
            const value = day[name];
            return value === null ? null : (
              <circle
                key={day.day}
                cx={scale.x(index)}
                cy={scale.y(value)}
                r={days.length > 40 ? 1.5 : 2.5}
                fill={dashes ? theme.palette.background.paper : accent}
                stroke={accent}
              />
            );
          })}
        </g>
      ))}
    </>
  );
}

function pathOf(values: readonly (number | null)[], scale: DayScale): string {
  let drawing = false;
  return values
    .map((value, index) => {
      const move = drawing ? 'L' : 'M';
      drawing = value !== null;
      return value === null ? '' : `${move}${scale.x(index)} ${scale.y(value)}`;
    })
    .join('');
}
