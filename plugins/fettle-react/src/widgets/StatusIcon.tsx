import { makeStyles } from '@material-ui/core/styles';
import type { VerdictStatus } from 'backstage-plugin-fettle-common';
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
        '--fettle-glyph': theme.palette.background.paper,
      },
      pass: { color: tone.good },
      warn: { color: tone.warn },
      fail: { color: tone.bad },
      unknown: { color: tone.unknown },
      'not-applicable': { color: tone.unknown },
    };
  },
  { name: 'FettleStatusIcon' },
);

const glyph = {
  stroke: 'var(--fettle-glyph)',
  strokeWidth: 1.8,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
  fill: 'none',
} as const;

// Every outline differs, so that the shapes tell apart without their colours.
const SHAPES: Record<VerdictStatus, ReactElement> = {
  pass: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" />
      <path d="M4.8 8.3 7 10.5l4.2-4.8" {...glyph} />
    </>
  ),
  warn: (
    <>
      <path
        d="M8 1.2 15.4 14.4H.6Z"
        fill="currentColor"
        stroke="currentColor"
        strokeWidth="1"
        strokeLinejoin="round"
      />
      <path d="M8 5.8v4M8 12.1v.1" {...glyph} />
    </>
  ),
  fail: (
    <>
      <path d="M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5Z" fill="currentColor" />
      <path d="m5.4 5.4 5.2 5.2m0-5.2-5.2 5.2" {...glyph} />
    </>
  ),
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
        d="M1.5 6 6 1.5M1.5 12.5l2.3-2.3M10 3.9l2.4-2.4M3.6 14.5l2.2-2.2M10 14.5 14.5 10"
        stroke="currentColor"
        strokeWidth="0.9"
      />
      <path
        d="M6 6.3C6 5 6.8 4.2 8 4.2s2 .8 2 1.9c0 1.4-2 1.5-2 3M8 11.6v.1"
        stroke="currentColor"
        strokeWidth="1.7"
        strokeLinecap="round"
        fill="none"
      />
    </>
  ),
  'not-applicable': (
    <path
      d="M4 8h8"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
    />
  ),
};

/**
 * The shape of a status. Decoration: put the word beside it, as
 * {@link Status} does.
 *
 * @public
 */
export function StatusIcon(props: {
  status: VerdictStatus;
  className?: string;
}) {
  const classes = useStyles();
  return (
    <svg
      viewBox="0 0 16 16"
      aria-hidden="true"
      focusable="false"
      data-status={props.status}
      className={`${classes.icon} ${classes[props.status]} ${
        props.className ?? ''
      }`}
    >
      {SHAPES[props.status]}
    </svg>
  );
}
