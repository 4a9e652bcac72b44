import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import type { Job } from 'backstage-plugin-fettle-common';
import {
  formatSpan,
  RunStateMark,
  Skeleton,
  tones,
  useElapsed,
} from 'backstage-plugin-fettle-react';
import { JobDetails } from './JobDetails';
import { TimeBar } from './TimeBar';
import type { TimeScale } from './timeScale';

const useStyles = makeStyles(
  theme => ({
    row: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 240px) minmax(0, 1fr) 76px',
      gap: theme.spacing(0, 1.5),
      alignItems: 'center',
      minHeight: 36,
      padding: theme.spacing(0, 1.5),
      borderBottom: `1px solid ${theme.palette.divider}`,
      [theme.breakpoints.down('xs')]: {
        gridTemplateColumns: 'minmax(0, 1fr) 64px',
        '& > :nth-child(2)': { display: 'none' },
      },
    },
    button: {
      justifyContent: 'flex-start',
      gap: '0.5em',
      minWidth: 0,
      font: 'inherit',
      textAlign: 'left',
      borderRadius: 3,
      '&:focus-visible': {
        outline: `2px solid ${tones(theme).accent}`,
        outlineOffset: 1,
      },
    },
    marker: { color: theme.palette.text.secondary, width: '0.8em' },
    name: {
      minWidth: 0,
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      whiteSpace: 'nowrap',
    },
    failed: { fontWeight: 600 },
    span: { textAlign: 'right', fontVariantNumeric: 'tabular-nums' },
    loading: { padding: theme.spacing(0.75, 1.5) },
  }),
  { name: 'FettleJobRow' },
);

/** One job on the timeline; the button opens its steps. Absent: it is being read. */
export function JobRow(props: {
  runId: string;
  job?: Job;
  scale: TimeScale;
  open: boolean;
  focusable: boolean;
  onFocus: () => void;
  onToggle: () => void;
}) {
  const classes = useStyles();
  if (!props.job) {
    return (
      <div className={classes.loading}>
        <Skeleton height={24} />
      </div>
    );
  }
  return <KnownJobRow {...props} job={props.job} />;
}

function KnownJobRow(props: Parameters<typeof JobRow>[0] & { job: Job }) {
  const { job, scale, open } = props;
  const classes = useStyles();
  const elapsed = useElapsed(job, job.state === 'running');
  return (
    <>
      <div className={classes.row}>
        <ButtonBase
          disableRipple
          data-job-button=""
          className={classes.button}
          aria-expanded={open}
          tabIndex={props.focusable ? 0 : -1}
          onFocus={props.onFocus}
          onClick={props.onToggle}
        >
          <span className={classes.marker} aria-hidden="true">
            {open ? '▾' : '▸'}
          </span>
          <RunStateMark compact state={job.state} hostState={job.hostState} />
          <span
            className={`${classes.name} ${
              job.state === 'failed' ? classes.failed : ''
            }`}
            title={job.name}
          >
            {job.name}
          </span>
        </ButtonBase>
        <TimeBar scale={scale} of={job} />
        <span className={classes.span}>
          {elapsed === undefined ? '–' : formatSpan(elapsed)}
        </span>
      </div>
      {open && <JobDetails runId={props.runId} job={job} scale={scale} />}
    </>
  );
}
