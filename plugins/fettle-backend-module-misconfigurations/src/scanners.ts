import { resolvePackagePath } from '@backstage/backend-plugin-api';
import type { Scan, Scanner } from 'backstage-plugin-fettle-node';
import { scan as scanContainers } from './containers/scanContainers';
import { scan as scanWorkflows } from './workflows/scanWorkflows';

/** Where the process of a scan finds a program: among the sources, or in what was built of them. */
const program = (path: string) =>
  resolvePackagePath(
    'backstage-plugin-fettle-backend-module-misconfigurations',
    __filename.endsWith('.ts') ? `src/${path}.ts` : `dist/${path}.cjs.js`,
  );

/** Also what describes an action of several steps. */
export function isWorkflow(path: string): boolean {
  return WORKFLOW.test(path) && !FOREIGN.test(path);
}

/** The build drops what nothing uses, so each scanner holds its program as well. */
type WithProgram = Scanner & { scan: Scan };

const WORKFLOW =
  /(?:^|\/)\.(?:github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml$|(?:^|\/)action\.ya?ml$/;
const DOCKERFILE =
  /(?:^|\/)(?:(?:Dockerfile|Containerfile)(?:\.[^/]+)?|[^/]+\.(?:dockerfile|containerfile))$/i;
const FOREIGN = /(?:^|\/)(?:node_modules|vendor|third_party|testdata)\//;

/** Finds dangerous settings of workflows. */
export const workflowsScanner: WithProgram = {
  id: 'workflows',
  title: 'Workflows',
  version: 3,
  finds: ['misconfiguration'],
  wants: ({ path }) => isWorkflow(path),
  program: program('workflows/scanWorkflows'),
  scan: scanWorkflows,
};

/** Finds dangerous settings of container images. */
export const containersScanner: WithProgram = {
  id: 'containers',
  title: 'Container images',
  version: 2,
  finds: ['misconfiguration'],
  wants: ({ path }) => DOCKERFILE.test(path) && !FOREIGN.test(path),
  program: program('containers/scanContainers'),
  scan: scanContainers,
};
