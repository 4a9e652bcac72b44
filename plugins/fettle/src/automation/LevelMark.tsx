import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { PlaybookLevel } from 'backstage-plugin-fettle-common';
import {
  fettleReactTranslationRef,
  tones,
} from 'backstage-plugin-fettle-react';
import { fettleTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: '0.4em',
      whiteSpace: 'nowrap',
    },
    steps: { display: 'inline-flex', gap: 2 },
    step: {
      width: 8,
      height: 12,
      borderRadius: 2,
      boxShadow: `inset 0 0 0 1px ${tones(theme).unknown}`,
    },
    full: { background: tones(theme).accent, boxShadow: 'none' },
  }),
  { name: 'FettleLevelMark' },
);

const LEVELS: PlaybookLevel[] = ['observe', 'propose', 'enforce'];

/** How far a playbook goes by itself: each level includes those before it. */
export function LevelMark({ level }: { level: PlaybookLevel }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const { t: shared } = useTranslationRef(fettleReactTranslationRef);
  const reached = LEVELS.indexOf(level);
  return (
    <span className={classes.root} title={t(`automation.levelWhat.${level}`)}>
      <span className={classes.steps} aria-hidden="true">
        {LEVELS.map((one, index) => (
          <span
            key={one}
            className={`${classes.step} ${
              index <= reached ? classes.full : ''
            }`}
          />
        ))}
      </span>
      {shared(`automation.level.${level}`)}
    </span>
  );
}
