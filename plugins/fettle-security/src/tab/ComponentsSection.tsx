import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import {
  findingReadPermission,
  type ComponentPage,
  type ListedComponent,
} from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  fettleSecurityApiRef,
  FilterMenu,
  PlaceLink,
  PlainTable,
  Section,
  Skeleton,
  TextButton,
  useKept,
  type PlainColumn,
} from 'backstage-plugin-fettle-react';
import { useEffect, useState } from 'react';
import { SearchField } from '../findings/SearchField';
import { NewestVersion } from '../NewestVersion';
import { fettleSecurityTranslationRef } from '../translation';

const STEP = 25;
const MOST = 500;
const STANDINGS = ['behind', 'isNewest'] as const;
type Standing = (typeof STANDINGS)[number];

const useStyles = makeStyles(
  theme => ({
    bar: {
      ...{ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
      padding: theme.spacing(0, 2, 1.5),
    },
    foot: { padding: theme.spacing(0.5, 1.25) },
    error: { padding: theme.spacing(0, 2, 2) },
    quiet: { color: theme.palette.text.secondary },
  }),
  { name: 'FettleComponentsSection' },
);

/** What the repository is made of. Read anew when a scan changed something. */
export function ComponentsSection(props: {
  repositoryId: string;
  subpath: string;
  revision: number;
}) {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const [search, setSearch] = useState('');
  const [standing, setStanding] = useState<Standing>();
  const [limit, setLimit] = useState(STEP);
  const { page, error, retry } = useComponents({
    ...{ ...props, search, limit },
    behind: standing && standing === 'behind',
  });
  const shown = useKept(page);
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
          options={STANDINGS.map(value => ({
            value,
            label: t(`newest.${value}`),
          }))}
          selected={standing ? [standing] : []}
          onSelect={chosen => setStanding(chosen?.[0])}
          single
        />
      </div>
      {!page && error && (
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
      {shown?.nextCursor && limit < MOST && (
        <div className={classes.foot}>
          <TextButton
            color="primary"
            onClick={() => setLimit(most => Math.min(MOST, most * 4))}
          >
            {t('components.more')}
          </TextButton>
        </div>
      )}
    </Section>
  );
}

function useComponents(of: {
  repositoryId: string;
  subpath: string;
  revision: number;
  search: string;
  limit: number;
  behind: boolean | undefined;
}) {
  const { repositoryId, subpath, revision, search, limit, behind } = of;
  const api = useApi(fettleSecurityApiRef);
  const [page, setPage] = useState<ComponentPage>();
  const [error, setError] = useState<Error>();
  const [tries, setTries] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    const query = { subpath, limit, behind, search: search || undefined };
    api.listComponents(repositoryId, query, { signal: stop.signal }).then(
      found => {
        setPage(found);
        setError(undefined);
      },
      failed => {
        if (stop.signal.aborted) return;
        setPage(undefined);
        setError(failed);
      },
    );
    return () => stop.abort();
  }, [api, repositoryId, subpath, revision, search, limit, behind, tries]);
  return { page, error, retry: () => setTries(count => count + 1) };
}
