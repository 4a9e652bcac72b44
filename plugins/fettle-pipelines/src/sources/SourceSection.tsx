import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { SourceStatus } from 'backstage-plugin-fettle-common';
import {
  Age,
  CopyableConfig,
  formatSpan,
  Section,
  StatePanel,
  tones,
} from 'backstage-plugin-fettle-react';
import type { ReactNode } from 'react';
import { useIntake } from '../tab/useIntake';
import { fettlePipelinesTranslationRef } from '../translation';
import { HostTable } from './HostTable';

const STATES = ['received', 'processed', 'ignored', 'failed'] as const;

const useStyles = makeStyles(
  theme => ({
    body: { display: 'grid', gap: theme.spacing(1.5), minWidth: 0 },
    facts: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.5, 3),
      margin: 0,
      '& div': { display: 'flex', gap: theme.spacing(0.75) },
      '& dt': { color: theme.palette.text.secondary },
      '& dd': { margin: 0, fontVariantNumeric: 'tabular-nums' },
    },
    bad: { color: tones(theme).bad, fontWeight: 600 },
    errors: { margin: 0, paddingLeft: theme.spacing(2.5) },
  }),
  { name: 'FettleSourceSection' },
);

/** One source: what it delivers, what it is asked, and what its hosts allow. */
export function SourceSection(props: { source: SourceStatus }) {
  const { source } = props;
  const { reconcile } = source;
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const intake = useIntake();
  const problem = source.deliveriesProblem;
  return (
    <Section
      title={source.title}
      aside={
        <>
          {t('sources.last')} <Age at={source.lastDeliveryAt} />
        </>
      }
    >
      <div className={classes.body}>
        {problem && (
          <StatePanel
            kind="problem"
            title={problem.message}
            action={problem.action}
          />
        )}
        <dl className={classes.facts}>
          {STATES.map(state => (
            <Fact key={state} name={t(`sources.${state}`)}>
              <span
                className={
                  state === 'failed' && source.deliveries.failed > 0
                    ? classes.bad
                    : undefined
                }
              >
                {source.deliveries[state]}
              </span>
            </Fact>
          ))}
          {source.backlogMs !== null && (
            <Fact name={t('sources.backlog')}>
              {formatSpan(source.backlogMs)}
            </Fact>
          )}
        </dl>
        {source.deliveriesPath && (
          <div>
            {t('sources.intake')}
            <CopyableConfig text={`${intake}${source.deliveriesPath}`} />
          </div>
        )}
        {reconcile ? (
          <dl className={classes.facts}>
            <Fact name={t('sources.asked')}>
              {t('sources.askedOf', {
                all: String(reconcile.repositories),
                overdue: String(reconcile.overdue),
                failing: String(reconcile.failing),
              })}
            </Fact>
            <Fact name={t('sources.lastAsked')}>
              <Age at={reconcile.lastSuccessAt} />
            </Fact>
          </dl>
        ) : (
          <div>{t('sources.notAsked')}</div>
        )}
        {reconcile && reconcile.errors.length > 0 && (
          <div>
            {t('sources.errors')}
            <ul className={classes.errors}>
              {reconcile.errors.map(({ repositoryId, name, at, reason }) => (
                <li key={repositoryId}>
                  {name}: {reason.message} {reason.action} (<Age at={at} />)
                </li>
              ))}
            </ul>
          </div>
        )}
        {source.hosts.length > 0 && <HostTable hosts={source.hosts} />}
      </div>
    </Section>
  );
}

function Fact(props: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}
