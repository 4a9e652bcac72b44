import { join } from 'node:path';
import type { Scanner } from 'backstage-plugin-fettle-node';
import { isWanted } from './formats';
// The build keeps what is imported; the thread of the scan loads it by its path.
import './scanComponents';

const ENDING = __filename.endsWith('.ts') ? '.ts' : '.cjs.js';

/** Reads what repositories are made of, from lockfiles first and manifests otherwise. */
export const componentsScanner: Scanner = {
  id: 'components',
  title: 'Components',
  version: 1,
  maxFileBytes: 32 * 1024 * 1024,
  wants: ({ path }) => isWanted(path),
  program: join(__dirname, `scanComponents${ENDING}`),
};
