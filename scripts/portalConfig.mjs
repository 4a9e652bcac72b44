import { join, resolve } from 'node:path';

/**
 * What must differ from app-config.yaml when a portal runs on another port, with
 * its own data, or with another fleet.
 *
 * @param {{ port?: number, dataDir?: string, demoDir?: string }} options
 */
export function portalConfig({ port, dataDir, demoDir }) {
  const config = { backend: {} };
  if (port) {
    const baseUrl = `http://localhost:${port}`;
    config.app = { baseUrl };
    config.backend = {
      baseUrl,
      listen: { port, host: '127.0.0.1' },
      cors: { origin: baseUrl },
    };
  }
  if (dataDir) {
    config.backend.database = {
      client: 'better-sqlite3',
      connection: { directory: resolve(dataDir, 'db') },
    };
    config.fettle = { git: { cacheDir: resolve(dataDir, 'cache') } };
  }
  if (demoDir) {
    const repositories = [join(resolve(demoDir), 'git')];
    config.fettle = { git: { ...config.fettle?.git, repositories } };
    config.catalog = {
      locations: [
        { type: 'file', target: join(resolve(demoDir), 'catalog', 'all.yaml') },
      ],
    };
  }
  if (Object.keys(config.backend).length === 0) {
    delete config.backend;
  }
  return config;
}
