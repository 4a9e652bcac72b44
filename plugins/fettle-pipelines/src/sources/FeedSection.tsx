import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { FeedStatus } from 'backstage-plugin-fettle-common';
import {
  Age,
  PlainTable,
  Section,
  StatusIcon,
  type PlainColumn,
} from 'backstage-plugin-fettle-react';
import { fettlePipelinesTranslationRef } from '../translation';

const ICON = {
  never: 'unknown',
  ok: 'pass',
  importing: 'unknown',
  failing: 'fail',
} as const;

const useStyles = makeStyles(
  theme => ({ quiet: { color: theme.palette.text.secondary } }),
  { name: 'FettleFeedSection' },
);

/** Where advisories come from, how old they are, and what is wrong with them. */
export function FeedSection(props: { feeds: readonly FeedStatus[] }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettlePipelinesTranslationRef);
  const columns: PlainColumn<FeedStatus>[] = [
    {
      key: 'title',
      title: t('feeds.feed'),
      cell: ({ title, from }) => (
        <>
          {title} <div className={classes.quiet}>{from}</div>
        </>
      ),
    },
    {
      key: 'state',
      title: t('feeds.state'),
      cell: ({ state, reason }) => (
        <>
          <StatusIcon status={ICON[state]} /> {t(`feeds.states.${state}`)}
          {reason && (
            <div>
              {reason.message} {reason.action}
            </div>
          )}
        </>
      ),
    },
    {
      key: 'records',
      title: t('feeds.records'),
      numeric: true,
      cell: ({ records, broken }) => (
        <>
          {records.toLocaleString()}
          {broken > 0 && (
            <div className={classes.quiet}>
              {t('feeds.broken', { n: broken.toLocaleString() })}
            </div>
          )}
        </>
      ),
    },
    {
      key: 'newest',
      title: t('feeds.newest'),
      numeric: true,
      cell: ({ newestAt }) => (newestAt ? <Age at={newestAt} /> : '–'),
    },
    {
      key: 'checked',
      title: t('feeds.checked'),
      numeric: true,
      cell: ({ checkedAt }) => <Age at={checkedAt} />,
    },
  ];
  return (
    <Section title={t('feeds.title')} flush>
      <PlainTable
        label={t('feeds.title')}
        columns={columns}
        rows={props.feeds}
        rowKey={({ id }) => id}
        none={t('feeds.none')}
      />
    </Section>
  );
}
