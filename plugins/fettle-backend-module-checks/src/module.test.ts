import { startTestBackend } from '@backstage/backend-test-utils';
import {
  fettleChecksExtensionPoint,
  fettleFactCollectorsExtensionPoint,
  type Check,
  type FactCollector,
} from 'backstage-plugin-fettle-node';
import fettleModuleChecks from './index';

it('adds its checks and a collector for every fact that they ask for', async () => {
  const collectors: FactCollector[] = [];
  const checks: Check[] = [];
  const backend = await startTestBackend({
    extensionPoints: [
      [
        fettleFactCollectorsExtensionPoint,
        { addFactCollector: (...more) => collectors.push(...more) },
      ],
      [
        fettleChecksExtensionPoint,
        { addCheck: (...more) => checks.push(...more) },
      ],
    ],
    features: [fettleModuleChecks],
  });
  await backend.stop();

  expect(checks.map(check => check.id).sort()).toEqual([
    'activity',
    'build-output',
    'catalog-descriptor',
    'ci',
    'codeowners',
    'conflict-markers',
    'default-branch-green',
    'licence',
    'lockfiles',
    'pipeline-reliability',
    'readme',
    'stale-branches',
  ]);
  const collected = new Map(collectors.map(one => [one.fact.id, one]));
  for (const check of checks) {
    for (const fact of Object.values(check.facts)) {
      expect(collected.get(fact.id)?.scope).toBe(check.scope);
    }
  }
});
