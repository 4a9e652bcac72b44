import {
  readTail,
  SourceError,
  type LogTailReading,
} from 'backstage-plugin-fettle-node';
import type { RepositoryApi } from '../api/RepositoryApi';

/** The end of a job's log. A host that knows no ranges gives the whole, of which no more is kept. */
export async function readLogTail(
  repository: RepositoryApi,
  jobId: string,
  { signal, maxBytes }: { signal: AbortSignal; maxBytes: number },
): Promise<LogTailReading> {
  const path = `/actions/jobs/${encodeURIComponent(jobId)}/logs`;
  const response = await repository.stream(path, {
    range: `bytes=-${maxBytes}`,
    // As it is: the size of what is compressed on the way is not the log's.
    'accept-encoding': 'identity',
  });
  if (!response.body) return { text: '', truncated: false };
  try {
    const { text, total } = await readTail(response.body, maxBytes);
    const size = sizeOf(response) ?? total;
    return { text, truncated: Math.max(size, total) > maxBytes };
  } catch (error) {
    throw new SourceError(
      signal.aborted ? 'timeout' : 'unreachable',
      `The log of job ${jobId} broke off, or was not read in time (${repository.location.remote}).`,
      'See it on the host.',
      error,
    );
  }
}

/** Of the whole log, where the answer is a part of it. */
function sizeOf({ status, headers }: Response): number | undefined {
  const [, size] =
    /\/(\d+)$/.exec(status === 206 ? headers.get('content-range') ?? '' : '') ??
    [];
  return size === undefined ? undefined : Number(size);
}
