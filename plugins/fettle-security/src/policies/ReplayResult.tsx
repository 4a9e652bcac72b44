import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import type { PolicyReplayed } from 'backstage-plugin-fettle-common';
import { PlainTable, type PlainColumn } from 'backstage-plugin-fettle-react';
import { fettleSecurityTranslationRef } from '../translation';
import { PolicyCountsBar } from './PolicyCountsBar';
import { PolicyStatusMark } from './PolicyStatusMark';
import { ReplayDays } from './ReplayDays';

const FIRST = 20;

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(2), minWidth: 0 },
    // The table brings the padding of a section.
    table: { margin: theme.spacing(0, -2) },
    heading: { margin: 0, fontSize: '0.875rem', fontWeight: 600 },
    quiet: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
    list: { margin: 0, paddingLeft: theme.spacing(2.5) },
    message: { overflowWrap: 'anywhere' },
  }),
  { name: 'FettleReplayResult' },
);

/** Who would not keep a draft, since when, and how many there were day by day. */
export function ReplayResult({ replayed }: { replayed: PolicyReplayed }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const { today, outOfScope, repositories, more, days, asToday } = replayed;
  type Row = PolicyReplayed['repositories'][number];
  const columns: PlainColumn<Row>[] = [
    {
      key: 'repository',
      title: t('fleet.repository'),
      cell: ({ repository }) => repository,
    },
    {
      key: 'status',
      title: t('replay.today'),
      cell: ({ status }) => <PolicyStatusMark status={status} />,
    },
    {
      key: 'since',
      title: t('findings.since'),
      cell: ({ since, orLonger }) => {
        if (since === null) return t('components.unknown');
        return orLonger ? t('replay.orLonger', { day: since }) : since;
      },
    },
    {
      key: 'why',
      title: t('replay.why'),
      cell: ({ message, reason }) => (
        <span className={classes.message}>{reason?.message ?? message}</span>
      ),
    },
    {
      key: 'owner',
      title: t('fleet.owner'),
      cell: ({ owners }) =>
        owners.length === 0
          ? t('fleet.nobody')
          : owners.map(owner => (
              <EntityRefLink key={owner} entityRef={owner} />
            )),
    },
  ];
  return (
    <section className={classes.root} aria-label={t('replay.result')}>
      <div>
        <h3 className={classes.heading}>{t('replay.today')}</h3>
        <PolicyCountsBar counts={today} />
        {outOfScope > 0 && (
          <span className={classes.quiet}>
            {t('replay.outOfScope', { n: String(outOfScope) })}
          </span>
        )}
      </div>
      <ReplayDays days={days} />
      <div className={classes.table}>
        <PlainTable
          label={t('replay.repositories')}
          columns={columns}
          rows={repositories}
          first={FIRST}
          rowKey={({ repositoryId }) => repositoryId}
          none={t('replay.allKeep')}
        />
      </div>
      {more > 0 && (
        <span className={classes.quiet}>
          {t('replay.more', { n: String(more) })}
        </span>
      )}
      {asToday.length > 0 && (
        <div className={classes.quiet}>
          {t('replay.asToday')}
          <ul className={classes.list}>
            {asToday.map(told => (
              <li key={told}>{told}</li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}
