// @ts-check
// The process in which scanners run. A file of its own and plain JavaScript,
// as it is started by its path.
process.on('message', async message => {
  const { id, program, input } = /** @type {any} */ (message);
  try {
    const { scan } = require(program);
    process.send?.({ id, report: await scan(input) });
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error);
    process.send?.({ id, failed: told.slice(0, 500) });
  }
});
// Without its portal there is nobody to scan for.
process.on('disconnect', () => process.exit());
