import { ciFiles } from '../content/ci';
import { ciScript, workflow } from '../content/pipelines';
import { catalogInfo, codeowners, readme } from '../content/documents';
import { mitLicence } from '../content/licence';
import { packageJson, packageLock } from '../content/node';
import { typescriptRules } from '../content/rules';
import type { DemoComponent, DemoRepository } from '../DemoRepository';
import { grow } from '../history/grow';

const api: DemoComponent = {
  name: 'platform-api',
  description: 'What the other teams call to get an environment',
  type: 'service',
  lifecycle: 'production',
  owner: 'platform',
  system: 'foundations',
  tags: ['typescript', 'monorepo'],
  subpath: 'services/api',
};

const worker: DemoComponent = {
  name: 'platform-worker',
  description: 'Builds and removes environments in the background',
  type: 'service',
  lifecycle: 'experimental',
  owner: 'platform',
  system: 'foundations',
  tags: ['typescript', 'monorepo'],
  subpath: 'services/worker',
};

const dependencies = { fastify: '^5.6.1', undici: '^7.16.0' };
/** With two that have known vulnerabilities. */
const apiDependencies = {
  ...dependencies,
  lodash: '^4.17.10',
  minimist: '^1.2.0',
};

/** One repository, two components: one complete, one with its own gaps. */
export const monorepo: DemoRepository = {
  name: 'platform/monorepo',
  components: [api, worker],
  build(history) {
    history.commit({
      daysAgo: 330,
      by: 'elif',
      subject: 'Bring api and worker together',
      files: {
        'README.md': readme(
          'Platform',
          'Environments on demand: an api that takes the orders and a worker that\nfulfils them. They live together because they change together.',
          { build: 'npm ci', test: 'npm test --workspaces' },
        ),
        LICENSE: mitLicence(2025),
        '.github/CODEOWNERS': codeowners('platform', [
          '/services/api/  @demo/platform elif@demo.example',
        ]),
        '.gitignore': 'node_modules/\n',
        '.github/workflows/ci.yml': workflow('node:22'),
        ...ciFiles({
          name: 'api',
          source: 'services/api/src',
          paths: 'services/api',
          deploys: true,
        }),
        ...ciFiles({
          name: 'worker',
          source: 'services/worker/src',
          paths: 'services/worker',
        }),
        '.ci/run': ciScript(
          'for service in services/*; do (cd "$service" && npm install && npm test); done',
        ),
        'services/api/README.md': readme(
          'Platform api',
          'Takes orders for environments, checks that they are allowed and hands\nthem to the worker. Its contract is in openapi.yaml.',
          { build: 'npm ci && npm run build', test: 'npm test' },
        ),
        'services/api/catalog-info.yaml': catalogInfo(api),
        'services/api/package.json': packageJson('api', apiDependencies),
        'services/api/package-lock.json': packageLock('api', apiDependencies),
        'services/api/src/rules/Rule.ts':
          'export interface Rule {\n  since: string;\n  text: string;\n}\n',
        'services/worker/package.json': packageJson('worker', dependencies),
        'services/worker/src/main.ts':
          "import { createServer } from 'node:http';\n\ncreateServer((_, response) => response.end('idle')).listen(8080);\n",
      },
    });
    grow(history, {
      language: typescriptRules('services/api/src/rules'),
      topics: [
        'quotas',
        'forgotten-environments',
        'name-clashes',
        'slow-clouds',
        'cost-limits',
        'secrets',
      ],
      people: ['elif', 'farid'],
      commits: 120,
      from: 328,
      to: 1.1,
    });
  },
};
