import type {
  DiscoveryService,
  LoggerService,
} from '@backstage/backend-plugin-api';

/**
 * Connects to the signals socket once, so that the first page need not.
 *
 * The signals plugin attaches its upgrade handler on the first request for a
 * socket, which itself fails; a page would wait five seconds for its second try.
 */
export async function warmUpSignals(options: {
  discovery: DiscoveryService;
  logger: LoggerService;
  attempts?: number;
  waitMs?: number;
}): Promise<boolean> {
  const { discovery, logger, attempts = 20, waitMs = 250 } = options;
  const url = new URL(await discovery.getBaseUrl('signals'));
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (await connects(url.toString())) return true;
    await new Promise(resolve => setTimeout(resolve, waitMs));
  }
  logger.warn(
    'The live channel did not answer: pages will ask every few seconds until it does. Is the signals plugin in this backend?',
  );
  return false;
}

function connects(url: string): Promise<boolean> {
  return new Promise(resolve => {
    const socket = new WebSocket(url);
    socket.onopen = () => {
      socket.close();
      resolve(true);
    };
    socket.onerror = () => resolve(false);
  });
}
