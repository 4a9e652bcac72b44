import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import {
  fettleHostChangesExtensionPoint,
  fettleRepositorySourcesExtensionPoint,
  type ChangeProposer,
  type RepositoryKeeper,
  type RepositorySource,
} from 'backstage-plugin-fettle-node';
import fettleModuleGit from '.';

async function start(git: object, automation: object = {}) {
  const sources: RepositorySource[] = [];
  const changes: (ChangeProposer | RepositoryKeeper)[] = [];
  const backend = await startTestBackend({
    extensionPoints: [
      [
        fettleRepositorySourcesExtensionPoint,
        { addRepositorySource: source => sources.push(source) },
      ],
      [
        fettleHostChangesExtensionPoint,
        {
          addChangeProposer: proposer => changes.push(proposer),
          addRepositoryKeeper: keeper => changes.push(keeper),
          addIssueTracker: () => {},
        },
      ],
    ],
    features: [
      fettleModuleGit,
      mockServices.rootConfig.factory({
        data: { fettle: { git, automation } },
      }),
    ],
  });
  await backend.stop();
  return { sources, changes };
}

it('adds the source, and what changes repositories', async () => {
  const { sources, changes } = await start({});
  expect(sources.map(({ id }) => id)).toEqual(['git']);
  expect(changes.map(({ id }) => id)).toEqual(['git', 'git']);
});

it('stops the start where its commits would have no sensible author', async () => {
  await expect(start({}, { identity: { email: 'x' } })).rejects.toThrow(
    /fettle\.automation\.identity\.email.*"x"/,
  );
});

it('stops the start for wrong config, with the key, the value and what would be right', async () => {
  await expect(start({ repositories: ['ext::sh'] })).rejects.toThrow(
    /fettle\.git\.repositories\[0\]: "ext::sh".*Right would be/,
  );
});
