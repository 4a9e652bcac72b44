import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import {
  logReadPermission,
  type LogTail,
} from 'backstage-plugin-fettle-common';
import {
  fettleApiRef,
  Skeleton,
  TextButton,
  tones,
} from 'backstage-plugin-fettle-react';
import { useEffect, useReducer, useRef, useState } from 'react';
import { fettlePipelinesTranslationRef } from '../translation';
import { saidBy } from './saidBy';

const useStyles = makeStyles(
  theme => ({
    root: { minWidth: 0, display: 'grid', gap: theme.spacing(0.5) },
    text: {
      margin: 0,
      padding: theme.spacing(1, 1.5),
      maxHeight: 320,
      overflow: 'auto',
      overscrollBehavior: 'contain',
      whiteSpace: 'pre-wrap',
      overflowWrap: 'anywhere',
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, monospace',
      fontSize: '0.8125rem',
      lineHeight: 1.5,
      tabSize: 4,
      borderRadius: 6,
      border: `1px solid ${theme.palette.divider}`,
      background: theme.palette.background.default,
      '&:focus-visible': { outline: `2px solid ${tones(theme).accent}` },
    },
    line: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.5, 1.5),
      color: theme.palette.text.secondary,
      fontSize: '0.8125rem',
    },
  }),
  { name: 'FettleJobLog' },
);

/** The end of a job's log, read when this is shown, and again when the job has another state. */
export function JobLog(props: {
  runId: string;
  job: { id: string; name: string; state: string };
}) {
  const { runId, job } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const api = useApi(fettleApiRef);
  const [attempt, again] = useReducer((count: number) => count + 1, 0);
  const [read, setRead] = useState<{ log?: LogTail; error?: unknown }>();
  const text = useRef<HTMLPreElement>(null);
  const log = read?.log;

  useEffect(() => {
    const abort = new AbortController();
    const { signal } = abort;
    api.getLog(runId, job.id, { signal }).then(
      value => !signal.aborted && setRead({ log: value }),
      error => !signal.aborted && setRead(before => ({ ...before, error })),
    );
    return () => abort.abort();
  }, [api, runId, job.id, job.state, attempt]);

  // What failed stands at the end.
  useEffect(() => {
    if (text.current) text.current.scrollTop = text.current.scrollHeight;
  }, [log]);

  if (!read) return <Skeleton height={96} />;
  const said = read.error === undefined ? undefined : saidBy(read.error);
  return (
    <div className={classes.root}>
      {said && (
        <div className={classes.line} role="alert">
          <span>
            {said.forbidden
              ? t('log.forbidden', { permission: logReadPermission.name })
              : t('log.failed', { message: said.message })}
          </span>
          {!said.forbidden && (
            <TextButton variant="outlined" onClick={again}>
              {t('log.again')}
            </TextButton>
          )}
        </div>
      )}
      {log?.truncated && (
        <div className={classes.line}>{t('log.truncated')}</div>
      )}
      {log && (
        <pre
          ref={text}
          className={classes.text}
          // Scrolled by keyboard as well.
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
          aria-label={t('log.label', { job: job.name })}
        >
          {log.text === '' ? t('log.empty') : log.text}
        </pre>
      )}
    </div>
  );
}
