import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  type ComponentMatcher,
  fettleComponentMatchersExtensionPoint,
} from 'backstage-plugin-fettle-node';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fettleModuleVulnerabilities } from './module';
import { record } from './testing/FeedWorld';
import { writeZip } from './testing/writeZip';

jest.setTimeout(180_000);

async function start(vulnerabilities?: object) {
  const matchers: ComponentMatcher[] = [];
  const plugin = createBackendPlugin({
    pluginId: 'fettle',
    register(reg) {
      reg.registerExtensionPoint(fettleComponentMatchersExtensionPoint, {
        addComponentMatcher: (...added) => matchers.push(...added),
      });
      reg.registerInit({ deps: {}, async init() {} });
    },
  });
  const backend = await startTestBackend({
    features: [
      plugin,
      fettleModuleVulnerabilities,
      mockServices.rootConfig.factory({
        data: vulnerabilities ? ({ fettle: { vulnerabilities } } as any) : {},
      }),
    ],
  });
  return { backend, matcher: matchers[0] };
}

describe('fettleModuleVulnerabilities', () => {
  it('starts without config, knows nothing and says so', async () => {
    const { backend, matcher } = await start();
    const { signal } = new AbortController();
    const asked = {
      ecosystem: 'npm',
      name: 'left',
      version: '1.0.0',
      licence: null,
    };
    expect(await matcher.feeds!()).toEqual([]);
    expect(await matcher.match([asked, asked], { signal })).toEqual([[], []]);
    await backend.stop();
  });

  it('imports what is configured by itself', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fettle-module-'));
    mkdirSync(join(folder, 'npm'));
    writeZip(join(folder, 'npm', 'all.zip'), [
      {
        name: 'A-1.json',
        text: JSON.stringify(record('A-1', 'left', '1.2.0')),
      },
    ]);
    const { backend, matcher } = await start({
      feeds: [{ ecosystem: 'npm', from: folder }],
    });
    while ((await matcher.feeds!())[0].state !== 'ok') await setTimeout(20);
    const [matches] = await matcher.match(
      [{ ecosystem: 'npm', name: 'left', version: '1.0.0', licence: null }],
      { signal: new AbortController().signal },
    );
    expect(matches).toMatchObject([{ rule: 'A-1', certain: true }]);
    await backend.stop();
    rmSync(folder, { recursive: true });
  });
});
