import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { Job } from 'backstage-plugin-fettle-common';
import { RunStateMark, tones } from 'backstage-plugin-fettle-react';
import { fettlePipelinesTranslationRef } from '../translation';
import { HostLink } from './HostLink';
import { JobLog } from './JobLog';

const useStyles = makeStyles(
  theme => ({
    root: {
      borderLeft: `3px solid ${tones(theme).bad}`,
      paddingLeft: theme.spacing(1.5),
      display: 'grid',
      gap: theme.spacing(0.75),
      minWidth: 0,
    },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.25, 1.5),
    },
    name: { margin: 0, font: 'inherit', fontWeight: 600 },
    note: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
  }),
  { name: 'FettleFailedJob' },
);

/** A job that failed: in which step, and how its log ends. */
export function FailedJob(props: {
  runId: string;
  job: Pick<Job, 'id' | 'name' | 'state' | 'webUrl' | 'steps' | 'hasLog'>;
}) {
  const { runId, job } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const step = job.steps.find(({ state }) => state === 'failed');
  return (
    <section
      className={classes.root}
      aria-label={t('run.failedJob', { job: job.name })}
    >
      <div className={classes.head}>
        <RunStateMark state={job.state} />
        <h3 className={classes.name}>{job.name}</h3>
        {step && (
          <span>
            {t('run.failedStep', {
              n: String(step.number),
              total: String(job.steps.length),
              step: step.name,
            })}
          </span>
        )}
        <HostLink url={job.webUrl} what={job.name} />
      </div>
      {job.hasLog ? (
        <JobLog runId={runId} job={job} />
      ) : (
        <span className={classes.note}>{t('log.none')}</span>
      )}
    </section>
  );
}
