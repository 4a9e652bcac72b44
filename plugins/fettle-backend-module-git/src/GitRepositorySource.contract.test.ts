import { repositorySourceContract } from 'backstage-plugin-fettle-node/testUtils';
import { GitFixtures, NOW } from './testing/GitFixtures';

repositorySourceContract(async () => {
  const fixtures = new GitFixtures();
  return {
    source: fixtures.source(),
    now: NOW,
    create: async name => fixtures.create(name),
    annotate: ({ remote }, subpath) => ({
      'fettle.dev/repository': subpath ? `${remote}#${subpath}` : remote,
    }),
    brokenAnnotations: { 'fettle.dev/repository': '--upload-pack=true' },
    dispose: async () => fixtures.dispose(),
  };
});
