import { useTheme } from '@material-ui/core/styles';
import type { PipelineDay } from 'backstage-plugin-fettle-common';
import { tones } from 'backstage-plugin-fettle-react';
import type { DayScale } from './DayPlot';

/** What became of a run, in the order in which they are stacked. */
export const RESULTS = ['succeeded', 'failed', 'other'] as const;

/** How many runs of a day ended in which way. */
export function resultsOf(day: PipelineDay) {
  const { runs, succeeded, failed } = day;
  return { succeeded, failed, other: Math.max(0, runs - succeeded - failed) };
}

/** Told apart by their fill as well as by their colour. */
export function ResultBox(props: {
  result: (typeof RESULTS)[number];
  x: number;
  y: number;
  width: number;
  height: number;
}) {
  const { result, x, y, width, height } = props;
  const tone = tones(useTheme());
  if (result === 'succeeded') {
    return <rect {...{ x, y, width, height }} fill={tone.good} />;
  }
  const colour = result === 'failed' ? tone.bad : tone.unknown;
  // The line is drawn inside of the box.
  const half = Math.min(0.75, width / 2, height / 2);
  return (
    <rect
      x={x + half}
      y={y + half}
      width={width - 2 * half}
      height={height - 2 * half}
      fill={colour}
      fillOpacity={result === 'failed' ? 0.25 : 0}
      stroke={colour}
      strokeWidth={2 * half}
      strokeDasharray={result === 'failed' ? undefined : '2 2'}
    />
  );
}

/** A bar a day: runs that passed, that failed, and the others. */
export function ResultBars(props: {
  days: readonly PipelineDay[];
  scale: DayScale;
}) {
  const { days, scale } = props;
  const width = Math.max(1, Math.min(28, scale.step * 0.7));
  return (
    <>
      {days.map((day, index) => {
        const results = resultsOf(day);
        let below = 0;
        return RESULTS.map(result => {
          const count = results[result];
          if (count === 0) return null;
          const y = scale.y(below + count);
          const height = scale.y(below) - y;
          below += count;
          return (
            <ResultBox
              key={`${day.day} ${result}`}
              result={result}
              x={scale.x(index) - width / 2}
              y={y}
              width={width}
              height={height}
            />
          );
        });
      })}
    </>
  );
}
