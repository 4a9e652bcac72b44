import type { RunCause } from 'backstage-plugin-fettle-node';

/** A line of a log that says why a job failed. Texts are in lower case: they are searched, nothing is a pattern. */
export interface FailureRule {
  /** `fault`: of the code; it wins over everything else that a log says. */
  cause: Extract<RunCause, 'network' | 'runner-lost' | 'rate-limit'> | 'fault';
  /** All of these stand in the line. */
  has: readonly string[];
  /** None of these does. */
  not?: readonly string[];
}

/** What tests talk to by themselves is no network. */
const LOCAL = ['localhost', '127.0.0.1', '[::1]', '0.0.0.0'];

const each = (
  cause: FailureRule['cause'],
  texts: readonly (string | readonly string[])[],
  not: readonly string[] = [],
): FailureRule[] =>
  texts.map(text => ({
    ...{ cause, not },
    has: typeof text === 'string' ? [text] : text,
  }));

/** Why jobs fail, by what tools and hosts write. A new reason is a new line. */
export const FAILURE_RULES: readonly FailureRule[] = [
  ...each(
    'network',
    [
      'could not resolve host',
      'could not resolve hostname',
      'temporary failure in name resolution',
      'temporary failure resolving',
      'getaddrinfo eai_again',
      'npm err! network',
      'npm error network',
      ['npm err! code', 'etimedout'],
      ['npm err! code', 'econnreset'],
      ['npm error code', 'etimedout'],
      ['npm error code', 'econnreset'],
      'err_socket_timeout',
      'there appears to be trouble with your network connection',
      ['failed to connect to', ' port '],
      ['connection timed out after', 'milliseconds'],
      ['operation timed out after', 'milliseconds'],
      'net/http: tls handshake timeout',
      'net/http: request canceled while waiting for connection',
      ['dial tcp', 'i/o timeout'],
      ['proxyconnect tcp', 'timeout'],
      'the remote end hung up unexpectedly',
      'rpc failed; curl',
      'readtimeouterror',
      ['httpsconnectionpool', 'timed out'],
      ['could not transfer artifact', 'timed out'],
      ['could not transfer artifact', 'connection reset'],
      ['received unexpected http status', '503'],
      ['received unexpected http status', '502'],
      ['the requested url returned error: 502'],
      ['the requested url returned error: 503'],
      ['the requested url returned error: 504'],
      ['err:', 'connection timed out'],
      ['unable to connect to', 'connection timed out'],
      ['failed to fetch', 'connection timed out'],
      ['fatal: unable to access', 'connection reset'],
      ['fatal: unable to access', 'timed out'],
      ['spurious network error'],
      ['gnutls_handshake() failed'],
      ['gnutls recv error'],
    ],
    LOCAL,
  ),
  ...each('runner-lost', [
    'the runner has received a shutdown signal',
    'lost communication with the server',
    'job failed (system failure)',
    'no space left on device',
    'cannot connect to the docker daemon',
    'the channel is closing down or has closed down',
    ['preparation failed', 'will be retried'],
    ['runner', 'was lost'],
    'agent was terminated',
    'spot instance interruption',
  ]),
  ...each('rate-limit', [
    'api rate limit exceeded',
    'exceeded a secondary rate limit',
    'you have reached your pull rate limit',
    'toomanyrequests:',
    '429 too many requests',
    'http error 429',
    'status code 429',
    'code e429',
    'the requested url returned error: 429',
  ]),
  ...each('fault', [
    'assertionerror',
    'assertion failed',
    '--- fail:',
    ['tests:', ' failed'],
    ['test suites:', ' failed'],
    ['failed (failures='],
    ['failed (errors='],
    ['=====', ' failed'],
    ['tests run:', 'failures: 1'],
    'there are test failures',
    'there were failing tests',
    'test result: failed',
    'error ts',
    'error[e',
    'compilation error',
    'compilation failed',
    'cannot find symbol',
    'syntaxerror:',
    'could not compile',
    'your lockfile needs to be updated',
    'npm ci can only install packages when',
    ['\u2716', 'problem'],
  ]),
];
