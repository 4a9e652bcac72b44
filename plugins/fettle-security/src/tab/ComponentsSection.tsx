import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import {
  findingReadPermission,
  type ListedComponent,
} from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  FilterMenu,
  PlaceLink,
  PlainTable,
  Section,
  Skeleton,
  useKept,
  useLiveComponents,
  type PlainColumn,
} from 'backstage-plugin-fettle-react';
import { useState } from 'react';
import { SearchField } from '../findings/SearchField';
import { MoreRows } from '../MoreRows';
import { NewestVersion } from '../NewestVersion';
import { fettleSecurityTranslationRef } from '../translation';

const PAGE = 50;
const STANDINGS = ['behind', 'isNewest'] as const;
type Standing = (typeof STANDINGS)[number];

const useStyles = makeStyles(
  theme => ({
    bar: {
      ...{ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
      padding: theme.spacing(0, 2, 1.5),
    },
    error: { padding: theme.spacing(0, 2, 2) },
    quiet: { color: theme.palette.text.secondary },
  }),
  { name: 'FettleComponentsSection' },
);

/** What the repository is made of. */
export function ComponentsSection(props: {
  repositoryId: string;
  subpath: string;
}) {
  const { repositoryId, subpath } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const [search, setSearch] = useState('');
  const [standing, setStanding] = useState<Standing>();
  const { value, error, retry, hasMore, loadMore } = useLiveComponents(
    repositoryId,
    {
      ...{ subpath, limit: PAGE, search: search || undefined },
      behind: standing && standing === 'behind',
    },
  );
  const kept = useKept(value);
  const shown = !value && error ? undefined : kept;
  const columns: PlainColumn<ListedComponent>[] = [
    {
      key: 'name',
      title: t('components.name'),
      cell: ({ name }) => name,
    },
    {
      key: 'version',
      title: t('components.version'),
      cell: ({ version, requirement }) =>
        version ?? (
          <span className={classes.quiet}>
            {requirement
              ? t('components.asks', { requirement })
              : t('components.unknown')}
          </span>
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
      key: 'ecosystem',
      title: t('components.ecosystem'),
      cell: ({ ecosystem }) => ecosystem,
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
      cell: ({ licence }) =>
        licence ?? (
          <span className={classes.quiet}>{t('components.unknown')}</span>
        ),
    },
    {
      key: 'file',
      title: t('components.file'),
      cell: ({ path, line, url }) =>
        path && <PlaceLink path={path} line={line} url={url} />,
    },
  ];
  return (
    <Section
      title={t('components.title')}
      aside={shown && t('components.total', { count: shown.total })}
      flush
    >
      <div className={classes.bar}>
        <SearchField
          label={t('components.search')}
          value={search}
          onChange={setSearch}
        />
        <FilterMenu
          label={t('newest.filter')}
          options={STANDINGS.map(one => ({
            value: one,
            label: t(`newest.${one}`),
          }))}
          selected={standing ? [standing] : []}
          onSelect={chosen => setStanding(chosen?.[0])}
          single
        />
      </div>
      {!value && error && (
        <div className={classes.error}>
          <ErrorPanel
            error={error}
            permission={findingReadPermission.name}
            onRetry={retry}
          />
        </div>
      )}
      {!shown && !error && <Skeleton height={160} />}
      {shown && (
        <PlainTable
          label={t('components.title')}
          columns={columns}
          rows={shown.items}
          rowKey={({ purl, version, path }) => `${purl} ${version} ${path}`}
          none={t('components.none')}
        />
      )}
      {value && hasMore && (
        <MoreRows left={value.total - value.items.length} onMore={loadMore} />
      )}
    </Section>
  );
}
