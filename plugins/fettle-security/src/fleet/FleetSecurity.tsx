import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import {
  findingReadPermission,
  type FleetSecurity as Fleet,
} from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  FilterMenu,
  LiveMark,
  PlainTable,
  Section,
  SeverityMark,
  useKept,
  useLiveFleetSecurity,
  type PlainColumn,
} from 'backstage-plugin-fettle-react';
import { useSearchParams } from 'react-router-dom';
import { RepositoryLink } from '../findings/RepositoryLink';
import { SeverityCounts } from '../SeverityCounts';
import { SecuritySkeleton } from '../tab/SecuritySkeleton';
import { fettleSecurityTranslationRef } from '../translation';
import { OpenTrend } from './OpenTrend';

const FIRST = 10;

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr)',
      gap: theme.spacing(2),
    },
    glance: {
      display: 'grid',
      gap: theme.spacing(1.5),
      padding: theme.spacing(1.5, 2),
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: 8,
      background: theme.palette.background.paper,
    },
    line: {
      display: 'flex',
      flexWrap: 'wrap',
      justifyContent: 'space-between',
      alignItems: 'center',
      gap: theme.spacing(0.5, 2),
    },
    open: { fontSize: '1.0625rem' },
    links: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0, 2) },
    quiet: { color: theme.palette.text.secondary },
    waiting: { opacity: 0.55 },
  }),
  { name: 'FettleFleetSecurity' },
);

/** How all repositories stand that the reader may see. */
export function FleetSecurity() {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const [parameters, setParameters] = useSearchParams();
  const owner = parameters.get('owner') ?? undefined;
  const { value, error, live, retry } = useLiveFleetSecurity({ owner });
  const shown = useKept(value);
  const all = useKept(owner === undefined ? value?.owners : undefined);
  const owners = [
    ...new Set([...(all ?? []), { owner }].flatMap(one => one.owner ?? [])),
  ].sort();
  if (!value && error) {
    return (
      <ErrorPanel
        error={error}
        permission={findingReadPermission.name}
        since={live.since.toISOString()}
        onRetry={retry}
      />
    );
  }
  if (!shown) return <SecuritySkeleton />;
  return (
    <div
      className={`${classes.root} ${value ? '' : classes.waiting}`}
      aria-busy={!value}
    >
      <section className={classes.glance} aria-label={t('fleet.glance')}>
        <div className={classes.line}>
          <span className={classes.open}>
            {shown.scanned > 0 ? (
              <SeverityCounts open={shown.open} />
            ) : (
              <span className={classes.quiet}>{t('header.notScanned')}</span>
            )}
          </span>
          <LiveMark live={live} onRetry={retry} />
        </div>
        <div className={classes.line}>
          <span className={classes.quiet}>
            {t('fleet.scanned', {
              n: String(shown.scanned),
              all: String(shown.repositories),
            })}
            {shown.overdue > 0 &&
              ` · ${t('fleet.overdue', { n: String(shown.overdue) })}`}
            {` · ${t('header.daysToFix')} `}
            {shown.daysToFix === null
              ? t('header.notEnough')
              : t('header.days', { n: String(shown.daysToFix) })}
          </span>
          <span className={classes.links}>
            <Link to="findings">{t('fleet.findings')}</Link>
            <Link to="packages">{t('fleet.packages')}</Link>
            <Link to="policies">{t('fleet.policies')}</Link>
            <Link to="compliance">{t('fleet.compliance')}</Link>
          </span>
        </div>
        <div>
          <FilterMenu
            single
            label={t('fleet.owner')}
            options={owners.map(name => ({ value: name, label: name }))}
            selected={owner ? [owner] : []}
            onSelect={chosen =>
              setParameters(chosen ? { owner: chosen[0] } : {}, {
                replace: true,
              })
            }
          />
        </div>
      </section>
      <Worst fleet={shown} />
      <Rules fleet={shown} />
      <OpenTrend trend={shown.trend} />
      <Owners fleet={shown} />
    </div>
  );
}

function Worst({ fleet }: { fleet: Fleet }) {
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
        first={FIRST}
        rowKey={({ repositoryId }) => repositoryId}
        none={t('fleet.nothing')}
      />
    </Section>
  );
}

function Rules({ fleet }: { fleet: Fleet }) {
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
        first={FIRST}
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

function Owners({ fleet }: { fleet: Fleet }) {
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
        first={FIRST}
        rowKey={({ owner }) => owner ?? ''}
        none={t('fleet.noOwners')}
      />
    </Section>
  );
}
