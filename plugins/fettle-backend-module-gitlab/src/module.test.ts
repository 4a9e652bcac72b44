import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  fettleDeliverySourcesExtensionPoint,
  fettleHostChangesExtensionPoint,
  fettlePipelineSourcesExtensionPoint,
  fettleRepositorySourcesExtensionPoint,
} from 'backstage-plugin-fettle-node';
import fettleModuleGitlab from '.';

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
      fettleModuleGitlab,
      mockServices.rootConfig.factory({ data: { ...config } }),
    ],
  });
  await backend.stop();
  return added.sort();
}

it('adds a source of each kind, whether there are hosts or not', async () => {
  const all = [
    ...['changes gitlab', 'deliveries gitlab', 'issues gitlab'],
    ...['pipelines gitlab', 'repositories gitlab', 'settings gitlab'],
  ];
  expect(await start({})).toEqual(all);
  const hosts = [{ host: 'gitlab.com' }];
  const integrations = { gitlab: [{ host: 'gitlab.com' }] };
  expect(await start({ integrations, fettle: { gitlab: { hosts } } })).toEqual(
    all,
  );
});

it('stops the start for wrong config, with the key, the value and what would be right', async () => {
  const hosts = [{ host: 'git.example.com' }];
  await expect(start({ fettle: { gitlab: { hosts } } })).rejects.toThrow(
    /fettle\.gitlab\.hosts\[0\]\.host.*'git\.example\.com'.*integrations\.gitlab/,
  );
});
