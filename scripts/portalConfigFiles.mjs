import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { demoAdvisoriesConfig, demoCiConfig } from './demoCi.mjs';
import { root } from './paths.mjs';
import { portalConfig } from './portalConfig.mjs';

/**
 * The config files of a portal, each merged over the ones before it. What is
 * asked for in `options` is written into `dataDir`.
 *
 * @param {import('./portal.mjs').PortalOptions} options
 * @param {string} dataDir
 */
export function configFiles({ configFiles: extra = [], ...options }, dataDir) {
  const files = [join(root, 'app-config.yaml')];
  const write = (name, config) => {
    const file = join(dataDir, `${name}-config.yaml`);
    // JSON is YAML.
    writeFileSync(file, JSON.stringify(config, null, 2), { mode: 0o600 });
    files.push(file);
  };
  // First: what people configure themselves stands over it.
  if (options.demoCi) {
    write('demo', {
      fettle: {
        ...demoCiConfig(options.demoCi).fettle,
        ...demoAdvisoriesConfig(options.demoCi),
      },
    });
  }
  const local = join(root, 'app-config.local.yaml');
  // A test must see the same portal on every machine.
  if (!options.dataDir && existsSync(local)) {
    files.push(local);
  }
  files.push(...extra.map(file => resolve(file)));
  for (const [name, config] of Object.entries({
    portal: portalConfig(options),
    extra: options.extraConfig,
  })) {
    if (config && Object.keys(config).length > 0) {
      write(name, config);
    }
  }
  return files;
}
