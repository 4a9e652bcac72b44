import { makeStyles } from '@material-ui/core/styles';
import type { Run } from 'backstage-plugin-fettle-common';
import {
  Age,
  RunDuration,
  RunStateMark,
  tones,
} from 'backstage-plugin-fettle-react';
import { memo, type MouseEvent, type ReactElement } from 'react';
import { RunActions } from '../run/RunActions';
import { QueueTime } from './QueueTime';
import type { RunColumnId, runColumnsFor } from './runColumns';
import { RunOrigin } from './RunOrigin';
import { RunTitle } from './RunTitle';

const useStyles = makeStyles(
  theme => ({
    row: {
      position: 'relative',
      display: 'grid',
      gap: theme.spacing(0.5, 1.5),
      alignItems: 'center',
      minHeight: 54,
      padding: theme.spacing(0.75, 2),
      borderBottom: `1px solid ${theme.palette.divider}`,
      fontVariantNumeric: 'tabular-nums',
      cursor: 'pointer',
      '&:hover': { background: theme.palette.action.hover },
      '&:focus-within': { boxShadow: `inset 3px 0 0 ${tones(theme).accent}` },
    },
    open: { background: theme.palette.action.selected },
    cell: { minWidth: 0 },
    right: { textAlign: 'right' },
    quiet: { color: theme.palette.text.secondary },
    duration: {
      width: 120,
      '& > div > :first-child': { justifyContent: 'flex-start' },
    },
    block: { display: 'grid', gap: theme.spacing(0.5) },
    line: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(0.5, 1.5),
      minWidth: 0,
    },
    arrived: {
      '@media (prefers-reduced-motion: no-preference)': {
        animation: '$arrived 2.4s ease-out',
      },
    },
    '@keyframes arrived': {
      '0%': { backgroundColor: theme.palette.action.selected },
      '100%': { backgroundColor: 'transparent' },
    },
  }),
  { name: 'FettleRunRow' },
);

/** One run. A click anywhere but on another control opens it. */
export const RunRow = memo(function Row(props: {
  run: Run;
  index: number;
  columns: ReturnType<typeof runColumnsFor>;
  open: boolean;
  arrived: boolean;
  focusable: boolean;
  onFocus: (id: string) => void;
  onToggle: (id: string | undefined) => void;
}) {
  const { run, index, columns, open, onToggle } = props;
  const classes = useStyles();
  const single = columns.length === 1;
  const shown = new Set(columns.map(({ id }) => id));
  const toggle = () => onToggle(open ? undefined : run.id);
  const onClick = (event: MouseEvent) => {
    const { target } = event;
    if (!(target instanceof Element)) return;
    if (target.closest('a, button')) return;
    // Who selects text does not mean to open the row.
    if (window.getSelection()?.toString()) return;
    toggle();
  };

  const title = (
    <RunTitle
      run={run}
      open={open}
      focusable={props.focusable}
      onFocus={() => props.onFocus(run.id)}
      onToggle={toggle}
      origin={!shown.has('origin')}
    />
  );
  const state = <RunStateMark state={run.state} hostState={run.hostState} />;
  const when = (
    <Age
      at={run.queuedAt ?? run.startedAt ?? run.seenAt}
      className={classes.quiet}
    />
  );
  // An open run has them all below.
  const actions = open ? <></> : <RunActions run={run} brief />;
  const cells: Record<RunColumnId, ReactElement> = {
    state,
    run: single ? (
      <div className={classes.block}>
        <div className={classes.line}>
          {state}
          {when}
        </div>
        {title}
        <div className={classes.line}>
          <div className={classes.duration}>
            <RunDuration run={run} />
          </div>
          {actions}
        </div>
      </div>
    ) : (
      title
    ),
    origin: <RunOrigin run={run} />,
    queued: <QueueTime run={run} />,
    duration: <RunDuration run={run} />,
    when,
    actions,
  };

  return (
    // The button in the row is what a keyboard uses.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      role="row"
      data-index={index}
      data-run={run.id}
      data-state={run.state}
      className={`${classes.row} ${open ? classes.open : ''} ${
        props.arrived ? classes.arrived : ''
      }`}
      style={{ gridTemplateColumns: columns.map(c => c.track).join(' ') }}
      onClick={onClick}
    >
      {columns.map(({ id, right }) => (
        <div
          key={id}
          role="cell"
          className={`${classes.cell} ${right ? classes.right : ''}`}
        >
          {cells[id]}
        </div>
      ))}
    </div>
  );
});
