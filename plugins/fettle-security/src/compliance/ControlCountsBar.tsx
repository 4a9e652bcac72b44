import { makeStyles } from '@material-ui/core/styles';
import type { ControlCounts } from 'backstage-plugin-fettle-common';
import { hatching, tones } from 'backstage-plugin-fettle-react';
import { ControlStatusMark } from './ControlStatusMark';

/** What is not met first. */
const PARTS = [
  ['notMet', 'not-met'],
  ['unknown', 'unknown'],
  ['notSeen', 'not-seen'],
  ['met', 'met'],
  ['notApplicable', 'not-applicable'],
] as const;

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
      notMet: { background: tone.bad },
      unknown: { background: hatching(theme) },
      notSeen: { background: hatching(theme), opacity: 0.5 },
      met: { background: tone.good },
      notApplicable: { background: theme.palette.divider },
      words: {
        display: 'flex',
        flexWrap: 'wrap',
        gap: theme.spacing(0, 1.5),
        fontSize: '0.8125rem',
      },
    };
  },
  { name: 'FettleControlCountsBar' },
);

/** How many pairs of repository and control stand how, as lengths and in words. */
export function ControlCountsBar({ counts }: { counts: ControlCounts }) {
  const classes = useStyles();
  const there = PARTS.filter(([key]) => counts[key] > 0);
  return (
    <div className={classes.root}>
      <div className={classes.bar} aria-hidden="true">
        {there.map(([key]) => (
          <span
            key={key}
            className={classes[key]}
            style={{ flexGrow: counts[key], minWidth: 3 }}
          />
        ))}
      </div>
      <div className={classes.words}>
        {there.map(([key, status]) => (
          <ControlStatusMark key={key} status={status} count={counts[key]} />
        ))}
      </div>
    </div>
  );
}
