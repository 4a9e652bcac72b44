import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { Run, RunDetails } from 'backstage-plugin-fettle-common';
import {
  Age,
  FixThis,
  formatSpan,
  RunStateMark,
} from 'backstage-plugin-fettle-react';
import type { ReactNode } from 'react';
import { fettlePipelinesTranslationRef } from '../translation';
import { Attempts } from './Attempts';
import { HostLink } from './HostLink';
import { RunActions } from './RunActions';
import type { RunAction } from './useRunAction';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(1, 2),
      minWidth: 0,
    },
    title: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.25, 1),
      width: '100%',
    },
    name: { fontWeight: 600 },
    facts: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.25, 2),
      margin: 0,
      minWidth: 0,
      fontSize: '0.8125rem',
      '& > div': { display: 'flex', gap: '0.4em', minWidth: 0 },
      '& dt': { color: theme.palette.text.secondary, flex: 'none' },
      '& dd': { margin: 0, minWidth: 0, overflowWrap: 'anywhere' },
    },
    code: {
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, monospace',
      fontSize: '0.75rem',
    },
    right: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1, 1.5),
    },
  }),
  { name: 'FettleRunFacts' },
);

function queuedFor({ queuedAt, startedAt }: Run): string | undefined {
  if (queuedAt === null || startedAt === null) return undefined;
  return formatSpan(Date.parse(startedAt) - Date.parse(queuedAt));
}

/** Of what a run is, by whom, and what may be done with it. */
export function RunFacts(props: {
  run: Run;
  attempts: RunDetails['attempts'];
  titled?: boolean;
  onSwitch: (id: string) => void;
  onAccepted: (action: RunAction) => void;
}) {
  const { run, attempts, titled } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  // What the row above says is not said again.
  const untold: [string, ReactNode][] = [
    [t('run.branch'), run.branch],
    [t('run.by'), run.actor],
    [t('run.event'), run.event],
    [t('run.queuedFor'), queuedFor(run)],
  ];
  const facts: [string, ReactNode][] = [
    ...(titled ? untold : []),
    [
      t('run.commit'),
      run.commit && (
        <span className={classes.code}>{run.commit.slice(0, 12)}</span>
      ),
    ],
    [t('run.started'), run.startedAt && <Age at={run.startedAt} />],
    [t('run.source'), run.source],
  ];
  const subject = run.commitSubject ?? run.title;
  return (
    <div className={classes.root}>
      {titled && (
        <div className={classes.title}>
          <RunStateMark state={run.state} hostState={run.hostState} />
          <span className={classes.name}>
            {run.pipeline.name} {run.number && `#${run.number}`}
          </span>
          {subject && <span>{subject}</span>}
        </div>
      )}
      <dl className={classes.facts}>
        {facts
          .filter(([, value]) => Boolean(value))
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <div className={classes.right}>
        <Attempts
          attempts={attempts}
          shown={run.id}
          onSwitch={props.onSwitch}
        />
        <HostLink
          url={run.webUrl}
          what={`${run.pipeline.name} ${run.number ?? ''}`.trim()}
        />
        {run.state === 'failed' && (
          <FixThis
            repositoryId={run.repositoryId}
            of={{
              source: run.source,
              pipelineId: run.pipeline.id,
              branch: run.branch,
            }}
          />
        )}
        <RunActions run={run} onAccepted={props.onAccepted} />
      </div>
    </div>
  );
}
