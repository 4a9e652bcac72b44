import { runsScope } from 'backstage-plugin-fettle-common';
import { useCallback } from 'react';
import { RunReader, type RunWithJobs } from './readers/RunReader';
import { useLiveReader, type LiveControls } from './useLiveReader';
import { statusOf, type LiveStatus } from './useLiveRepository';

/**
 * A run with its jobs, kept up to date.
 *
 * @public
 */
export interface LiveRun extends LiveControls {
  status: LiveStatus;
  /** The newest that was read; it stays when a later reading fails. */
  value?: RunWithJobs;
  /** Says the positions of the jobs that are looked at: only those are read. */
  look(first: number, last: number): void;
}

/**
 * One run of a repository, kept up to date; nothing without an id.
 *
 * @public
 */
export function useLiveRun(
  repositoryId: string,
  id: string | undefined,
): LiveRun {
  const { reader, want, ...controls } = useLiveReader({
    scope: id === undefined ? undefined : runsScope(repositoryId),
    key: `run:${id}`,
    create: api => new RunReader(api, id!),
  });
  const look = useCallback(
    (first: number, last: number) => {
      if (reader?.look(first, last)) want('now');
    },
    [reader, want],
  );
  const value = reader?.value;
  return {
    status: statusOf(value, controls.error),
    value,
    look,
    ...controls,
  };
}
