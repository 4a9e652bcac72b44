import { SourceError } from 'backstage-plugin-fettle-node';

interface RequestFailure {
  status?: number;
  response?: {
    headers?: Record<string, string | number | undefined>;
    data?: { message?: unknown } | string;
  };
}

/** What a failed request comes to, and what its headers said. */
export interface Failure {
  error: SourceError;
  headers: Record<string, string | number | undefined>;
  retryAt?: Date;
}

/** A failure of octokit in the words of sources. */
export function toSourceError(
  cause: unknown,
  context: { host: string; about: string; signal: AbortSignal; now: Date },
): Failure {
  const { host, about, signal, now } = context;
  const { status, response } = cause as RequestFailure;
  const headers = response?.headers ?? {};
  const said = messageOf(response?.data);
  const failed = (
    code: SourceError['code'],
    what: string,
    action: string,
    retryAt?: Date,
  ): Failure => ({
    error: new SourceError(code, `${host} ${what} (${about}).`, action, cause),
    ...{ headers, retryAt },
  });
  if (signal.aborted) {
    return failed('timeout', 'did not answer in time', 'Fettle tries again.');
  }
  const limited =
    status === 429 ||
    (status === 403 &&
      (headers['retry-after'] !== undefined ||
        Number(headers['x-ratelimit-remaining'] ?? NaN) === 0 ||
        /rate limit/i.test(said)));
  if (limited) {
    return failed(
      'rate-limited',
      'asks to wait',
      'Fettle goes on by itself when the limit starts anew.',
      retryTime(headers, now),
    );
  }
  if (status === 401) {
    return failed(
      'unauthorized',
      'refused the credentials, which may have been revoked',
      'Renew the token or the app in integrations.github.',
    );
  }
  if (status === 403) {
    return failed(
      'unauthorized',
      `says that the credentials may not do this: ${said}`,
      'Give them the permissions that the README of the module lists, or ask an owner whether the repository takes it.',
    );
  }
  if (status === 404 || status === 410 || status === 451) {
    return failed(
      'not-found',
      'says that it is not there, or that the credentials may not see it',
      'If it is gone, nothing is to be done.',
    );
  }
  // A merge that its rules do not let through.
  if (status === 405) {
    return failed(
      'failed',
      `does not do that now: ${said}`,
      'Look at it on the host.',
    );
  }
  if (status === 409 || status === 422) {
    return failed(
      'invalid',
      `does not do that now: ${said}`,
      'Look at it on the host.',
    );
  }
  if (status === undefined || status === 500) {
    // Octokit reports what never reached the host as 500 as well.
    const answered = response !== undefined;
    return answered
      ? failed('failed', 'answered with 500', 'Fettle tries again.')
      : failed(
          'unreachable',
          'cannot be reached, or its answer broke off',
          'Check the network between the portal and the host.',
        );
  }
  return failed('failed', `answered with ${status}`, 'Fettle tries again.');
}

function retryTime(
  headers: Record<string, string | number | undefined>,
  now: Date,
): Date {
  const most = now.getTime() + 3600_000;
  const after = Number(headers['retry-after']);
  if (after > 0) return new Date(Math.min(now.getTime() + after * 1000, most));
  // A secondary limit names no time, and has enough left of the first.
  const exhausted = Number(headers['x-ratelimit-remaining'] ?? NaN) === 0;
  const reset = Number(headers['x-ratelimit-reset']);
  const at = exhausted && reset > 0 ? reset * 1000 : now.getTime() + 60_000;
  return new Date(Math.min(at, most));
}

function messageOf(data: unknown): string {
  const message = (data as { message?: unknown })?.message;
  return typeof message === 'string'
    ? message.slice(0, 200)
    : 'no reason given';
}
