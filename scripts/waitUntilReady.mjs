/**
 * Waits until a portal answers. Gives true, or what it does instead.
 *
 * @param {() => { port?: number, taken?: number }} state the port that it said it listens on, or that it found taken
 * @param {Promise<number | string>} exited
 * @param {number} timeoutMs
 */
export async function waitUntilReady(state, exited, timeoutMs) {
  let ended;
  exited.then(code => {
    ended = code;
  });
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    const { port, taken } = state();
    if (ended !== undefined) {
      return `ended (${ended})`;
    }
    // The backend logs this and lives on.
    if (taken) {
      return 'cannot listen';
    }
    if (port && (await answers(port))) {
      return true;
    }
    await new Promise(done => setTimeout(done, 100));
  }
  return `is not ready after ${timeoutMs / 1000} s`;
}

async function answers(port) {
  try {
    const response = await fetch(
      `http://localhost:${port}/.backstage/health/v1/readiness`,
      { signal: AbortSignal.timeout(2_000) },
    );
    await response.arrayBuffer();
    return response.ok;
  } catch {
    // Not listening yet: the caller asks again, up to its own deadline.
    return false;
  }
}
