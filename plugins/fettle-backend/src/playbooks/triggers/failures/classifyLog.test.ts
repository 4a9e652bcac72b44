import { classifyLog } from './classifyLog';

describe('classifyLog', () => {
  it.each([
    ...[
      "fatal: unable to access 'https://git.example.com/a/b/': Could not resolve host: git.example.com",
      'npm ERR! code ETIMEDOUT',
      'npm error network request to https://registry.npmjs.org/left-pad failed, reason: socket hang up',
      'E: Failed to fetch http://deb.debian.org/debian/pool/main/c/curl.deb  Connection timed out [IP: 151.101.2.132 80]',
      'curl: (28) Operation timed out after 30001 milliseconds with 0 bytes received',
      'go: git.example.com/a/b@v1.0.0: Get "https://proxy.golang.org/a": dial tcp 142.250.0.1:443: i/o timeout',
      'Error response from daemon: Get "https://registry-1.docker.io/v2/": net/http: TLS handshake timeout',
      "pip._vendor.urllib3.exceptions.ReadTimeoutError: HTTPSConnectionPool(host='files.pythonhosted.org', port=443): Read timed out.",
      '[ERROR] Could not transfer artifact org.a:b:jar:1 from/to central: Connection reset',
      'error: RPC failed; curl 56 GnuTLS recv error (-54): Error in the pull function.',
      'warning: spurious network error (2 tries remaining): [6] Couldn’t resolve host name',
    ].map(line => [line, 'network']),
    ...[
      'The runner has received a shutdown signal. This can happen when the runner service is stopped.',
      'The hosted runner: Runner 4 lost communication with the server.',
      'ERROR: Job failed (system failure): pods "runner-abc" not found',
      'write /var/lib/docker/tmp/x: no space left on device',
      'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
      'java.io.IOException: Remote call on agent-1 failed. The channel is closing down or has closed down',
    ].map(line => [line, 'runner-lost']),
    ...[
      'Error: API rate limit exceeded for installation ID 1234.',
      'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
      'toomanyrequests: You have reached your pull rate limit.',
      'npm ERR! code E429',
      'curl: (22) The requested URL returned error: 429',
    ].map(line => [line, 'rate-limit']),
    ...[
      '--- FAIL: TestLedger (0.00s)',
      'Tests:       1 failed, 20 passed, 21 total',
      '=========== 2 failed, 10 passed in 3.21s ===========',
      "src/a.ts(3,7): error TS2322: Type 'string' is not assignable to type 'number'.",
      'error[E0308]: mismatched types',
      'FAILED (failures=2)',
      '[ERROR] COMPILATION ERROR :',
      'test result: FAILED. 3 passed; 1 failed; 0 ignored',
      'AssertionError [ERR_ASSERTION]: Expected values to be strictly equal',
    ].map(line => [line, 'fault']),
  ])('takes %j for %s', (line, cause) => {
    expect(classifyLog(`building\n${line}\nProcess completed.\n`)).toBe(cause);
  });

  it.each([
    '',
    'make: *** [Makefile:3: all] Error 1',
    'connect ECONNREFUSED 127.0.0.1:5432',
    'Failed to connect to localhost port 8080: Connection refused',
    'dial tcp 127.0.0.1:5432: i/o timeout',
    'Downloading the API docs, see rate limits',
  ])('does not guess at %j', line => {
    expect(classifyLog(line)).toBeUndefined();
  });

  it('lets what is the fault of the code win, wherever it stands', () => {
    const network = 'Could not resolve host: example.com';
    expect(classifyLog(`--- FAIL: TestX\n${network}`)).toBe('fault');
    expect(classifyLog(`${network}\n--- FAIL: TestX`)).toBe('fault');
  });

  it('takes a time that grows with the log, whatever it holds', () => {
    const long = `${'a'.repeat(200_000)}\n`.repeat(5);
    const many = 'failed to connect to '.repeat(10_000);
    const started = performance.now();
    classifyLog(long + many + 'x\n'.repeat(100_000));
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
