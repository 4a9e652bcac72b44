import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import {
  policyReadPermission,
  type Compliance,
} from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  LiveMark,
  PlainTable,
  Section,
  useLiveCompliance,
  type PlainColumn,
} from 'backstage-plugin-fettle-react';
import { useSearchParams } from 'react-router-dom';
import { SecuritySkeleton } from '../tab/SecuritySkeleton';
import { fettleSecurityTranslationRef } from '../translation';
import { ControlCountsBar } from './ControlCountsBar';
import { FrameworkView } from './FrameworkView';
import { Share } from './Share';

type Row = Compliance['items'][number];

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr)',
      gap: theme.spacing(1.5),
    },
    quiet: { color: theme.palette.text.secondary, fontSize: '0.8125rem' },
  }),
  { name: 'FettleCompliancePage' },
);

/** How the fleet meets frameworks; one opens by its name. */
export function CompliancePage() {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const [parameters] = useSearchParams();
  const chosen = parameters.get('framework');
  return (
    <div className={classes.root}>
      <div>
        <Link to={chosen ? '?' : '..'}>
          {chosen ? t('compliance.title') : t('page.title')}
        </Link>
      </div>
      {chosen ? <FrameworkView key={chosen} id={chosen} /> : <Overview />}
    </div>
  );
}

function Overview() {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const { value, error, live, retry } = useLiveCompliance();
  if (!value && error) {
    return (
      <ErrorPanel
        error={error}
        permission={policyReadPermission.name}
        since={live.since.toISOString()}
        onRetry={retry}
      />
    );
  }
  if (!value) return <SecuritySkeleton />;
  const columns: PlainColumn<Row>[] = [
    {
      key: 'framework',
      title: t('compliance.framework'),
      cell: ({ framework: { id, title, version } }) => (
        <>
          <Link to={`?framework=${encodeURIComponent(id)}`}>{title}</Link>{' '}
          <span className={classes.quiet}>{version}</span>
        </>
      ),
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
  ];
  return (
    <Section
      title={t('compliance.title')}
      aside={<LiveMark live={live} onRetry={retry} />}
      flush
    >
      <PlainTable
        label={t('compliance.title')}
        columns={columns}
        rows={value.items}
        rowKey={({ framework }) => framework.id}
        none={t('compliance.none')}
      />
    </Section>
  );
}
