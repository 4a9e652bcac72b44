import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The top folder of the project. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** What the portal makes when it runs; never committed. */
export const stateDir = join(root, '.fettle');

/** The fleet that a first start shows. */
export const demoDir = join(stateDir, 'demo');

/** Tools that the launcher fetched. */
export const toolsDir = join(root, '.tools');

/** Lets Node load the project's TypeScript as it is. */
export const typescriptHook = join(
  root,
  'node_modules/@backstage/cli/config/nodeTransform.cjs',
);
