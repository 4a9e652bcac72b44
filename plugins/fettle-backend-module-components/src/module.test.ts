import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { startTestBackend } from '@backstage/backend-test-utils';
import {
  fettleScannersExtensionPoint,
  type Scanner,
} from 'backstage-plugin-fettle-node';
import fettleModule from '.';
import { componentsScanner } from './componentsScanner';

jest.setTimeout(180_000);

it('adds its scanner, without any config', async () => {
  const scanners: Scanner[] = [];
  const plugin = createBackendPlugin({
    pluginId: 'fettle',
    register(reg) {
      reg.registerExtensionPoint(fettleScannersExtensionPoint, {
        addScanner: (...added) => scanners.push(...added),
      });
      reg.registerInit({ deps: {}, async init() {} });
    },
  });
  const backend = await startTestBackend({ features: [plugin, fettleModule] });
  expect(scanners).toEqual([componentsScanner]);
  await backend.stop();
});
