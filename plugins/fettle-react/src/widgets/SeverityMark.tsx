import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { Severity } from 'backstage-plugin-fettle-common';
import type { ReactElement } from 'react';
import { tones } from './tones';
import { fettleReactTranslationRef } from './translation';

const useStyles = makeStyles(
  theme => {
    const tone = tones(theme);
    return {
      root: {
        display: 'inline-flex',
        alignItems: 'baseline',
        gap: '0.35em',
        whiteSpace: 'nowrap',
      },
      icon: {
        width: '1.1em',
        height: '1.1em',
        flex: 'none',
        // The line it stands on is that of its word.
        alignSelf: 'center',
        '--fettle-glyph': theme.palette.background.paper,
      },
      critical: { color: tone.bad, fontWeight: 600 },
      high: { color: tone.bad },
      medium: { color: tone.warn },
      low: { color: theme.palette.text.secondary },
      unknown: { color: tone.unknown },
    };
  },
  { name: 'FettleSeverityMark' },
);

const line = {
  stroke: 'currentColor',
  strokeWidth: 1.7,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
  fill: 'none',
} as const;
const glyph = { ...line, stroke: 'var(--fettle-glyph)' } as const;

// Every outline differs, and the fuller the shape, the graver.
const SHAPES: Record<Severity, ReactElement> = {
  critical: (
    <>
      <path d="M8 .6 15.4 8 8 15.4.6 8Z" fill="currentColor" />
      <path d="M8 4.4v4.4M8 11.4v.1" {...glyph} />
    </>
  ),
  high: <path d="M8 1.2 15 14H1Z" fill="currentColor" />,
  medium: <path d="M8 2 14.2 13.4H1.8Z" {...line} />,
  low: <path d="m2.5 5.5 5.5 6 5.5-6" {...line} />,
  unknown: (
    <>
      <rect
        x="1.2"
        y="1.2"
        width="13.6"
        height="13.6"
        rx="2"
        {...line}
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
 * A severity as a shape, a word and a colour, with how many there are of it.
 *
 * @public
 */
export function SeverityMark(props: { severity: Severity; count?: number }) {
  const { severity, count } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleReactTranslationRef);
  return (
    <span
      className={`${classes.root} ${classes[severity]}`}
      data-severity={severity}
    >
      <svg
        viewBox="0 0 16 16"
        aria-hidden="true"
        focusable="false"
        className={classes.icon}
      >
        {SHAPES[severity]}
      </svg>
      {count === undefined
        ? t(`severity.${severity}`)
        : `${count} ${t(`severity.${severity}`)}`}
    </span>
  );
}
