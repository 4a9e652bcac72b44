import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import type { RunState } from 'backstage-plugin-fettle-common';
import { tones } from './tones';
import { fettleReactTranslationRef } from './translation';

const useStyles = makeStyles(
  { root: { display: 'block', overflow: 'visible', maxWidth: '100%' } },
  { name: 'FettleRunSparkline' },
);

const GAP = 2;

/**
 * The last runs as bars, oldest first: as high as they took long, hollow with
 * a cross where they failed, grey where they neither failed nor succeeded.
 *
 * @public
 */
export function RunSparkline(props: {
  runs: readonly { state: RunState; durationMs: number | null }[];
  width?: number;
  height?: number;
}) {
  const { runs, width = 160, height = 32 } = props;
  const classes = useStyles();
  const tone = tones(useTheme());
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const longest = Math.max(1, ...runs.map(run => run.durationMs ?? 0));
  // As if there were at least ten, so that a single run is no wall.
  const step = width / Math.max(10, runs.length);
  const thick = Math.min(10, step - GAP);
  const count = (state: RunState) =>
    String(runs.filter(run => run.state === state).length);
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      className={classes.root}
      role="img"
      aria-label={t('run.sparkline', {
        runs: String(runs.length),
        succeeded: count('succeeded'),
        failed: count('failed'),
      })}
    >
      {runs.map((run, index) => {
        const share = (run.durationMs ?? 0) / longest;
        const tall = Math.max(3, share * (height - 8));
        const x = width - (runs.length - index) * step + (step - thick) / 2;
        const y = height - tall;
        const failed = run.state === 'failed';
        const other = failed ? tone.bad : tone.unknown;
        const colour = run.state === 'succeeded' ? tone.good : other;
        const middle = x + thick / 2;
        return (
          // Runs have no identity here but their place.
          // eslint-disable-next-line react/no-array-index-key
          <g key={index} data-run-state={run.state}>
            <rect
              x={failed ? x + 0.75 : x}
              y={failed ? y + 0.75 : y}
              width={failed ? thick - 1.5 : thick}
              height={failed ? Math.max(1.5, tall - 1.5) : tall}
              rx="1"
              fill={failed ? 'none' : colour}
              stroke={failed ? colour : 'none'}
              strokeWidth="1.5"
            />
            {failed && (
              <path
                d={`M${middle - 2} ${y - 6}l4 4m0-4l-4 4`}
                stroke={colour}
                strokeWidth="1.5"
                strokeLinecap="round"
              />
            )}
          </g>
        );
      })}
    </svg>
  );
}
