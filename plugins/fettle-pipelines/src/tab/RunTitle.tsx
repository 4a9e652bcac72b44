import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import type { Run } from 'backstage-plugin-fettle-common';
import { tones } from 'backstage-plugin-fettle-react';
import { fettlePipelinesTranslationRef } from '../translation';
import { JobChips } from './JobChips';
import { shortCommit } from './RunOrigin';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: 2, minWidth: 0 },
    line: {
      display: 'flex',
      alignItems: 'baseline',
      gap: theme.spacing(1),
      minWidth: 0,
    },
    button: {
      flex: 'none',
      maxWidth: '60%',
      font: 'inherit',
      fontWeight: 600,
      gap: '0.4em',
      borderRadius: 3,
      '&:focus-visible': {
        outline: `2px solid ${tones(theme).accent}`,
        outlineOffset: 2,
      },
    },
    marker: { color: theme.palette.text.secondary, width: '0.8em' },
    name: {
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      whiteSpace: 'nowrap',
    },
    number: { fontWeight: 400, color: theme.palette.text.secondary },
    attempt: {
      flex: 'none',
      fontSize: '0.75rem',
      color: theme.palette.text.secondary,
    },
    subject: {
      minWidth: 0,
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      whiteSpace: 'nowrap',
    },
    origin: {
      fontSize: '0.8125rem',
      color: theme.palette.text.secondary,
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      whiteSpace: 'nowrap',
    },
  }),
  { name: 'FettleRunTitle' },
);

/** Which run it is, of what, and how its jobs stand; the button opens it. */
export function RunTitle(props: {
  run: Run;
  open: boolean;
  focusable: boolean;
  onFocus: () => void;
  onToggle: () => void;
  /** Says branch, commit and who as well, where they have no column. */
  origin: boolean;
}) {
  const { run, open } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const subject = run.commitSubject ?? run.title;
  const origin = [
    run.branch,
    run.commit && shortCommit(run.commit),
    run.actor,
    run.event,
  ].filter(Boolean);
  return (
    <div className={classes.root}>
      <div className={classes.line}>
        <ButtonBase
          disableRipple
          data-run-button=""
          className={classes.button}
          aria-expanded={open}
          tabIndex={props.focusable ? 0 : -1}
          onFocus={props.onFocus}
          onClick={props.onToggle}
        >
          <span className={classes.marker} aria-hidden="true">
            {open ? '▾' : '▸'}
          </span>
          <span className={classes.name}>{run.pipeline.name}</span>
          {run.number && <span className={classes.number}>#{run.number}</span>}
        </ButtonBase>
        {subject && (
          <span className={classes.subject} title={subject}>
            {subject}
          </span>
        )}
        {run.attempt > 1 && (
          <span className={classes.attempt}>
            {t('run.attempt', { n: String(run.attempt) })}
          </span>
        )}
      </div>
      {props.origin && origin.length > 0 && (
        <div className={classes.origin}>{origin.join(' · ')}</div>
      )}
      <JobChips jobs={run.jobs} total={run.jobCount} />
    </div>
  );
}
