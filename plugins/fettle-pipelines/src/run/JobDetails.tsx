import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { Job, Step } from 'backstage-plugin-fettle-common';
import {
  formatSpan,
  RunStateMark,
  TextButton,
  useElapsed,
} from 'backstage-plugin-fettle-react';
import { useState } from 'react';
import { fettlePipelinesTranslationRef } from '../translation';
import { HostLink } from './HostLink';
import { JobLog } from './JobLog';
import { TimeBar } from './TimeBar';
import type { TimeScale } from './timeScale';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gap: theme.spacing(1),
      padding: theme.spacing(0.5, 1.5, 1.5),
      borderBottom: `1px solid ${theme.palette.divider}`,
    },
    steps: { margin: 0, padding: 0, listStyle: 'none' },
    step: {
      display: 'grid',
      // On the same scale as its job: the columns are the same.
      gridTemplateColumns: 'minmax(0, 240px) minmax(0, 1fr) 76px',
      gap: theme.spacing(0, 1.5),
      alignItems: 'center',
      minHeight: 28,
      fontSize: '0.8125rem',
      [theme.breakpoints.down('xs')]: {
        gridTemplateColumns: 'minmax(0, 1fr) 64px',
        '& > :nth-child(2)': { display: 'none' },
      },
    },
    name: {
      display: 'flex',
      gap: '0.5em',
      minWidth: 0,
      paddingLeft: theme.spacing(3),
    },
    text: {
      minWidth: 0,
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      whiteSpace: 'nowrap',
    },
    failed: { fontWeight: 600 },
    span: { textAlign: 'right', fontVariantNumeric: 'tabular-nums' },
    line: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.5, 1.5),
      paddingLeft: theme.spacing(3),
      color: theme.palette.text.secondary,
      fontSize: '0.8125rem',
    },
  }),
  { name: 'FettleJobDetails' },
);

/** The steps of a job, where it ran, and its log when asked for. */
export function JobDetails(props: {
  runId: string;
  job: Job;
  scale: TimeScale;
}) {
  const { runId, job, scale } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const [log, setLog] = useState(false);
  return (
    <div className={classes.root}>
      {job.steps.length > 0 ? (
        <ol
          className={classes.steps}
          aria-label={t('run.stepsOf', { job: job.name })}
        >
          {job.steps.map(step => (
            <StepRow key={step.number} step={step} scale={scale} />
          ))}
        </ol>
      ) : (
        <span className={classes.line}>{t('run.noSteps')}</span>
      )}
      <div className={classes.line}>
        {job.runner && <span>{t('run.runner', { runner: job.runner })}</span>}
        <HostLink url={job.webUrl} what={job.name} />
        {job.hasLog && (
          <TextButton
            variant="outlined"
            aria-expanded={log}
            onClick={() => setLog(shown => !shown)}
          >
            {t(log ? 'log.hide' : 'log.show')}
          </TextButton>
        )}
      </div>
      {log && <JobLog runId={runId} job={job} />}
    </div>
  );
}

function StepRow(props: { step: Step; scale: TimeScale }) {
  const { step, scale } = props;
  const classes = useStyles();
  const elapsed = useElapsed(step, step.state === 'running');
  const failed = step.state === 'failed';
  return (
    <li className={classes.step}>
      <span className={`${classes.name} ${failed ? classes.failed : ''}`}>
        <RunStateMark compact state={step.state} hostState={step.hostState} />
        <span className={classes.text} title={step.name}>
          {step.name}
        </span>
      </span>
      <TimeBar thin scale={scale} of={step} />
      <span className={classes.span}>
        {elapsed === undefined ? '–' : formatSpan(elapsed)}
      </span>
    </li>
  );
}
