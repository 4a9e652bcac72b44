import { SourceError } from '../contracts/SourceError';

/** A request that came to nothing. */
export interface Failure {
  /** Undefined where no answer came, or not the whole of it. */
  status?: number;
  /** What the host said, for people. */
  said?: string;
  cause?: unknown;
}

/** A failure in the words of sources. An operation that is not there is answered with 404 or 405. */
export function toSourceError(
  { status, said = 'no reason given', cause }: Failure,
  context: {
    host: string;
    about: string;
    signal: AbortSignal;
    /** The key in config that holds the credentials. */
    credentials: string;
  },
): SourceError {
  const { host, about, signal, credentials } = context;
  const failed = (code: SourceError['code'], what: string, action: string) =>
    new SourceError(code, `${host} ${what} (${about}).`, action, cause);
  if (signal.aborted) {
    return failed('timeout', 'did not answer in time', 'Fettle tries again.');
  }
  switch (status) {
    case undefined:
      return failed(
        'unreachable',
        'cannot be reached',
        'Check the network between the portal and the host.',
      );
    case 429:
      return failed(
        'rate-limited',
        'asks to wait',
        'Fettle goes on by itself then.',
      );
    case 401:
      return failed(
        'unauthorized',
        'refused the credentials, which may have been revoked',
        `Renew the token in ${credentials}.`,
      );
    case 403:
      return failed(
        'unauthorized',
        `says that the credentials may not do this: ${said}`,
        'Give the token the permissions that the README of the module lists, or ask an owner whether the repository takes it.',
      );
    case 404:
    case 405:
    case 410:
    case 451:
      return failed(
        'not-found',
        'says that it is not there, or that the credentials may not see it',
        'If it is gone, nothing is to be done.',
      );
    case 400:
    case 409:
    case 422:
      return failed(
        'invalid',
        `does not do that now: ${said}`,
        'Look at it on the host.',
      );
    default:
      return failed('failed', `answered with ${status}`, 'Fettle tries again.');
  }
}
