import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import type { Verdict } from 'backstage-plugin-fettle-common';
import {
  Age,
  formatPoints,
  Status,
  tones,
  useMoved,
} from 'backstage-plugin-fettle-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { VerdictDetails } from './VerdictDetails';

const useStyles = makeStyles(
  theme => ({
    row: {
      display: 'grid',
      gridTemplateColumns: '84px minmax(0, 1fr) 88px 68px',
      alignItems: 'start',
      gap: theme.spacing(0, 1.5),
      width: '100%',
      padding: theme.spacing(0.75, 2, 0.75, 4.5),
      font: 'inherit',
      fontSize: '0.875rem',
      lineHeight: 1.5,
      textAlign: 'left',
      '&:hover': { background: theme.palette.action.hover },
      '&:focus-visible': {
        outline: `2px solid ${tones(theme).accent}`,
        outlineOffset: -2,
      },
      [theme.breakpoints.down('xs')]: {
        gridTemplateColumns: 'minmax(0, 1fr) auto',
        paddingLeft: theme.spacing(2),
        '& $text': { gridColumn: '1 / -1', gridRow: 2 },
      },
    },
    text: { overflowWrap: 'anywhere' },
    message: { color: theme.palette.text.secondary },
    quiet: {
      color: theme.palette.text.secondary,
      fontVariantNumeric: 'tabular-nums',
      textAlign: 'right',
      whiteSpace: 'nowrap',
    },
    since: { [theme.breakpoints.down('xs')]: { display: 'none' } },
    moved: {
      '@media (prefers-reduced-motion: no-preference)': {
        animation: '$moved 2.4s ease-out',
      },
    },
    '@keyframes moved': {
      '0%': { boxShadow: `inset 4px 0 0 ${tones(theme).accent}` },
      '100%': { boxShadow: 'inset 4px 0 0 transparent' },
    },
  }),
  { name: 'FettleVerdictRow' },
);

/** One verdict; it opens to its evidence in place. */
export function VerdictRow(props: {
  verdict: Verdict;
  opened: boolean;
  fix?: ReactNode;
}) {
  const { verdict, opened, fix } = props;
  const classes = useStyles();
  const [open, setOpen] = useState(opened);
  const { justMoved } = useMoved(verdict.status);
  const row = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!opened) return;
    setOpen(true);
    row.current?.scrollIntoView?.({ block: 'nearest' });
    row.current?.focus();
  }, [opened]);
  const possible = verdict.points + verdict.worth;

  return (
    <div id={`check-${verdict.check.id}`}>
      <ButtonBase
        ref={row}
        disableRipple
        className={`${classes.row} ${justMoved ? classes.moved : ''}`}
        aria-expanded={open}
        onClick={() => setOpen(was => !was)}
      >
        <Status status={verdict.status} />
        <span className={classes.text}>
          {verdict.check.title}
          {!open && (
            <span className={classes.message}> · {verdict.message}</span>
          )}
        </span>
        <span className={`${classes.quiet} ${classes.since}`}>
          <Age at={verdict.since} />
        </span>
        <span className={classes.quiet}>
          {possible > 0
            ? `${formatPoints(verdict.points)} / ${formatPoints(possible)}`
            : '–'}
        </span>
      </ButtonBase>
      {open && <VerdictDetails verdict={verdict} fix={fix} />}
    </div>
  );
}
