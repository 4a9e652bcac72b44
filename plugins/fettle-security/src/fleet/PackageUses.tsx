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
  PlaceLink,
  PlainTable,
  Section,
  Skeleton,
  type PlainColumn,
} from 'backstage-plugin-fettle-react';
import { useEffect, useState } from 'react';
import { NewestVersion } from '../NewestVersion';
import { fettleSecurityTranslationRef } from '../translation';

const MOST = 500;
type Row = Uses['items'][number];

const useStyles = makeStyles(
  theme => ({
    error: { padding: theme.spacing(0, 2, 2) },
    owners: { display: 'inline-flex', gap: theme.spacing(1) },
  }),
  { name: 'FettlePackageUses' },
);

/** Every use of one package: where, at which version, how it came, and whose it is. */
export function PackageUses(props: {
  ecosystem: string;
  name: string;
  back: string;
}) {
  const { ecosystem, name, back } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const { uses, error, retry } = useUses(ecosystem, name);
  const columns: PlainColumn<Row>[] = [
    {
      key: 'repository',
      title: t('fleet.repository'),
      cell: ({ repository }) => repository,
    },
    {
      key: 'version',
      title: t('components.version'),
      cell: ({ version, requirement }) =>
        version ??
        (requirement
          ? t('components.asks', { requirement })
          : t('components.unknown')),
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
          {owners.map(owner => (
            <EntityRefLink key={owner} entityRef={owner} />
          ))}
        </span>
      ),
    },
  ];
  return (
    <Section
      title={t('packages.uses', { name })}
      aside={<Link to={back}>{t('packages.close')}</Link>}
      flush
    >
      {error && (
        <div className={classes.error}>
          <ErrorPanel
            error={error}
            permission={findingReadPermission.name}
            onRetry={retry}
          />
        </div>
      )}
      {!uses && !error && <Skeleton height={160} />}
      {uses && (
        <PlainTable
          label={t('packages.uses', { name })}
          columns={columns}
          rows={uses.items}
          first={50}
          rowKey={row => `${row.repositoryId} ${row.path} ${row.version}`}
          none={t('components.none')}
        />
      )}
    </Section>
  );
}

function useUses(ecosystem: string, name: string) {
  const api = useApi(fettleSecurityApiRef);
  const [uses, setUses] = useState<Uses>();
  const [error, setError] = useState<Error>();
  const [tries, setTries] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    const query = { ecosystem, name, limit: MOST };
    api.getPackageUses(query, { signal: stop.signal }).then(
      found => {
        setUses(found);
        setError(undefined);
      },
      failed => {
        if (!stop.signal.aborted) setError(failed);
      },
    );
    return () => stop.abort();
  }, [api, ecosystem, name, tries]);
  return { uses, error, retry: () => setTries(count => count + 1) };
}
