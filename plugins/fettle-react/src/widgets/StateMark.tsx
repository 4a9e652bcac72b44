import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { RepositoryState } from 'backstage-plugin-fettle-common';
import type { ReactElement } from 'react';
import { tones } from './tones';
import { fettleReactTranslationRef } from './translation';

const useStyles = makeStyles(
  theme => {
    const tone = tones(theme);
    return {
      root: {
        display: 'inline-flex',
        alignItems: 'center',
        gap: '0.35em',
        whiteSpace: 'nowrap',
      },
      icon: { width: '1em', height: '1em', flex: 'none' },
      pending: { color: tone.accent },
      ready: { color: tone.good },
      empty: { color: tone.unknown },
      failing: { color: tone.bad },
      stale: { color: tone.unknown },
    };
  },
  { name: 'FettleStateMark' },
);

const line = {
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 1.7,
  strokeLinecap: 'round',
} as const;

const SHAPES: Record<RepositoryState, ReactElement> = {
  pending: (
    <>
      <circle cx="8" cy="8" r="6.2" {...line} />
      <path d="M8 1.8a6.2 6.2 0 0 1 0 12.4Z" fill="currentColor" />
    </>
  ),
  ready: <circle cx="8" cy="8" r="4.5" fill="currentColor" />,
  empty: <circle cx="8" cy="8" r="6" {...line} strokeDasharray="2.5 2.5" />,
  failing: (
    <>
      <path
        d="M2 13.5 13.5 2M5.3 5.3 3 7.6a3 3 0 0 0 0 4.2M10.7 10.7 13 8.4a3 3 0 0 0 0-4.2"
        {...line}
      />
    </>
  ),
  stale: (
    <>
      <circle cx="8" cy="8" r="6.2" {...line} />
      <path d="M8 4.4V8l2.4 1.6" {...line} />
    </>
  ),
};

/**
 * The state of a repository: shape, word and colour.
 *
 * @public
 */
export function StateMark(props: { state: RepositoryState }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleReactTranslationRef);
  return (
    <span className={`${classes.root} ${classes[props.state]}`}>
      <svg viewBox="0 0 16 16" aria-hidden="true" className={classes.icon}>
        {SHAPES[props.state]}
      </svg>
      <span>{t(`state.${props.state}`)}</span>
    </span>
  );
}
