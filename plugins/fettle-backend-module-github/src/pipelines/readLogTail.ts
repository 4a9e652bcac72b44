import {
  readTail,
  SourceError,
  type LogTailReading,
} from 'backstage-plugin-fettle-node';

/**
 * The end of a log at the address that the host gave for it. That address is
 * its own proof: no token is sent.
 *
 * The store is first asked for the whole, and told to stop where that is more
 * than is wanted: not every store knows ranges that count from the end.
 */
export async function readLogTail(
  place: string,
  options: {
    signal: AbortSignal;
    maxBytes: number;
    /** For messages. */
    about: string;
    fetchLog: typeof fetch;
  },
): Promise<LogTailReading> {
  const { maxBytes } = options;
  let response = await ask(place, options);
  const size = Number(response.headers.get('content-length') ?? NaN);
  let skipped = 0;
  if (size > maxBytes) {
    await response.body?.cancel();
    skipped = size - maxBytes;
    const range = `bytes=${skipped}-${size - 1}`;
    response = await ask(place, options, { range });
    if (response.status !== 206) skipped = 0;
  }
  if (!response.body) return { text: '', truncated: false };
  try {
    const { text, total } = await readTail(response.body, maxBytes);
    return { text, truncated: skipped + total > maxBytes };
  } catch (error) {
    throw unreachable(options, error);
  }
}

async function ask(
  place: string,
  options: { signal: AbortSignal; about: string; fetchLog: typeof fetch },
  headers: Record<string, string> = {},
): Promise<Response> {
  const { signal, about, fetchLog } = options;
  let response: Response;
  try {
    // As it is: the size of what is compressed on the way is not the log's.
    const identity = { 'accept-encoding': 'identity' };
    response = await fetchLog(place, {
      headers: { ...identity, ...headers },
      signal,
    });
  } catch (error) {
    throw unreachable(options, error);
  }
  if (response.ok) return response;
  await response.body?.cancel();
  throw new SourceError(
    response.status === 404 ? 'not-found' : 'failed',
    `The store of logs answered ${response.status} (${about}).`,
    'Logs are deleted after a while; see the run on the host.',
  );
}

function unreachable(
  { signal, about }: { signal: AbortSignal; about: string },
  cause: unknown,
): SourceError {
  return signal.aborted
    ? new SourceError(
        'timeout',
        `The log was not read in time (${about}).`,
        'See it on the host.',
        cause,
      )
    : new SourceError(
        'unreachable',
        `The store of logs cannot be reached, or its answer broke off (${about}).`,
        'Check the network between the portal and the store.',
        cause,
      );
}
