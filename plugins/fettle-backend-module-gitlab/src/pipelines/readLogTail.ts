import {
  readTail,
  SourceError,
  type LogTailReading,
} from 'backstage-plugin-fettle-node';
import type { ProjectApi } from '../api/ProjectApi';

/** The end of a job's log. Hosts give the whole, of which no more is kept. */
export async function readLogTail(
  project: ProjectApi,
  jobId: string,
  { signal, maxBytes }: { signal: AbortSignal; maxBytes: number },
): Promise<LogTailReading> {
  const path = `/jobs/${encodeURIComponent(jobId)}/trace`;
  const response = await project.stream(path);
  if (!response.body) return { text: '', truncated: false };
  try {
    const { text, total } = await readTail(response.body, maxBytes);
    return { text: withoutMarks(text), truncated: total > maxBytes };
  } catch (error) {
    throw new SourceError(
      signal.aborted ? 'timeout' : 'unreachable',
      `The log of job ${jobId} broke off, or was not read in time (${project.location.remote}).`,
      'See it on the host.',
      error,
    );
  }
}

/** Where sections begin and end, for the host's own page. */
function withoutMarks(text: string): string {
  return text.replace(
    // eslint-disable-next-line no-control-regex
    /section_(?:start|end):\d+:[\w.-]+(?:\[[^\]\n]*\])?\r\u001b\[0K/g,
    '',
  );
}
