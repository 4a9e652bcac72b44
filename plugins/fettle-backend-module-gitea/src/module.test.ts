import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  fettleDeliverySourcesExtensionPoint,
  fettleHostChangesExtensionPoint,
  fettlePipelineSourcesExtensionPoint,
  fettleRepositorySourcesExtensionPoint,
} from 'backstage-plugin-fettle-node';
import fettleModuleGitea from '.';

async function start(config: object) {
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
      fettleModuleGitea,
      mockServices.rootConfig.factory({ data: { ...config } }),
    ],
  });
  await backend.stop();
  return added.sort();
}

it('adds a source of each kind, whether there are hosts or not', async () => {
  const all = [
    ...['changes gitea', 'deliveries gitea', 'issues gitea'],
    ...['pipelines gitea', 'repositories gitea', 'settings gitea'],
  ];
  expect(await start({})).toEqual(all);
  const hosts = [{ host: 'codeberg.org' }];
  const integrations = { gitea: [{ host: 'codeberg.org' }] };
  expect(await start({ integrations, fettle: { gitea: { hosts } } })).toEqual(
    all,
  );
});

it('stops the start for wrong config, with the key, the value and what would be right', async () => {
  const hosts = [{ host: 'git.example.com' }];
  await expect(start({ fettle: { gitea: { hosts } } })).rejects.toThrow(
    /fettle\.gitea\.hosts\[0\]\.host.*'git\.example\.com'.*integrations\.gitea/,
  );
});
