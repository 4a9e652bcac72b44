import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { Change, VerdictStatus } from 'backstage-plugin-fettle-common';
import type { ReactNode } from 'react';
import { safeUrl } from '../widgets/PlaceLink';
import { RunStateIcon } from '../widgets/RunStateIcon';
import { Section } from '../widgets/Section';
import { StatusIcon } from '../widgets/StatusIcon';
import { fettleReactTranslationRef } from '../widgets/translation';
import { Actor } from './Actor';

const useStyles = makeStyles(
  theme => ({
    facts: {
      margin: 0,
      display: 'grid',
      gridTemplateColumns: 'auto minmax(0, 1fr)',
      gap: theme.spacing(0.25, 2),
      overflowWrap: 'anywhere',
      '& dt': { color: theme.palette.text.secondary },
      '& dd': { margin: 0 },
      '& code': {
        fontFamily: 'ui-monospace, SFMono-Regular, Menlo, monospace',
        fontSize: '0.8125rem',
      },
    },
  }),
  { name: 'FettleChangeFacts' },
);

const CHECKS: Record<Exclude<Change['checks'], 'pending'>, VerdictStatus> = {
  none: 'not-applicable',
  passed: 'pass',
  failed: 'fail',
  unknown: 'unknown',
};
const REVIEW: Record<Change['review'], VerdictStatus> = {
  none: 'not-applicable',
  approved: 'pass',
  'changes-requested': 'fail',
  unknown: 'unknown',
};

/** A change as its host last told of it. */
export function ChangeFacts({ change }: { change: Change }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const { state, checks, review, mergeable, edited, endedBy } = change;
  const url = safeUrl(change.url);
  const commit = change.mergeCommit ?? change.headCommit;
  const facts: [string, ReactNode][] = [
    [
      t('automation.change.state'),
      <>
        {t(`automation.change.states.${state}`)}
        {endedBy && (
          <>
            {' '}
            <Actor actor={endedBy} />
          </>
        )}
      </>,
    ],
    [
      t('automation.change.checks'),
      <>
        {checks === 'pending' ? (
          <RunStateIcon state="running" />
        ) : (
          <StatusIcon status={CHECKS[checks]} />
        )}{' '}
        {t(`automation.change.checkStates.${checks}`)}
      </>,
    ],
    [
      t('automation.change.review'),
      <>
        <StatusIcon status={REVIEW[review]} />{' '}
        {t(`automation.change.reviews.${review}`)}
      </>,
    ],
    [
      t('automation.change.merging'),
      mergeable === false && state === 'open' && (
        <>
          <StatusIcon status="fail" /> {t('automation.change.conflict')}
        </>
      ),
    ],
    [t('automation.change.branch'), <code key="branch">{change.branch}</code>],
    [
      t('automation.change.commit'),
      commit && <code title={commit}>{commit.slice(0, 7)}</code>,
    ],
    [
      t('automation.change.edited'),
      edited && (
        <>
          <StatusIcon status="warn" /> {t('automation.change.editedWhat')}
        </>
      ),
    ],
  ];
  return (
    <Section
      title={t('automation.change.title')}
      aside={
        url && (
          <Link to={url}>{t('automation.change.open', { id: change.id })}</Link>
        )
      }
    >
      <dl className={classes.facts}>
        {facts
          .filter(([, value]) => value)
          .map(([name, value]) => (
            <Fact key={name} name={name} value={value} />
          ))}
      </dl>
    </Section>
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
