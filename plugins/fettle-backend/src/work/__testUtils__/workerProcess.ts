import type { LoggerService } from '@backstage/backend-plugin-api';
import knexFactory from 'knex';
import { createWorkEngine } from '../createWorkEngine';
import { registerWorkflows } from './registerWorkflows';

const silentLogger: LoggerService = {
  error: () => {},
  warn: () => {},
  info: () => {},
  debug: () => {},
  child: () => silentLogger,
};

/** A replica of its own; told by the environment, ended by SIGTERM or harder. */
async function main() {
  const { config, leaseSeconds, holds } = JSON.parse(
    process.env.FETTLE_WORKER ?? '{}',
  );
  const engine = await createWorkEngine({
    database: { getClient: async () => knexFactory(config) },
    logger: silentLogger,
    leaseSeconds,
  });
  registerWorkflows(engine, holds);
  await engine.run();
  process.once('SIGTERM', () => {
    engine.stop(10).then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
}

main().catch(error => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
