import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { Scan, Scanner } from 'backstage-plugin-fettle-node';
import { isWanted } from './formats';
import { scan } from './scanComponents';

/** Reads what repositories are made of, from lockfiles first and manifests otherwise. */
export const componentsScanner: Scanner & { scan: Scan } = {
  id: 'components',
  title: 'Components',
  version: 2,
  finds: [],
  publishes: true,
  maxFileBytes: 32 * 1024 * 1024,
  wants: ({ path, type }) => type === 'file' && isWanted(path),
  program: resolvePackagePath(
    'backstage-plugin-fettle-backend-module-components',
    __filename.endsWith('.ts')
      ? 'src/scanComponents.ts'
      : 'dist/scanComponents.cjs.js',
  ),
  // The process of a scan loads it by its path. The build drops what nothing uses, so it is used here.
  scan,
};
