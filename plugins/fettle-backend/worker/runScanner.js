// @ts-check
// The thread in which scanners run. A file of its own and plain JavaScript, as
// it is started by its path.
const { parentPort } = require('node:worker_threads');

parentPort?.on('message', async ({ id, program, input }) => {
  try {
    const { scan } = require(program);
    parentPort?.postMessage({ id, report: await scan(input) });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    parentPort?.postMessage({ id, failed: message.slice(0, 500) });
  }
});
