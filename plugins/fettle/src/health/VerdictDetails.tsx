import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { Verdict } from 'backstage-plugin-fettle-common';
import { Age, EvidenceList, formatPoints } from 'backstage-plugin-fettle-react';
import type { ReactNode } from 'react';
import { fettleTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    root: {
      margin: theme.spacing(0, 2, 1.5, 4.5),
      padding: theme.spacing(1, 1.5),
      borderLeft: `2px solid ${theme.palette.divider}`,
      fontSize: '0.875rem',
      overflowWrap: 'anywhere',
      [theme.breakpoints.down('xs')]: { marginLeft: theme.spacing(2) },
    },
    message: { margin: theme.spacing(0, 0, 1) },
    facts: {
      margin: 0,
      display: 'grid',
      gridTemplateColumns: '120px minmax(0, 1fr)',
      gap: theme.spacing(0.5, 1.5),
      '& dt': { color: theme.palette.text.secondary },
      '& dd': { margin: 0 },
      [theme.breakpoints.down('xs')]: {
        gridTemplateColumns: 'minmax(0, 1fr)',
        '& dd': { marginBottom: theme.spacing(0.5) },
      },
    },
    code: {
      fontFamily: 'ui-monospace, SFMono-Regular, Menlo, monospace',
      fontSize: '0.8125rem',
    },
  }),
  { name: 'FettleVerdictDetails' },
);

/** All that a reader needs to act on a verdict. */
export function VerdictDetails(props: {
  verdict: Verdict;
  /** What puts it right. */
  fix?: ReactNode;
}) {
  const { verdict, fix } = props;
  const { check } = verdict;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleTranslationRef);
  const parameters = Object.entries(check.parameters);
  const facts: [string, ReactNode][] = [
    [
      t('verdict.evidence'),
      verdict.evidence.length + verdict.moreEvidence > 0 ? (
        <EvidenceList evidence={verdict.evidence} more={verdict.moreEvidence} />
      ) : (
        t('verdict.noEvidence')
      ),
    ],
    [t('verdict.fix'), verdict.status === 'pass' ? null : check.fix],
    [t('verdict.why'), check.why],
    [t('verdict.since'), <Age key="since" at={verdict.since} />],
    [
      t('verdict.points'),
      verdict.points + verdict.worth > 0
        ? t('verdict.pointsOf', {
            points: formatPoints(verdict.points),
            possible: formatPoints(verdict.points + verdict.worth),
          })
        : null,
    ],
    [t('verdict.weight'), String(check.weight)],
    [t('verdict.applies'), check.appliesTo],
    [
      t('verdict.parameters'),
      parameters.length > 0 ? (
        <span className={classes.code}>
          {parameters
            .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
            .join(', ')}
        </span>
      ) : null,
    ],
    [
      t('verdict.commit'),
      verdict.commit ? (
        <span className={classes.code}>{verdict.commit.slice(0, 7)}</span>
      ) : null,
    ],
  ];
  return (
    <div className={classes.root} role="region" aria-label={check.title}>
      <p className={classes.message}>{verdict.message}</p>
      <dl className={classes.facts}>
        {facts
          .filter(([, value]) => value !== null)
          .map(([name, value]) => (
            <Fact key={name} name={name} value={value} />
          ))}
      </dl>
      {fix}
    </div>
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
