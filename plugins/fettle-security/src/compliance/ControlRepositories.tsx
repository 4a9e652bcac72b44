import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import {
  policyReadPermission,
  type ControlRepositories as Found,
} from 'backstage-plugin-fettle-common';
import {
  ErrorPanel,
  fettleSecurityApiRef,
  PlainTable,
  Skeleton,
  useKept,
  type PlainColumn,
} from 'backstage-plugin-fettle-react';
import { useEffect, useState } from 'react';
import { RepositoryLink } from '../findings/RepositoryLink';
import { fettleSecurityTranslationRef } from '../translation';
import { ControlStatusMark } from './ControlStatusMark';

const FIRST = 10;

/** Repositories that do not meet a control, or of which it is not known. */
export function ControlRepositories(props: {
  frameworkId: string;
  control: string;
  owner: string | undefined;
  /** Another one has them read anew. */
  stamp: string;
}) {
  const { t } = useTranslationRef(fettleSecurityTranslationRef);
  const { found, error, retry } = useRepositories(props);
  const shown = useKept(found);
  type Row = Found['items'][number];
  const columns: PlainColumn<Row>[] = [
    {
      key: 'repository',
      title: t('fleet.repository'),
      cell: ({ repository, entityRef }) => (
        <RepositoryLink name={repository} entityRef={entityRef} />
      ),
    },
    {
      key: 'status',
      title: t('findings.state'),
      cell: ({ status }) => <ControlStatusMark status={status} />,
    },
    {
      key: 'owner',
      title: t('fleet.owner'),
      cell: ({ owner }) =>
        owner ? <EntityRefLink entityRef={owner} /> : t('fleet.nobody'),
    },
  ];
  if (!found && error) {
    return (
      <ErrorPanel
        error={error}
        permission={policyReadPermission.name}
        onRetry={retry}
      />
    );
  }
  if (!shown) return <Skeleton height={80} />;
  return (
    <>
      <PlainTable
        label={t('compliance.failing', { control: props.control })}
        columns={columns}
        rows={shown.items}
        first={FIRST}
        rowKey={({ repositoryId }) => repositoryId}
        none=""
      />
      {shown.more > 0 && t('replay.more', { n: String(shown.more) })}
    </>
  );
}

function useRepositories(of: {
  frameworkId: string;
  control: string;
  owner: string | undefined;
  stamp: string;
}) {
  const { frameworkId, control, owner, stamp } = of;
  const api = useApi(fettleSecurityApiRef);
  const [found, setFound] = useState<Found>();
  const [error, setError] = useState<Error>();
  const [tries, setTries] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    api
      .listControlRepositories(frameworkId, { control, owner }, { signal })
      .then(
        answer => {
          setFound(answer);
          setError(undefined);
        },
        failed => {
          if (signal.aborted) return;
          setFound(undefined);
          setError(failed);
        },
      );
    return () => stop.abort();
  }, [api, frameworkId, control, owner, stamp, tries]);
  return { found, error, retry: () => setTries(count => count + 1) };
}
