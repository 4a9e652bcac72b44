import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import {
  policyReadPermission,
  type FrameworkStanding,
} from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  FilterMenu,
  LiveMark,
  PlainTable,
  Section,
  useKept,
  useLiveFramework,
  type PlainColumn,
} from 'backstage-plugin-fettle-react';
import { useSearchParams } from 'react-router-dom';
import { SecuritySkeleton } from '../tab/SecuritySkeleton';
import { fettleSecurityTranslationRef } from '../translation';
import { ControlCountsBar } from './ControlCountsBar';
import { ControlList } from './ControlList';
import { EvidenceForm } from './EvidenceForm';
import { Share } from './Share';
import { ShareTrend } from './ShareTrend';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 1fr)',
      gap: theme.spacing(1.5),
    },
    glance: { display: 'grid', gap: theme.spacing(1) },
    line: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.5, 2),
    },
    share: { fontSize: '1.5rem', fontWeight: 600 },
    quiet: { color: theme.palette.text.secondary },
  }),
  { name: 'FettleFrameworkView' },
);

/** One framework by control, by day and by owner, with its evidence. */
export function FrameworkView({ id }: { id: string }) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const [parameters, setParameters] = useSearchParams();
  const owner = parameters.get('owner') ?? undefined;
  const { value, error, live, retry } = useLiveFramework(id, { owner });
  const shown = useKept(value);
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
  if (!shown) return <SecuritySkeleton />;
  const { framework, counts, controls, owners, days, can } = shown;
  const names = owners.flatMap(one => one.owner ?? []);
  return (
    <div className={classes.root} aria-busy={!value}>
      <Section
        title={[framework.title, framework.version].filter(Boolean).join(' ')}
        aside={<LiveMark live={live} onRetry={retry} />}
      >
        <div className={classes.glance}>
          <div className={classes.line}>
            <span className={classes.share}>
              <Share counts={counts} />
            </span>
            <span className={classes.quiet}>{t('compliance.shareWhat')}</span>
          </div>
          <ControlCountsBar counts={counts} />
          <div className={classes.line}>
            <FilterMenu
              single
              label={t('fleet.owner')}
              options={names.map(name => ({ value: name, label: name }))}
              selected={owner ? [owner] : []}
              onSelect={chosen =>
                setParameters(
                  {
                    framework: id,
                    ...(chosen?.[0] ? { owner: chosen[0] } : {}),
                  },
                  { replace: true },
                )
              }
            />
            {framework.source && (
              <Link to={framework.source}>{t('compliance.source')}</Link>
            )}
          </div>
        </div>
      </Section>
      <ControlList frameworkId={id} owner={owner} controls={controls} />
      {owner === undefined && <ShareTrend days={days} />}
      <Owners owners={owners} />
      <EvidenceForm
        framework={framework}
        owner={owner}
        allowed={can.exportEvidence}
      />
    </div>
  );
}

function Owners({ owners }: { owners: FrameworkStanding['owners'] }) {
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  type Row = FrameworkStanding['owners'][number];
  const columns: PlainColumn<Row>[] = [
    {
      key: 'owner',
      title: t('fleet.owner'),
      cell: ({ owner }) =>
        owner ? <EntityRefLink entityRef={owner} /> : t('fleet.nobody'),
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
    {
      key: 'repositories',
      title: t('fleet.repositories'),
      numeric: true,
      cell: ({ repositories }) => repositories,
    },
  ];
  return (
    <Section title={t('fleet.owners')} flush>
      <PlainTable
        label={t('fleet.owners')}
        columns={columns}
        rows={owners}
        first={10}
        rowKey={({ owner }) => owner ?? ''}
        none={t('fleet.noOwners')}
      />
    </Section>
  );
}
