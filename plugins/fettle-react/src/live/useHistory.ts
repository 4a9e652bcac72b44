import { useApi } from '@backstage/core-plugin-api';
import { toError } from '@backstage/errors';
import type { History } from 'backstage-plugin-fettle-common';
import { useCallback, useEffect, useReducer, useState } from 'react';
import { fettleApiRef } from '../api/FettleApi';
import { statusOf, type LiveStatus } from './useLiveRepository';

const RETRY_MS = 10_000;

/**
 * The history of one folder of a repository.
 *
 * @public
 */
export interface HistoryResult {
  status: LiveStatus;
  /** The newest that was read; it stays when a later reading fails. */
  value?: History;
  error?: Error;
  retry(): void;
}

/**
 * The history of one folder of a repository over the last `days` (90 if
 * absent), read again whenever the revision is another: pass the revision of
 * the repository that is shown.
 *
 * @public
 */
export function useHistory(
  id: string,
  subpath: string,
  revision: number | undefined,
  days: number = 90,
): HistoryResult {
  const api = useApi(fettleApiRef);
  const [attempt, retry] = useReducer((count: number) => count + 1, 0);
  const key = JSON.stringify([id, subpath, days]);
  const [read, setRead] = useState<{
    key: string;
    value?: History;
    error?: Error;
  }>();

  useEffect(() => {
    const abort = new AbortController();
    const { signal } = abort;
    api.getHistory(id, { subpath, days }, { signal }).then(
      value => !signal.aborted && setRead({ key, value }),
      error => {
        if (signal.aborted) return;
        setRead(before => ({
          ...(before?.key === key && before),
          key,
          error: toError(error),
        }));
      },
    );
    return () => abort.abort();
  }, [api, key, id, subpath, days, revision, attempt]);

  const { value, error } = read?.key === key ? read : {};
  useEffect(() => {
    if (!error) return undefined;
    const timer = setTimeout(retry, RETRY_MS);
    return () => clearTimeout(timer);
  }, [error]);

  return {
    status: statusOf(value, error),
    value,
    error,
    retry: useCallback(() => retry(), []),
  };
}
