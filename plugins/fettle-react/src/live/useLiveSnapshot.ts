import type { FettleApi } from '../api/FettleApi';
import { SnapshotReader } from './readers/SnapshotReader';
import { useLiveReader, type LiveControls } from './useLiveReader';
import { statusOf, type LiveStatus } from './useLiveRepository';

/**
 * One answer of the backend, kept up to date.
 *
 * @public
 */
export interface LiveSnapshot<T> extends LiveControls {
  status: LiveStatus;
  /** The newest that was read; it stays when a later reading fails. */
  value?: T;
}

/** Follows one answer of the backend; without a scope, nothing. */
export function useLiveSnapshot<T extends { revision: number }>(options: {
  scope: string | undefined;
  key: string;
  gapMs: number;
  read(api: FettleApi, signal: AbortSignal): Promise<T>;
}): LiveSnapshot<T> {
  const { scope, key, gapMs, read } = options;
  const {
    reader,
    want: _,
    ...controls
  } = useLiveReader({
    scope,
    key,
    create: api => new SnapshotReader(signal => read(api, signal), gapMs),
  });
  const value = reader?.value;
  return { status: statusOf(value, controls.error), value, ...controls };
}
