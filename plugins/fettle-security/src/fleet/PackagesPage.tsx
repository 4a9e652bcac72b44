import { Link } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import {
  findingReadPermission,
  type Package,
  type PackagePage,
} from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  fettleSecurityApiRef,
  PlainTable,
  Section,
  Skeleton,
  useKept,
  type PlainColumn,
} from 'backstage-plugin-fettle-react';
import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { SearchField } from '../findings/SearchField';
import { NewestVersion } from '../NewestVersion';
import { fettleSecurityTranslationRef } from '../translation';
import { PackageUses } from './PackageUses';
import { VersionSpread } from './VersionSpread';

const useStyles = makeStyles(
  theme => ({
    root: { display: 'grid', gap: theme.spacing(1.5) },
    bar: { padding: theme.spacing(0, 2, 1.5), display: 'flex' },
    error: { padding: theme.spacing(0, 2, 2) },
    quiet: { color: theme.palette.text.secondary },
  }),
  { name: 'FettlePackagesPage' },
);

/** Who uses what. */
export function PackagesPage() {
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const [parameters, setParameters] = useSearchParams();
  const search = parameters.get('search') ?? '';
  const ecosystem = parameters.get('ecosystem');
  const name = parameters.get('name');
  const { page, error, retry } = usePackages(search);
  const shown = useKept(page);
  const columns: PlainColumn<Package>[] = [
    {
      key: 'package',
      title: t('packages.package'),
      cell: row => (
        <>
          <Link
            to={`?${new URLSearchParams({
              ...{ ecosystem: row.ecosystem, name: row.name, search },
            })}`}
          >
            {row.name}
          </Link>{' '}
          <span className={classes.quiet}>{row.ecosystem}</span>
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
    <div className={classes.root}>
      <div>
        <Link to="..">{t('page.title')}</Link>
      </div>
      {ecosystem && name ? (
        <PackageUses
          ecosystem={ecosystem}
          name={name}
          back={`?${new URLSearchParams(search ? { search } : {})}`}
        />
      ) : (
        <Section title={t('packages.title')} flush>
          <div className={classes.bar}>
            <SearchField
              label={t('packages.search')}
              value={search}
              onChange={value =>
                setParameters(value ? { search: value } : {}, { replace: true })
              }
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
          {!shown && !error && <Skeleton height={240} />}
          {shown && (
            <PlainTable
              label={t('packages.title')}
              columns={columns}
              rows={shown.items}
              rowKey={row => `${row.ecosystem} ${row.name}`}
              none={t('packages.none')}
            />
          )}
        </Section>
      )}
    </div>
  );
}

function usePackages(search: string) {
  const api = useApi(fettleSecurityApiRef);
  const [page, setPage] = useState<PackagePage>();
  const [error, setError] = useState<Error>();
  const [tries, setTries] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    const query = { search: search || undefined, limit: 100 };
    api.listPackages(query, { signal: stop.signal }).then(
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
  }, [api, search, tries]);
  return { page, error, retry: () => setTries(count => count + 1) };
}
