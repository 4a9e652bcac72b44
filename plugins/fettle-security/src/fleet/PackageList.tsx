import { Link } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import {
  findingReadPermission,
  type Package,
} from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  fettleSecurityApiRef,
  FilterMenu,
  LiveMark,
  PlainTable,
  Section,
  Skeleton,
  useKept,
  useLivePackages,
  type PlainColumn,
} from 'backstage-plugin-fettle-react';
import { ExportButtons } from '../findings/ExportButtons';
import { SearchField } from '../findings/SearchField';
import { MoreRows } from '../MoreRows';
import { NewestVersion } from '../NewestVersion';
import { fettleSecurityTranslationRef } from '../translation';
import { PackageFilterBar } from './PackageFilterBar';
import type { usePackageFilters } from './usePackageFilters';
import { VersionSpread } from './VersionSpread';

const PAGE = 100;
const FILES = { csv: 'packages.csv', cyclonedx: 'packages.cdx.json' };

const useStyles = makeStyles(
  theme => ({
    aside: {
      ...{ display: 'flex', flexWrap: 'wrap', alignItems: 'center' },
      gap: theme.spacing(0.5, 2),
    },
    error: { padding: theme.spacing(0, 2, 2) },
    quiet: { color: theme.palette.text.secondary },
    waiting: { opacity: 0.55 },
  }),
  { name: 'FettlePackageList' },
);

/** The packages of the fleet, most used first. */
export function PackageList(props: {
  address: ReturnType<typeof usePackageFilters>;
}) {
  const { filters, filtered, change, clear, linkTo } = props.address;
  const classes = useStyles();
  const api = useApi(fettleSecurityApiRef);
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const { value, error, live, retry, hasMore, loadMore } = useLivePackages({
    ...{ ...filters, limit: PAGE },
  });
  const kept = useKept(value);
  const shown = !value && error ? undefined : kept;
  const columns: PlainColumn<Package>[] = [
    {
      key: 'package',
      title: t('packages.package'),
      cell: ({ ecosystem, name }) => (
        <>
          <Link to={linkTo(ecosystem, name)}>{name}</Link>{' '}
          <span className={classes.quiet}>{ecosystem}</span>
        </>
      ),
    },
    {
      key: 'newest',
      title: t('newest.title'),
      cell: ({ newest }) => <NewestVersion newest={newest} />,
    },
    {
      key: 'versions',
      title: t('packages.versions'),
      cell: row => <VersionSpread of={row} />,
    },
    {
      key: 'findings',
      title: t('packages.findings'),
      numeric: true,
      cell: ({ findings }) => findings,
    },
    {
      key: 'repositories',
      title: t('packages.repositories'),
      numeric: true,
      cell: ({ repositories }) => repositories,
    },
  ];
  return (
    <Section
      title={t('packages.title')}
      aside={
        <div className={classes.aside}>
          <LiveMark live={live} onRetry={retry} />
          <ExportButtons
            files={FILES}
            read={format => api.exportPackages({ ...filters, format })}
          />
        </div>
      }
      flush
    >
      <PackageFilterBar
        filters={filters}
        owners={kept?.owners ?? []}
        onChange={change}
        onClear={filtered ? clear : undefined}
        lookup={
          <SearchField
            label={t('packages.search')}
            value={filters.search ?? ''}
            onChange={search => change({ search })}
          />
        }
        menus={
          <FilterMenu
            single
            label={t('components.ecosystem')}
            options={(kept?.ecosystems ?? []).map(name => ({
              ...{ value: name, label: name },
            }))}
            selected={filters.ecosystem ? [filters.ecosystem] : []}
            onSelect={chosen => change({ ecosystem: chosen?.[0] })}
          />
        }
      />
      {!value && error && (
        <div className={classes.error}>
          <ErrorPanel
            error={error}
            permission={findingReadPermission.name}
            since={live.since.toISOString()}
            onRetry={retry}
          />
        </div>
      )}
      {!shown && !error && <Skeleton height={240} />}
      {shown && (
        <div className={value ? '' : classes.waiting} aria-busy={!value}>
          <PlainTable
            label={t('packages.title')}
            columns={columns}
            rows={shown.items}
            rowKey={row => `${row.ecosystem} ${row.name}`}
            none={t(filtered ? 'packages.none' : 'packages.empty')}
          />
        </div>
      )}
      {hasMore && <MoreRows onMore={loadMore} />}
    </Section>
  );
}
