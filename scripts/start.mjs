import { relative } from 'node:path';
import { buildApp } from './buildApp.mjs';
import { startDemoCi } from './demoCi.mjs';
import { runDemo } from './demoFleet.mjs';
import { root } from './paths.mjs';
import { freePort } from './testing/freePort.mjs';
import { startPortal } from './portal.mjs';
import { readStartArguments } from './startArguments.mjs';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

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
  const ciPort = await freePort();
  const starting = startPortal({
    port,
    demoCi: { port: ciPort },
    configFiles,
    onLine: (line, level) => {
      if (verbose || level === 'warn' || level === 'error') {
        console.error(line);
      }
    },
  });
  const stop = () => process.exit(130);
  SIGNALS.forEach(signal => process.once(signal, stop));
  const portal = await starting;
  SIGNALS.forEach(signal => process.off(signal, stop));
  const ci = startDemoCi({ port: ciPort, portalUrl: portal.url });
  let stoppingSince;
  const stopAll = () => {
    // One Ctrl-C may arrive twice: from the terminal, and from npm.
    if (stoppingSince && Date.now() - stoppingSince > 1_000) process.exit(130);
    if (stoppingSince) return;
    stoppingSince = Date.now();
    console.error('Stopping; Ctrl-C again ends it at once …');
    portal.stop();
  };
  SIGNALS.forEach(signal => process.on(signal, stopAll));
  console.log(
    `Fettle is up: ${portal.url}/fettle (log: ${relative(
      root,
      portal.logFile,
    )}; play life into it: npm run demo -- list; stop: Ctrl-C)`,
  );
  const ended = await portal.exited;
  // It would keep this process alive.
  await ci.stop();
  if (ended !== 0 && !stoppingSince) {
    console.error(
      `The portal ended (${ended}). Its last words are in ${portal.logFile}.`,
    );
  }
  return ended === 0 || stoppingSince ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
