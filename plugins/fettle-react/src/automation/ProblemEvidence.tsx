import { useApi, useApiHolder } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  findingReadPermission,
  repositoryReadPermission,
  type Evidence,
  type Problem,
} from 'backstage-plugin-fettle-common';
import { useEffect, useState } from 'react';
import { fettleApiRef } from '../api/FettleApi';
import { fettleSecurityApiRef } from '../api/FettleSecurityApi';
import { ErrorPanel } from '../widgets/ErrorPanel';
import { EvidenceList } from '../widgets/EvidenceList';
import { Skeleton } from '../widgets/Skeleton';
import { fettleReactTranslationRef } from '../widgets/translation';
import { RepositoryName } from './RepositoryName';

interface Details {
  words: string[];
  evidence: Evidence[];
}

/** What a finding or verdict rests on, as it is now; read when it is opened. */
export function ProblemEvidence(props: {
  problem: Problem;
  repositoryId: string;
}) {
  const { problem, repositoryId } = props;
  const { t } = useTranslationRef(fettleReactTranslationRef);
  const { details, error, retry } = useDetails(problem, repositoryId);
  if (error) {
    const permission = problem.findingId
      ? findingReadPermission
      : repositoryReadPermission;
    return (
      <ErrorPanel error={error} permission={permission.name} onRetry={retry} />
    );
  }
  if (details === undefined) return <Skeleton height={40} />;
  if (details === null) return <>{t('automation.problem.gone')}</>;
  return (
    <>
      {details.words.map(words => (
        <div key={words}>{words}</div>
      ))}
      <EvidenceList evidence={details.evidence} limit={10} />
      <RepositoryName
        id={repositoryId}
        name={t('automation.problem.repository')}
      />
    </>
  );
}

/** Null where the problem is gone, undefined while that is not known. */
function useDetails(
  { findingId, checkId, key }: Problem,
  repositoryId: string,
) {
  const api = useApi(fettleApiRef);
  const security = useApiHolder().get(fettleSecurityApiRef);
  const [details, setDetails] = useState<Details | null>();
  const [error, setError] = useState<Error>();
  const [tries, setTries] = useState(0);
  useEffect(() => {
    const stop = new AbortController();
    const { signal } = stop;
    const read = async (): Promise<Details | null> => {
      if (findingId) {
        if (!security) return null;
        const found = await security.getFinding(findingId, { signal });
        const { finding, description, evidence } = found;
        const words = description
          ? [finding.title, description]
          : [finding.title];
        return { words, evidence };
      }
      // The key of a verdict is its check and its folder.
      const subpath = decodeURIComponent(key.split('|')[1] ?? '');
      const { verdicts } = await api.getRepository(
        repositoryId,
        { subpath },
        { signal },
      );
      const verdict = verdicts.find(one => one.check.id === checkId);
      if (!verdict) return null;
      const { message, check, evidence } = verdict;
      return { words: [message, check.why], evidence };
    };
    setError(undefined);
    read().then(setDetails, failed => {
      if (!signal.aborted) setError(failed);
    });
    return () => stop.abort();
  }, [api, security, findingId, checkId, key, repositoryId, tries]);
  return { details, error, retry: () => setTries(count => count + 1) };
}
