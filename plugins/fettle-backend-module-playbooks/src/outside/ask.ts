import { SourceError } from 'backstage-plugin-fettle-node';

/** One question over HTTP, within a time, that no redirect leads elsewhere. */
export async function ask(
  url: string,
  init: RequestInit,
  options: { timeoutMs: number; signal: AbortSignal; about: string },
): Promise<Response> {
  const timeout = AbortSignal.timeout(options.timeoutMs);
  const signal = AbortSignal.any([options.signal, timeout]);
  try {
    return await fetch(url, { ...init, signal, redirect: 'manual' });
  } catch (cause) {
    const late = timeout.aborted || options.signal.aborted;
    throw new SourceError(
      late ? 'timeout' : 'unreachable',
      `${options.about} gave no answer${late ? ' in time' : ''}: ${reasonOf(
        cause,
      )}.`,
      'Check its address, and that this backend can reach it.',
      cause,
    );
  }
}

/** What a failed answer comes to. */
export function refused(status: number, about: string): SourceError {
  if (status === 401 || status === 403) {
    return new SourceError(
      'unauthorized',
      `${about} refused the credentials (HTTP ${status}).`,
      'Check them in app-config.',
    );
  }
  if (status === 404) {
    return new SourceError(
      'not-found',
      `${about} does not know it (HTTP 404).`,
      'Check the name.',
    );
  }
  return new SourceError(
    status === 429 ? 'rate-limited' : 'failed',
    `${about} answered with HTTP ${status}.`,
    'Try again later, or look at its log.',
  );
}

function reasonOf(cause: unknown): string {
  const { cause: inner, message } = cause as Error;
  return (inner as Error | undefined)?.message ?? message;
}
