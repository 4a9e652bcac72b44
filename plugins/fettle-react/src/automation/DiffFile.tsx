import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import ButtonBase from '@material-ui/core/ButtonBase';
import { alpha, makeStyles } from '@material-ui/core/styles';
import type { FileDiff } from 'backstage-plugin-fettle-common';
import { useMemo, useState } from 'react';
import { TextButton } from '../widgets/TextButton';
import { tones } from '../widgets/tones';
import { fettleReactTranslationRef } from '../widgets/translation';
import { DiffLines } from './DiffLines';
import { parseDiff } from './parseDiff';

/** Longer ones are opened by who wants to read them. */
const LONG = 250;
/** More lines than this make a page slow; the rest is asked for. */
const STEP = 1_000;

const useStyles = makeStyles(
  theme => ({
    root: {
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: 8,
      overflow: 'hidden',
      background: theme.palette.background.paper,
      minWidth: 0,
    },
    head: {
      display: 'flex',
      width: '100%',
      alignItems: 'baseline',
      justifyContent: 'flex-start',
      gap: theme.spacing(0, 1),
      padding: theme.spacing(0.75, 1.5),
      font: 'inherit',
      textAlign: 'left',
      background: alpha(theme.palette.text.primary, 0.04),
      '&:hover': { background: theme.palette.action.hover },
      '&:focus-visible': {
        outline: `2px solid ${tones(theme).accent}`,
        outlineOffset: -2,
      },
    },
    toggle: {
      width: '1em',
      flex: 'none',
      fontSize: '0.75rem',
      color: theme.palette.text.secondary,
    },
    path: {
      flex: 1,
      minWidth: 0,
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, monospace',
      fontSize: '0.8125rem',
      overflowWrap: 'anywhere',
    },
    deleted: { textDecoration: 'line-through' },
    kind: { color: theme.palette.text.secondary, fontSize: '0.75rem' },
    counts: {
      flex: 'none',
      fontVariantNumeric: 'tabular-nums',
      fontSize: '0.8125rem',
      fontWeight: 600,
    },
    plus: { color: tones(theme).good },
    minus: { color: tones(theme).bad },
    note: {
      padding: theme.spacing(1, 1.5),
      color: theme.palette.text.secondary,
      borderTop: `1px solid ${theme.palette.divider}`,
      fontSize: '0.8125rem',
    },
  }),
  { name: 'FettleDiffFile' },
);

/**
 * How one file would be changed, as a reviewer reads it. A long one opens when
 * it is asked for.
 *
 * @public
 */
export function DiffFile(props: { file: FileDiff; closed?: boolean }) {
  const { path, kind, added, removed, diff } = props.file;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const hunks = useMemo(() => (diff === null ? [] : parseDiff(diff)), [diff]);
  const lines = hunks.reduce((sum, hunk) => sum + hunk.lines.length, 0);
  const [open, setOpen] = useState(!props.closed && lines <= LONG);
  const [most, setMost] = useState(STEP);
  return (
    <section className={classes.root} aria-label={path} data-kind={kind}>
      <ButtonBase
        disableRipple
        className={classes.head}
        aria-expanded={open}
        onClick={() => setOpen(was => !was)}
      >
        <span className={classes.toggle} aria-hidden="true">
          {open ? '▾' : '▸'}
        </span>
        <span className={classes.path}>
          <span className={kind === 'deleted' ? classes.deleted : undefined}>
            {path}
          </span>{' '}
          {kind !== 'changed' && (
            <span className={classes.kind}>{t(`automation.diff.${kind}`)}</span>
          )}
        </span>
        <span className={classes.counts}>
          <span className={classes.plus}>+{added}</span>{' '}
          <span className={classes.minus}>−{removed}</span>
        </span>
      </ButtonBase>
      <div hidden={!open}>
        {open && diff !== null && <DiffLines hunks={hunks} most={most} />}
        {open && diff === null && (
          <div className={classes.note}>{t('automation.diff.tooLong')}</div>
        )}
        {open && lines > most && (
          <div className={classes.note}>
            <TextButton
              color="primary"
              onClick={() => setMost(shown => shown + STEP)}
            >
              {t('automation.diff.more', { n: String(lines - most) })}
            </TextButton>
          </div>
        )}
      </div>
    </section>
  );
}
