// Loaded into the portal's process: ends it when the one who started it is gone,
// however that happened. Its standard input is a pipe that closes then.
const { isMainThread } = require('node:worker_threads');

// Node loads this into every thread, and only the first one has the pipe.
if (isMainThread) {
  process.stdin.once('end', () => {
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.exit(1), 5_000).unref();
  });
  process.stdin.once('error', () => process.exit(1));
  process.stdin.resume();
  process.stdin.unref();
}
