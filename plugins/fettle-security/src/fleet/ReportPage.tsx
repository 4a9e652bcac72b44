import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import {
  findingReadPermission,
  policyReadPermission,
  type Compliance,
  type Policies as PoliciesAnswer,
} from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  LiveMark,
  PlainTable,
  Section,
  Skeleton,
  TextButton,
  useLiveCompliance,
  useLiveFleetSecurity,
  useLivePolicies,
  type LiveSnapshot,
} from 'backstage-plugin-fettle-react';
import { ControlCountsBar } from '../compliance/ControlCountsBar';
import { Share } from '../compliance/Share';
import { PolicyCountsBar } from '../policies/PolicyCountsBar';
import { SeverityCounts } from '../SeverityCounts';
import { SecuritySkeleton } from '../tab/SecuritySkeleton';
import { fettleSecurityTranslationRef } from '../translation';
import { OwnerTable, TopRules, WorstRepositories } from './fleetTables';
import { OpenTrend } from './OpenTrend';

const useStyles = makeStyles(
  theme => ({
    '@global': {
      '@media print': {
        // What belongs to the portal and not to the page.
        'nav, aside, header': { display: 'none !important' },
        'body, main, #root, #root *': { overflow: 'visible !important' },
        main: { marginLeft: '0 !important', paddingLeft: '0 !important' },
      },
    },
    root: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr)',
      gap: theme.spacing(1.5),
      '@media print': {
        '& section': { breakInside: 'avoid' },
        printColorAdjust: 'exact',
      },
    },
    bar: {
      display: 'flex',
      justifyContent: 'space-between',
      alignItems: 'center',
      '@media print': { display: 'none' },
    },
    title: { margin: 0, fontSize: '1.25rem', fontWeight: 600 },
    quiet: { color: theme.palette.text.secondary },
  }),
  { name: 'FettleReportPage' },
);

/** The state of the fleet on one page, for paper and for those who have no portal. */
export function ReportPage() {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const { value: fleet, error, live, retry } = useLiveFleetSecurity({});
  const policies = useLivePolicies();
  const compliance = useLiveCompliance();
  // A report of which a part is not read yet would be taken for all.
  const complete = [policies, compliance].every(
    one => one.value !== undefined || one.error !== undefined,
  );
  if (!fleet && error) {
    return (
      <ErrorPanel
        error={error}
        permission={findingReadPermission.name}
        onRetry={retry}
      />
    );
  }
  if (!fleet) return <SecuritySkeleton />;
  return (
    <div className={classes.root}>
      <div className={classes.bar}>
        <Link to="..">{t('page.title')}</Link>
        <TextButton
          variant="outlined"
          disabled={!complete}
          onClick={() => window.print()}
        >
          {t('report.print')}
        </TextButton>
      </div>
      <div>
        <h1 className={classes.title}>{t('report.title')}</h1>
        <div className={classes.quiet}>
          {new Date().toLocaleString()} ·{' '}
          <LiveMark live={live} onRetry={retry} /> ·{' '}
          {t('fleet.scanned', {
            n: String(fleet.scanned),
            all: String(fleet.repositories),
          })}{' '}
          · {t('fleet.overdue', { n: String(fleet.overdue) })}
        </div>
        {fleet.scanned > 0 ? (
          <SeverityCounts open={fleet.open} />
        ) : (
          t('header.notScanned')
        )}
      </div>
      <WorstRepositories fleet={fleet} all />
      <TopRules fleet={fleet} all />
      <OpenTrend trend={fleet.trend} />
      <OwnerTable fleet={fleet} all />
      <Policies {...policies} />
      <Frameworks {...compliance} />
    </div>
  );
}

function Policies({ value, error, retry }: LiveSnapshot<PoliciesAnswer>) {
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  if (!value && error) {
    return (
      <ErrorPanel
        error={error}
        permission={policyReadPermission.name}
        onRetry={retry}
      />
    );
  }
  if (!value) return <Skeleton height={160} />;
  return (
    <Section title={t('policies.title')} flush>
      <PlainTable
        label={t('policies.title')}
        columns={[
          {
            key: 'policy',
            title: t('report.policy'),
            cell: ({ policy }) => policy.title,
          },
          {
            key: 'counts',
            title: t('fleet.repositories'),
            cell: ({ counts }) => <PolicyCountsBar counts={counts} />,
          },
        ]}
        rows={value.items}
        rowKey={({ policy }) => policy.id}
        none={t('policies.none')}
      />
    </Section>
  );
}

function Frameworks({ value, error, retry }: LiveSnapshot<Compliance>) {
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  if (!value && error) {
    return (
      <ErrorPanel
        error={error}
        permission={policyReadPermission.name}
        onRetry={retry}
      />
    );
  }
  if (!value) return <Skeleton height={120} />;
  return (
    <Section title={t('compliance.title')} flush>
      <PlainTable
        label={t('compliance.title')}
        columns={[
          {
            key: 'framework',
            title: t('compliance.framework'),
            cell: ({ framework: { title, version } }) =>
              [title, version].filter(Boolean).join(' '),
          },
          {
            key: 'share',
            title: t('compliance.share'),
            numeric: true,
            cell: ({ counts }) => <Share counts={counts} />,
          },
          {
            key: 'counts',
            title: t('compliance.controls'),
            cell: ({ counts }) => <ControlCountsBar counts={counts} />,
          },
        ]}
        rows={value.items}
        rowKey={({ framework }) => framework.id}
        none={t('compliance.none')}
      />
    </Section>
  );
}
