import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import type { FleetSecurity as Fleet } from 'backstage-plugin-fettle-common';
import {
  PlainTable,
  Section,
  SeverityMark,
  type PlainColumn,
} from 'backstage-plugin-fettle-react';
import { RepositoryLink } from '../findings/RepositoryLink';
import { SeverityCounts } from '../SeverityCounts';
import { fettleSecurityTranslationRef } from '../translation';

/** Rows that are shown before the rest is asked for. */
const FIRST = 10;

const useStyles = makeStyles(
  theme => ({ quiet: { color: theme.palette.text.secondary } }),
  { name: 'FettleFleetTables' },
);

interface Props {
  fleet: Fleet;
  /** Shows every row at once. */
  all?: boolean;
}

/** Repositories with what is most urgent. */
export function WorstRepositories({ fleet, all }: Props) {
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  type Row = Fleet['worst'][number];
  const columns: PlainColumn<Row>[] = [
    {
      key: 'repository',
      title: t('fleet.repository'),
      cell: ({ repository, entityRef }) => (
        <RepositoryLink name={repository} entityRef={entityRef} />
      ),
    },
    {
      key: 'open',
      title: t('fleet.openBySeverity'),
      cell: ({ open }) => <SeverityCounts open={open} />,
    },
    {
      key: 'owner',
      title: t('fleet.owner'),
      cell: ({ owner }) =>
        owner ? <EntityRefLink entityRef={owner} /> : t('fleet.nobody'),
    },
  ];
  return (
    <Section title={t('fleet.worst')} flush>
      <PlainTable
        label={t('fleet.worst')}
        columns={columns}
        rows={fleet.worst}
        first={all ? undefined : FIRST}
        rowKey={({ repositoryId }) => repositoryId}
        none={t('fleet.nothing')}
      />
    </Section>
  );
}

/** What concerns most repositories. */
export function TopRules({ fleet, all }: Props) {
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  type Row = Fleet['rules'][number];
  const columns: PlainColumn<Row>[] = [
    {
      key: 'rule',
      title: t('fleet.rule'),
      cell: ({ rule, title }) => (
        <>
          <Link to={`findings?rule=${encodeURIComponent(rule)}`}>{rule}</Link>{' '}
          {title}
        </>
      ),
    },
    {
      key: 'severity',
      title: t('findings.severity'),
      cell: ({ severity }) => <SeverityMark severity={severity} />,
    },
    {
      key: 'fixedIn',
      title: t('fleet.fixedIn'),
      cell: ({ fixedIn }) => fixedIn.join(', '),
    },
    {
      key: 'repositories',
      title: t('fleet.repositories'),
      numeric: true,
      cell: ({ repositories }) => repositories,
    },
  ];
  return (
    <Section title={t('fleet.rules')} flush>
      <PlainTable
        label={t('fleet.rules')}
        columns={columns}
        rows={fleet.rules}
        first={all ? undefined : FIRST}
        rowKey={({ kind, rule }) => `${kind} ${rule}`}
        none={t('fleet.noRules')}
      />
    </Section>
  );
}

/** Of repositories that nobody scanned, nothing is known: that is no zero. */
function OwnerCounts({ of }: { of: Fleet['owners'][number] }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  if (of.scanned === 0) {
    return <span className={classes.quiet}>{t('header.notScanned')}</span>;
  }
  return <SeverityCounts open={of.open} />;
}

/** How the repositories of each owner stand. */
export function OwnerTable({ fleet, all }: Props) {
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  type Row = Fleet['owners'][number];
  const columns: PlainColumn<Row>[] = [
    {
      key: 'owner',
      title: t('fleet.owner'),
      cell: ({ owner }) =>
        owner ? <EntityRefLink entityRef={owner} /> : t('fleet.nobody'),
    },
    {
      key: 'open',
      title: t('fleet.openBySeverity'),
      cell: row => <OwnerCounts of={row} />,
    },
    {
      key: 'overdue',
      title: t('fleet.overdueTitle'),
      numeric: true,
      cell: ({ overdue }) => overdue,
    },
    {
      key: 'repositories',
      title: t('fleet.repositories'),
      numeric: true,
      cell: ({ repositories, scanned }) =>
        scanned < repositories
          ? t('fleet.ownScanned', {
              n: String(scanned),
              all: String(repositories),
            })
          : repositories,
    },
  ];
  return (
    <Section title={t('fleet.owners')} flush>
      <PlainTable
        label={t('fleet.owners')}
        columns={columns}
        rows={fleet.owners}
        first={all ? undefined : FIRST}
        rowKey={({ owner }) => owner ?? ''}
        none={t('fleet.noOwners')}
      />
    </Section>
  );
}
