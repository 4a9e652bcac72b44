import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import {
  automationStopPermission,
  type Automation,
  type Breaker,
} from 'backstage-plugin-fettle-common';
import {
  Age,
  fettleAutomationApiRef,
  Moment,
  ReasonDialog,
  Section,
  StatusIcon,
  TextButton,
} from 'backstage-plugin-fettle-react';
import { useState } from 'react';
import { fettleTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    list: { margin: 0, padding: 0, listStyle: 'none' },
    item: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(0.5, 2),
      padding: theme.spacing(1, 2),
      borderTop: `1px solid ${theme.palette.divider}`,
    },
    what: { flex: '1 1 280px', minWidth: 0, overflowWrap: 'anywhere' },
    quiet: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
  }),
  { name: 'FettleBreakerSection' },
);

/** Playbooks that were stopped where they did harm; closed again by a person, or by a remediation that heals. */
export function BreakerSection(props: {
  automation: Automation;
  onChange: () => void;
}) {
  const { automation, onChange } = props;
  const { breakers, can } = automation;
  const classes = useStyles();
  const api = useApi(fettleAutomationApiRef);
  const { t } = useTranslationRef(fettleTranslationRef);
  const [asked, setAsked] = useState<Breaker>();
  if (breakers.length === 0) return null;
  return (
    <Section
      title={t('automation.breaker.title')}
      aside={
        can.stop ? undefined : (
          <>
            {t('automation.breaker.forbidden')}{' '}
            <code>{automationStopPermission.name}</code>
          </>
        )
      }
      flush
    >
      <ul className={classes.list}>
        {breakers.map(breaker => {
          const { playbookId, playbookTitle, target, state } = breaker;
          const { failures, reason } = breaker;
          const key = `${playbookId} ${target}`;
          return (
            <li key={key} className={classes.item} data-breaker={state}>
              <div className={classes.what}>
                <StatusIcon status={state === 'open' ? 'fail' : 'warn'} />{' '}
                {t(`automation.breaker.${state}`)}{' '}
                {playbookTitle ? (
                  <strong>{playbookTitle}</strong>
                ) : (
                  <code>{playbookId}</code>
                )}{' '}
                {t('automation.breaker.on')} {target}
                <div className={classes.quiet}>
                  {reason ??
                    t('automation.breaker.failures', { count: failures })}
                  {breaker.openedAt && (
                    <>
                      {' · '}
                      <Age at={breaker.openedAt} />
                    </>
                  )}
                  {breaker.retryAt && state === 'open' && (
                    <>
                      {' · '}
                      {t('automation.breaker.retry')}{' '}
                      <Moment at={breaker.retryAt} />
                    </>
                  )}
                </div>
              </div>
              {can.stop && (
                <TextButton
                  variant="outlined"
                  onClick={() => setAsked(breaker)}
                >
                  {t('automation.breaker.close')}
                </TextButton>
              )}
            </li>
          );
        })}
      </ul>
      {asked && (
        <ReasonDialog
          title={t('automation.breaker.close')}
          action={t('automation.breaker.close')}
          reason="needed"
          permission={automationStopPermission.name}
          onClose={() => setAsked(undefined)}
          onDo={async reason => {
            const { playbookId, target } = asked;
            await api.closeBreaker({ playbookId, target, reason });
            onChange();
          }}
        >
          {t('automation.breaker.closeWhat')}
        </ReasonDialog>
      )}
    </Section>
  );
}
