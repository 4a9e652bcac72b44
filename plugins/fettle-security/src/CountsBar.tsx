import { makeStyles } from '@material-ui/core/styles';
import { hatching, tones } from 'backstage-plugin-fettle-react';
import type { ReactNode } from 'react';

/** One part of a {@link CountsBar}. */
export interface CountsPart {
  key: string;
  look: 'bad' | 'warn' | 'unknown' | 'unseen' | 'good' | 'none';
  count: number;
  /** The count in words, with its shape. */
  mark: ReactNode;
}

const useStyles = makeStyles(
  theme => {
    const tone = tones(theme);
    return {
      root: { display: 'grid', gap: theme.spacing(0.5), minWidth: 0 },
      bar: {
        display: 'flex',
        gap: 1,
        height: 8,
        borderRadius: 4,
        overflow: 'hidden',
        background: theme.palette.action.hover,
      },
      bad: { background: tone.bad },
      warn: { background: tone.warn },
      unknown: { background: hatching(theme) },
      unseen: { background: hatching(theme), opacity: 0.5 },
      good: { background: tone.good },
      none: { background: theme.palette.divider },
      words: {
        display: 'flex',
        flexWrap: 'wrap',
        gap: theme.spacing(0, 1.5),
        fontSize: '0.8125rem',
      },
    };
  },
  { name: 'FettleCountsBar' },
);

/** How many stand how, as lengths and in words; parts without any are left out. */
export function CountsBar({ parts }: { parts: readonly CountsPart[] }) {
  const classes = useStyles();
  const there = parts.filter(({ count }) => count > 0);
  return (
    <div className={classes.root}>
      <div className={classes.bar} aria-hidden="true">
        {there.map(({ key, look, count }) => (
          <span
            key={key}
            className={classes[look]}
            style={{ flexGrow: count, minWidth: 3 }}
          />
        ))}
      </div>
      <div className={classes.words}>{there.map(({ mark }) => mark)}</div>
    </div>
  );
}
