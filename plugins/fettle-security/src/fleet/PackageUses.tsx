import { Link } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { makeStyles } from '@material-ui/core/styles';
import {
  findingReadPermission,
  type PackageUses as Uses,
} from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  fettleSecurityApiRef,
  LiveMark,
  PlaceLink,
  PlainTable,
  Section,
  Skeleton,
  useKept,
  useLivePackageUses,
  type PlainColumn,
} from 'backstage-plugin-fettle-react';
import { ExportButtons } from '../findings/ExportButtons';
import { SearchField } from '../findings/SearchField';
import { MoreRows } from '../MoreRows';
import { NewestVersion } from '../NewestVersion';
import { fettleSecurityTranslationRef } from '../translation';
import { PackageFilterBar } from './PackageFilterBar';
import type { usePackageFilters } from './usePackageFilters';

const PAGE = 100;
type Row = Uses['items'][number];

const useStyles = makeStyles(
  theme => ({
    aside: {
      ...{ display: 'flex', flexWrap: 'wrap', alignItems: 'center' },
      gap: theme.spacing(0.5, 2),
    },
    padded: {
      padding: theme.spacing(0, 2, 1.5),
      color: theme.palette.text.secondary,
    },
    owners: {
      ...{ display: 'inline-flex', flexWrap: 'wrap' },
      gap: theme.spacing(0, 1),
    },
    note: {
      ...{ display: 'block', fontSize: '0.75rem' },
      color: theme.palette.text.secondary,
    },
    waiting: { opacity: 0.55 },
  }),
  { name: 'FettlePackageUses' },
);

/** Every use of one package: where, at which version, how it came, and whose it is. */
export function PackageUses(props: {
  of: { ecosystem: string; name: string };
  address: ReturnType<typeof usePackageFilters>;
}) {
  const { of, address } = props;
  const { filters, range, change, back } = address;
  const { licence, owner } = filters;
  const classes = useStyles();
  const api = useApi(fettleSecurityApiRef);
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const query = { ...of, licence, owner, range };
  const { value, error, live, retry, hasMore, loadMore } = useLivePackageUses({
    ...{ ...query, limit: PAGE },
  });
  const kept = useKept(value);
  const shown = !value && error ? undefined : kept;
  const columns: PlainColumn<Row>[] = [
    {
      key: 'repository',
      title: t('fleet.repository'),
      cell: ({ repository }) => repository,
    },
    {
      key: 'version',
      title: t('components.version'),
      cell: ({ version, requirement, comparable }) => (
        <>
          {version ??
            (requirement
              ? t('components.asks', { requirement })
              : t('components.unknown'))}
          {!comparable && (
            <span className={classes.note}>{t('packages.unclear')}</span>
          )}
        </>
      ),
    },
    {
      key: 'newest',
      title: t('newest.title'),
      cell: ({ newest, behind }) => (
        <NewestVersion newest={newest} behind={behind} />
      ),
    },
    {
      key: 'scope',
      title: t('components.scope'),
      cell: ({ scope }) =>
        scope === 'unknown' ? t('components.unknown') : scope,
    },
    {
      key: 'how',
      title: t('components.how'),
      cell: ({ direct, chain }) => {
        if (direct === null) return t('components.unknown');
        if (direct) return t('components.direct');
        return chain.length > 0
          ? t('first.through', { chain: chain.join(' › ') })
          : t('components.transitive');
      },
    },
    {
      key: 'licence',
      title: t('components.licence'),
      cell: ({ licence: text }) => text ?? t('components.unknown'),
    },
    {
      key: 'file',
      title: t('components.file'),
      cell: ({ path, line, url }) =>
        path && <PlaceLink path={path} line={line} url={url} />,
    },
    {
      key: 'owner',
      title: t('fleet.owner'),
      cell: ({ owners }) => (
        <span className={classes.owners}>
          {owners.map(entityRef => (
            <EntityRefLink key={entityRef} entityRef={entityRef} />
          ))}
        </span>
      ),
    },
  ];
  return (
    <Section
      title={t('packages.uses', { name: of.name })}
      aside={
        <div className={classes.aside}>
          <LiveMark live={live} onRetry={retry} />
          <ExportButtons
            files={{ csv: `${of.name.replace(/[^\w.-]+/g, '-')}-uses.csv` }}
            read={() => api.exportPackageUses(query)}
          />
          <Link to={back}>{t('packages.close')}</Link>
        </div>
      }
      flush
    >
      <PackageFilterBar
        filters={filters}
        owners={kept?.owners ?? []}
        onChange={change}
        onClear={
          licence || owner || range
            ? () =>
                change({
                  ...{ licence: undefined, owner: undefined },
                  range: undefined,
                })
            : undefined
        }
        lookup={
          <SearchField
            label={t('packages.range')}
            value={range ?? ''}
            onChange={text => change({ range: text })}
          />
        }
      />
      {!value && error && (
        <div className={classes.padded}>
          <ErrorPanel
            error={error}
            permission={findingReadPermission.name}
            since={live.since.toISOString()}
            onRetry={retry}
          />
        </div>
      )}
      {!shown && !error && <Skeleton height={160} />}
      {shown && (
        <div className={value ? '' : classes.waiting} aria-busy={!value}>
          <div className={classes.padded}>
            {t('packages.useCount', { count: shown.total })}
            {shown.notComparable > 0 &&
              ` · ${t('packages.ofThoseUnclear', {
                n: String(shown.notComparable),
              })}`}
          </div>
          <PlainTable
            label={t('packages.uses', { name: of.name })}
            columns={columns}
            rows={shown.items}
            rowKey={({ repositoryId, path, version }) =>
              `${repositoryId} ${path} ${version}`
            }
            none={t('packages.noUse')}
          />
        </div>
      )}
      {value && hasMore && (
        <MoreRows left={value.total - value.items.length} onMore={loadMore} />
      )}
    </Section>
  );
}
