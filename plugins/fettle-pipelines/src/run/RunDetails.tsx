import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { repositoryReadPermission } from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  Skeleton,
  StatePanel,
  useLiveRun,
  VisuallyHidden,
} from 'backstage-plugin-fettle-react';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { fettlePipelinesTranslationRef } from '../translation';
import { FailedJob } from './FailedJob';
import { failedJobs } from './failedJobs';
import { RunFacts } from './RunFacts';
import { Timeline } from './Timeline';

/** More logs than this are read only when asked for. */
const LOGS = 3;

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gap: theme.spacing(1.5),
      padding: theme.spacing(1.5, 2, 2),
      minWidth: 0,
      background: theme.palette.background.default,
    },
    more: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
  }),
  { name: 'FettleRunDetails' },
);

/** A run that is open: what failed first, then its jobs on a timeline. */
export function RunDetails(props: {
  repositoryId: string;
  id: string;
  /** Says which run it is, where no row above does. */
  titled?: boolean;
  onSwitch: (id: string) => void;
  onClose: () => void;
}) {
  const { repositoryId, id, titled, onSwitch, onClose } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const { value, status, error, look, retry } = useLiveRun(repositoryId, id);
  /** The attempt that was asked to be done again. */
  const rerunOf = useRef<number>();
  const newest = value?.attempts[value.attempts.length - 1];

  useEffect(() => {
    if (rerunOf.current === undefined || !newest) return;
    if (newest.attempt <= rerunOf.current) return;
    rerunOf.current = undefined;
    onSwitch(newest.id);
  }, [newest, onSwitch]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onClose();
  };

  if (status === 'loading') {
    return (
      <div className={classes.root} role="status">
        <VisuallyHidden>{t('run.loading')}</VisuallyHidden>
        <Skeleton height={28} />
        <Skeleton height={140} />
      </div>
    );
  }
  const strange =
    value !== undefined && value.run.repositoryId !== repositoryId;
  if (!value || strange) {
    return (
      <div className={classes.root}>
        {error ? (
          <ErrorPanel
            error={error}
            permission={repositoryReadPermission.name}
            onRetry={retry}
          />
        ) : (
          <StatePanel
            kind="empty"
            title={t('run.elsewhereTitle')}
            message={t('run.elsewhereMessage')}
          />
        )}
      </div>
    );
  }
  const { run, attempts } = value;
  const failed = failedJobs(value);
  return (
    // Escape closes it from anywhere inside.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      role="region"
      aria-label={t('run.details', {
        run: `${run.pipeline.name} ${run.number ?? ''}`.trim(),
      })}
      className={classes.root}
      onKeyDown={onKeyDown}
    >
      <RunFacts
        run={run}
        attempts={attempts}
        titled={titled}
        onSwitch={onSwitch}
        onAccepted={action => {
          if (action !== 'cancel') rerunOf.current = newest?.attempt;
        }}
      />
      {failed.slice(0, LOGS).map(job => (
        <FailedJob key={job.id} runId={run.id} job={job} />
      ))}
      {failed.length > LOGS && (
        <span className={classes.more}>
          {t('run.moreFailed', { count: failed.length - LOGS })}
        </span>
      )}
      {run.jobCount > 0 ? (
        <Timeline details={value} look={look} />
      ) : (
        <span className={classes.more}>{t('run.noJobs')}</span>
      )}
    </div>
  );
}
