import { relative } from 'node:path';
import { buildApp } from './buildApp.mjs';
import { runDemo } from './demoFleet.mjs';
import { root } from './paths.mjs';
import { startPortal } from './portal.mjs';
import { readStartArguments } from './startArguments.mjs';

async function main() {
  const { verbose, configFiles, port } = readStartArguments(
    process.argv.slice(2),
    process.env,
  );
  if (runDemo(['build']) !== 0) {
    return 1;
  }
  buildApp();
  console.error('Starting the portal …');
  let portal;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => (portal ? portal.stop() : process.exit(130)));
  }
  portal = await startPortal({
    port,
    configFiles,
    onLine: (line, level) => {
      if (verbose || level === 'warn' || level === 'error') {
        console.error(line);
      }
    },
  });
  console.log(
    `Fettle is up: ${portal.url}/fettle (log: ${relative(
      root,
      portal.logFile,
    )}; play life into it: npm run demo -- list; stop: Ctrl-C)`,
  );
  return portal.exited;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
