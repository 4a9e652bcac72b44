import { makeStyles } from '@material-ui/core/styles';
import type { RunState } from 'backstage-plugin-fettle-common';
import type { ReactElement } from 'react';
import { tones } from './tones';

const useStyles = makeStyles(
  theme => {
    const tone = tones(theme);
    return {
      icon: {
        width: '1.15em',
        height: '1.15em',
        flex: 'none',
        verticalAlign: '-0.2em',
        overflow: 'visible',
        '--fettle-glyph': theme.palette.background.paper,
      },
      queued: { color: tone.unknown },
      waiting: { color: tone.warn },
      running: { color: tone.accent },
      succeeded: { color: tone.good },
      failed: { color: tone.bad },
      cancelled: { color: tone.unknown },
      skipped: { color: tone.unknown },
      unknown: { color: tone.unknown },
      turning: {
        transformOrigin: '8px 8px',
        '@media (prefers-reduced-motion: no-preference)': {
          animation: '$turn 2.4s linear infinite',
        },
      },
      '@keyframes turn': { to: { transform: 'rotate(360deg)' } },
    };
  },
  { name: 'FettleRunStateIcon' },
);

const glyph = {
  stroke: 'var(--fettle-glyph)',
  strokeWidth: 1.8,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
  fill: 'none',
} as const;

const line = {
  stroke: 'currentColor',
  strokeWidth: 1.7,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
  fill: 'none',
} as const;

// Every outline differs, so that the shapes tell apart without their colours.
const SHAPES: Record<RunState, ReactElement> = {
  queued: <circle cx="8" cy="8" r="6.2" {...line} strokeDasharray="0.1 3.2" />,
  waiting: (
    <>
      <circle cx="8" cy="8" r="6.4" {...line} />
      <path d="M6.3 5.6v4.8M9.7 5.6v4.8" {...line} />
    </>
  ),
  running: (
    <>
      <circle cx="8" cy="8" r="6.2" {...line} />
      <path d="M8 1.8a6.2 6.2 0 0 1 0 12.4Z" fill="currentColor" />
    </>
  ),
  succeeded: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" />
      <path d="M4.8 8.3 7 10.5l4.2-4.8" {...glyph} />
    </>
  ),
  failed: (
    <>
      <path d="M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5Z" fill="currentColor" />
      <path d="m5.4 5.4 5.2 5.2m0-5.2-5.2 5.2" {...glyph} />
    </>
  ),
  cancelled: (
    <>
      <circle cx="8" cy="8" r="6.2" {...line} />
      <path d="M4 12 12 4" {...line} />
    </>
  ),
  skipped: <path d="m3 4 4 4-4 4M9 4l4 4-4 4" {...line} />,
  unknown: (
    <>
      <rect
        x="1.2"
        y="1.2"
        width="13.6"
        height="13.6"
        rx="2"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.3"
        strokeDasharray="2.6 1.6"
      />
      <path
        d="M6 6.3C6 5 6.8 4.2 8 4.2s2 .8 2 1.9c0 1.4-2 1.5-2 3M8 11.6v.1"
        {...line}
      />
    </>
  ),
};

/**
 * The shape of a run's, job's or step's state. Decoration: put the word beside
 * it, as {@link RunStateMark} does.
 *
 * @public
 */
export function RunStateIcon(props: { state: RunState; className?: string }) {
  const { state } = props;
  const classes = useStyles();
  return (
    <svg
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
      data-run-state={state}
      className={`${classes.icon} ${classes[state]} ${props.className ?? ''}`}
    >
      <g className={state === 'running' ? classes.turning : undefined}>
        {SHAPES[state]}
      </g>
    </svg>
  );
}
