import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  fettleRepositorySourcesExtensionPoint,
  type RepositorySource,
} from 'backstage-plugin-fettle-node';
import fettleModuleGit from '.';

async function start(git: object) {
  const sources: RepositorySource[] = [];
  const backend = await startTestBackend({
    extensionPoints: [
      [
        fettleRepositorySourcesExtensionPoint,
        { addRepositorySource: source => sources.push(source) },
      ],
    ],
    features: [
      fettleModuleGit,
      mockServices.rootConfig.factory({ data: { fettle: { git } } }),
    ],
  });
  await backend.stop();
  return sources;
}

it('adds the source', async () => {
  expect((await start({})).map(({ id }) => id)).toEqual(['git']);
});

it('stops the start for wrong config, with the key, the value and what would be right', async () => {
  await expect(start({ repositories: ['ext::sh'] })).rejects.toThrow(
    /fettle\.git\.repositories\[0\]: "ext::sh".*Right would be/,
  );
});
