import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import type {
  RepositoryHealth,
  Verdict,
  VerdictCounts,
  VerdictStatus,
} from 'backstage-plugin-fettle-common';
import {
  StatusIcon,
  tones,
  VisuallyHidden,
} from 'backstage-plugin-fettle-react';
import { useEffect, useState, type ReactNode } from 'react';
import { fettleTranslationRef } from '../translation';
import { groupColumns } from './groupColumns';
import { VerdictRow } from './VerdictRow';

const useStyles = makeStyles(
  theme => ({
    root: { borderTop: `1px solid ${theme.palette.divider}` },
    head: {
      ...groupColumns(theme),
      width: '100%',
      minHeight: 38,
      padding: theme.spacing(0.5, 2),
      font: 'inherit',
      textAlign: 'left',
      '& > :nth-child(n+2)': { justifySelf: 'end' },
      '&:hover': { background: theme.palette.action.hover },
      '&:focus-visible': {
        outline: `2px solid ${tones(theme).accent}`,
        outlineOffset: -2,
      },
    },
    // Too narrow for columns: the name, then only the counts that are not zero.
    headNarrow: {
      [theme.breakpoints.down('xs')]: {
        display: 'flex',
        justifyContent: 'flex-start',
        gap: theme.spacing(1.5),
        '& $name': { flex: 1 },
        '& $none': { display: 'none' },
      },
    },
    name: { fontWeight: 600 },
    marker: {
      display: 'inline-block',
      width: '1.2em',
      color: theme.palette.text.secondary,
    },
    count: { display: 'inline-flex', alignItems: 'center', gap: '0.3em' },
    none: { color: theme.palette.text.disabled },
    verdicts: { paddingBottom: theme.spacing(0.5) },
  }),
  { name: 'FettleCheckGroup' },
);

const COUNTS: [
  keyof VerdictCounts,
  VerdictStatus,
  'pass' | 'warn' | 'fail' | 'unknown' | 'na',
][] = [
  ['pass', 'pass', 'pass'],
  ['warn', 'warn', 'warn'],
  ['fail', 'fail', 'fail'],
  ['unknown', 'unknown', 'unknown'],
  ['notApplicable', 'not-applicable', 'na'],
];

/** One group: its score and counts, and its verdicts when open. */
export function CheckGroup(props: {
  group: RepositoryHealth['groups'][number];
  verdicts: readonly Verdict[];
  opened?: string;
  fixOf?: (checkId: string) => ReactNode;
}) {
  const { group, verdicts, opened, fixOf } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const { counts } = group;
  const [open, setOpen] = useState(
    counts.fail + counts.warn + counts.unknown > 0,
  );
  const holdsOpened = verdicts.some(({ check }) => check.id === opened);
  useEffect(() => {
    if (holdsOpened) setOpen(true);
  }, [holdsOpened, opened]);

  return (
    <div className={classes.root}>
      <ButtonBase
        disableRipple
        className={`${classes.head} ${classes.headNarrow}`}
        aria-expanded={open}
        onClick={() => setOpen(was => !was)}
      >
        <span className={classes.name}>
          <span className={classes.marker} aria-hidden="true">
            {open ? '▾' : '▸'}
          </span>
          {group.group}
        </span>
        <span>
          <VisuallyHidden>{t('group.score')} </VisuallyHidden>
          {group.score ?? t('group.unscored')}
        </span>
        {COUNTS.map(([key, status, word]) => (
          <span
            key={key}
            className={`${classes.count} ${
              counts[key] === 0 ? classes.none : ''
            }`}
          >
            {counts[key] > 0 && <StatusIcon status={status} />}
            {counts[key]}
            <VisuallyHidden> {t(`group.${word}`)}</VisuallyHidden>
          </span>
        ))}
      </ButtonBase>
      {open && (
        <div className={classes.verdicts}>
          {verdicts.map(verdict => (
            <VerdictRow
              key={verdict.check.id}
              verdict={verdict}
              opened={opened === verdict.check.id}
              fix={fixOf?.(verdict.check.id)}
            />
          ))}
        </div>
      )}
    </div>
  );
}
