import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { JobBrief } from 'backstage-plugin-fettle-common';
import {
  formatSpan,
  RunStateMark,
  useElapsed,
} from 'backstage-plugin-fettle-react';
import { fettlePipelinesTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      gap: theme.spacing(0, 1.5),
      margin: 0,
      padding: 0,
      listStyle: 'none',
      fontSize: '0.8125rem',
      lineHeight: 1.5,
      // One line of them, fading where it is cut: the rest is in the run itself.
      overflow: 'hidden',
      maskImage:
        'linear-gradient(to right, #000 calc(100% - 16px), transparent)',
      color: theme.palette.text.secondary,
    },
    chip: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: '0.3em',
      whiteSpace: 'nowrap',
      maxWidth: 240,
    },
    name: { overflow: 'hidden', textOverflow: 'ellipsis' },
    failed: { color: theme.palette.text.primary, fontWeight: 600 },
  }),
  { name: 'FettleJobChips' },
);

/** How the jobs of a run stand, in one line. */
export function JobChips(props: { jobs: readonly JobBrief[]; total: number }) {
  const { jobs, total } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  if (jobs.length === 0) return null;
  return (
    <ul className={classes.root} aria-label={t('run.jobs')}>
      {jobs.map(job => (
        <JobChip key={job.id} job={job} />
      ))}
      {total > jobs.length && (
        <li>{t('run.moreJobs', { count: total - jobs.length })}</li>
      )}
    </ul>
  );
}

function JobChip(props: { job: JobBrief }) {
  const { job } = props;
  const classes = useStyles();
  const elapsed = useElapsed(job, job.state === 'running');
  const failed = job.state === 'failed';
  return (
    <li className={classes.chip}>
      <RunStateMark compact state={job.state} />
      <span className={`${classes.name} ${failed ? classes.failed : ''}`}>
        {job.name}
      </span>
      {elapsed !== undefined && job.state !== 'skipped' && (
        <span>{formatSpan(elapsed)}</span>
      )}
    </li>
  );
}
