import type { RepositoryHealth } from 'backstage-plugin-fettle-common';
import { RepositoryReader } from './readers/RepositoryReader';
import { useLiveReader, type LiveControls } from './useLiveReader';

/**
 * Whether there is a value (`ready`, even if it is no longer the newest), none
 * yet (`loading`), or none because of `error`.
 *
 * @public
 */
export type LiveStatus = 'loading' | 'ready' | 'error';

/** The status of what has this value and this error. */
export function statusOf(value: unknown, error: Error | undefined): LiveStatus {
  if (value !== undefined) return 'ready';
  return error ? 'error' : 'loading';
}

/**
 * A repository that is kept up to date.
 *
 * @public
 */
export interface LiveRepository extends LiveControls {
  status: LiveStatus;
  /** The newest that was read; it stays when a later reading fails. */
  value?: RepositoryHealth;
}

/** Follows one folder of a repository, or nothing without an id. */
export function useMaybeRepository(
  target: { id: string; subpath: string } | undefined,
): LiveRepository {
  const {
    reader,
    want: _,
    ...controls
  } = useLiveReader({
    scope: target?.id,
    key: `repository:${target?.subpath ?? ''}`,
    create: api => new RepositoryReader(api, target!),
  });
  const value = reader?.value;
  return { status: statusOf(value, controls.error), value, ...controls };
}

/**
 * One repository, or one folder of it, kept up to date for as long as the
 * component is there.
 *
 * @public
 */
export function useLiveRepository(target: {
  id: string;
  /** The folder to judge; the whole repository if absent. */
  subpath?: string;
}): LiveRepository {
  return useMaybeRepository({ id: target.id, subpath: target.subpath ?? '' });
}
