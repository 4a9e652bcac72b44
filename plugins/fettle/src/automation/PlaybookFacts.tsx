import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import type { Playbook } from 'backstage-plugin-fettle-common';
import {
  fettleReactTranslationRef,
  formatDuration,
  PlaceLink,
} from 'backstage-plugin-fettle-react';
import type { ReactNode } from 'react';
import { fettleTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    facts: {
      margin: 0,
      display: 'grid',
      gridTemplateColumns: '9em minmax(0, 1fr)',
      gap: theme.spacing(0.5, 2),
      overflowWrap: 'anywhere',
      '& dt': { color: theme.palette.text.secondary },
      '& dd': { margin: 0 },
      '& code': {
        fontFamily: 'ui-monospace, SFMono-Regular, Menlo, monospace',
        fontSize: '0.8125rem',
      },
      [theme.breakpoints.down('xs')]: { gridTemplateColumns: '1fr' },
    },
    list: { margin: 0, paddingLeft: theme.spacing(2) },
  }),
  { name: 'FettlePlaybookFacts' },
);

function isNothing(value: unknown): boolean {
  return (
    value === undefined ||
    value === null ||
    (typeof value === 'object' && Object.keys(value).length === 0)
  );
}

/** All that a playbook says. */
export function PlaybookFacts({ playbook }: { playbook: Playbook }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const { t: shared } = useTranslationRef(fettleReactTranslationRef);
  const { trigger, condition, scope, steps, approval, limits } = playbook;
  const { verification, escalateTo, origin } = playbook;
  const code = (value: unknown) => <code>{JSON.stringify(value)}</code>;
  const set = Object.entries(limits).filter(([, most]) => most !== null);
  const scoped = Object.fromEntries(
    Object.entries(scope).filter(
      ([, value]) =>
        value !== null && !(Array.isArray(value) && value.length === 0),
    ),
  );
  const facts: [string, ReactNode][] = [
    [t('automation.fact.what'), playbook.description],
    [
      t('automation.fact.trigger'),
      <>
        <code>{trigger.on}</code>{' '}
        {!isNothing(trigger.with) && code(trigger.with)}
      </>,
    ],
    [
      t('automation.fact.condition'),
      condition === null ? t('automation.always') : <code>{condition}</code>,
    ],
    [
      t('automation.fact.scope'),
      isNothing(scoped) ? t('automation.everywhere') : code(scoped),
    ],
    [
      t('automation.fact.steps'),
      <ol className={classes.list}>
        {steps.map(step => (
          <li key={step.id}>
            {step.title} <code>{step.uses}</code>{' '}
            {!isNothing(step.with) && code(step.with)}
            {step.destructive &&
              ` · ${shared('automation.action.destructive')}`}
            {step.dependsOn.length > 0 &&
              ` · ${t('automation.fact.after', {
                steps: step.dependsOn.join(', '),
              })}`}
          </li>
        ))}
      </ol>,
    ],
    [
      t('automation.fact.approval'),
      approval.by === 0
        ? t('automation.fact.noApproval')
        : t('automation.fact.approvalBy', {
            count: approval.by,
            span: formatDuration(approval.expiresAfterSeconds),
          }),
    ],
    [
      t('automation.fact.limits'),
      set.length > 0 &&
        set
          .map(
            ([limit, most]) =>
              `${shared(
                `automation.limit.${limit as keyof typeof limits}`,
              )}: ${most}`,
          )
          .join(' · '),
    ],
    [
      t('automation.fact.verification'),
      t('automation.fact.verified', {
        settle: formatDuration(verification.settleSeconds),
        hold: formatDuration(verification.holdSeconds),
        timeout: formatDuration(verification.timeoutSeconds),
      }),
    ],
    [
      t('automation.fact.escalation'),
      escalateTo.length > 0 && (
        <>
          {escalateTo.map(ref => (
            <span key={ref}>
              <EntityRefLink entityRef={ref} />{' '}
            </span>
          ))}
        </>
      ),
    ],
    [
      t('automation.fact.origin'),
      origin.kind === 'file' && origin.path ? (
        <>
          {origin.repository}{' '}
          <PlaceLink path={origin.path} line={origin.line} />
          {origin.commit && (
            <>
              {' @ '}
              <code>{origin.commit.slice(0, 7)}</code>
            </>
          )}
        </>
      ) : (
        t(`automation.origin.${origin.kind}`)
      ),
    ],
  ];
  return (
    <dl className={classes.facts}>
      {facts
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <Fact key={name} name={name} value={value} />
        ))}
    </dl>
  );
}

function Fact(props: { name: string; value: ReactNode }) {
  return (
    <>
      <dt>{props.name}</dt>
      <dd>{props.value}</dd>
    </>
  );
}
