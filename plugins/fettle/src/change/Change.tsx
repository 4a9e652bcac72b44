import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { ActivityItem } from 'backstage-plugin-fettle-common';
import { Age, StatusIcon, tones } from 'backstage-plugin-fettle-react';
import type { ReactNode } from 'react';
import { fettleTranslationRef } from '../translation';

const SHOWN = 3;

const useStyles = makeStyles(
  theme => {
    const tone = tones(theme);
    return {
      list: { margin: 0, padding: 0, listStyle: 'none' },
      item: {
        padding: theme.spacing(0.75, 0),
        fontSize: '0.875rem',
        lineHeight: 1.45,
        overflowWrap: 'anywhere',
        '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
      },
      line: {
        display: 'flex',
        alignItems: 'baseline',
        justifyContent: 'space-between',
        gap: theme.spacing(0, 1),
      },
      score: { fontVariantNumeric: 'tabular-nums', fontWeight: 600 },
      up: { color: tone.good },
      down: { color: tone.bad },
      aside: { flex: 'none' },
      quiet: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
      verdicts: { margin: 0, padding: 0, listStyle: 'none' },
      verdict: {
        display: 'flex',
        alignItems: 'baseline',
        gap: '0.4em',
        fontSize: '0.8125rem',
        color: theme.palette.text.secondary,
      },
    };
  },
  { name: 'FettleChange' },
);

/** A list of {@link Change}. */
export function ChangeItems(props: { children: ReactNode }) {
  const classes = useStyles();
  return <ul className={classes.list}>{props.children}</ul>;
}

/** One change: from which score to which, and the verdicts that did it. */
export function Change(props: { change: ActivityItem; name?: ReactNode }) {
  const { change, name } = props;
  const { from, to } = change;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const inWords = (score: number | null) =>
    score === null ? t('lately.unknown') : String(score);
  // A first reading brings every verdict at once; those are no changes.
  const first =
    from === null && change.verdicts.every(verdict => verdict.from === null);
  const verdicts = first ? [] : change.verdicts;
  let direction = '';
  if (from !== null && to !== null && from !== to) {
    direction = to > from ? classes.up : classes.down;
  }
  let score = null;
  if (first) {
    score =
      to === null
        ? t('lately.first')
        : t('lately.firstScore', { score: inWords(to) });
  } else if (from !== to) {
    score = `${inWords(from)} → ${inWords(to)}`;
  } else if (verdicts.length === 0) {
    // Neither score nor verdict moved: it began to fail, or could be read again.
    score = t('lately.state');
  }
  const said =
    score === null ? null : (
      <span className={`${classes.score} ${direction}`}>{score}</span>
    );
  return (
    <li className={classes.item}>
      <div className={classes.line}>
        <span>
          {name} {said}
          {change.subpath !== '' && (
            <span className={classes.quiet}> {change.subpath}</span>
          )}
        </span>
        <span className={`${classes.quiet} ${classes.aside}`}>
          {name === undefined && change.commit && (
            <code>{change.commit.slice(0, 7)} </code>
          )}
          <Age at={change.at} />
        </span>
      </div>
      {verdicts.length > 0 && (
        <ul className={classes.verdicts}>
          {verdicts.slice(0, SHOWN).map(verdict => (
            <li key={verdict.checkId} className={classes.verdict}>
              <StatusIcon status={verdict.to} />
              {t('lately.verdict', { title: verdict.title, to: verdict.to })}
            </li>
          ))}
          {verdicts.length > SHOWN && (
            <li className={classes.verdict}>
              {t('lately.more', { count: verdicts.length - SHOWN })}
            </li>
          )}
        </ul>
      )}
    </li>
  );
}
