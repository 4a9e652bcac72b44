import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { findingReadPermission } from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  FilterMenu,
  LiveMark,
  useKept,
  useLiveFleetSecurity,
} from 'backstage-plugin-fettle-react';
import { useSearchParams } from 'react-router-dom';
import { SeverityCounts } from '../SeverityCounts';
import { SecuritySkeleton } from '../tab/SecuritySkeleton';
import { fettleSecurityTranslationRef } from '../translation';
import { OwnerTable, TopRules, WorstRepositories } from './fleetTables';
import { OpenTrend } from './OpenTrend';

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
            <Link to="report">{t('fleet.report')}</Link>
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
      <WorstRepositories fleet={shown} />
      <TopRules fleet={shown} />
      <OpenTrend trend={shown.trend} />
      <OwnerTable fleet={shown} />
    </div>
  );
}
