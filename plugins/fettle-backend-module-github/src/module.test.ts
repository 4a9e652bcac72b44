import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  fettleAlertSourcesExtensionPoint,
  fettleDeliverySourcesExtensionPoint,
  fettleHostChangesExtensionPoint,
  fettlePipelineSourcesExtensionPoint,
  fettleRepositorySourcesExtensionPoint,
} from 'backstage-plugin-fettle-node';
import fettleModuleGithub from '.';

async function start(hosts: object[]) {
  const added: string[] = [];
  const add = (kind: string) => (source: { id: string }) =>
    added.push(`${kind} ${source.id}`);
  const backend = await startTestBackend({
    extensionPoints: [
      [
        fettleRepositorySourcesExtensionPoint,
        { addRepositorySource: add('repositories') },
      ],
      [
        fettleDeliverySourcesExtensionPoint,
        { addDeliverySource: add('deliveries') },
      ],
      [
        fettlePipelineSourcesExtensionPoint,
        { addPipelineSource: add('pipelines') },
      ],
      [fettleAlertSourcesExtensionPoint, { addAlertSource: add('alerts') }],
      [
        fettleHostChangesExtensionPoint,
        {
          addChangeProposer: add('changes'),
          addRepositoryKeeper: add('settings'),
          addIssueTracker: add('issues'),
        },
      ],
    ],
    features: [
      fettleModuleGithub,
      mockServices.rootConfig.factory({
        data: { fettle: { github: { hosts } } },
      }),
    ],
  });
  await backend.stop();
  return added.sort();
}

it('adds a source of each kind, whether there are hosts or not', async () => {
  const all = [
    ...['changes github', 'deliveries github', 'issues github'],
    ...['pipelines github', 'repositories github', 'settings github'],
  ];
  expect(await start([])).toEqual(all);
  expect(await start([{ host: 'github.com' }])).toEqual(all);
  expect(await start([{ host: 'github.com', alerts: true }])).toEqual([
    ...['alerts github', ...all],
  ]);
});

it('stops the start for wrong config, with the key, the value and what would be right', async () => {
  await expect(start([{ host: 'ghe.example.com' }])).rejects.toThrow(
    /fettle\.github\.hosts\[0\]\.host.*'ghe\.example\.com'.*integrations\.github/,
  );
});
