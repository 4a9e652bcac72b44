import { repositorySourceContract } from 'backstage-plugin-fettle-node/testUtils';
import { FakeHost } from '../testing/FakeHost';
import { NOW, sourceFor } from '../testing/sourceFor';

// Each of these tests starts dozens of processes of Git; a busy machine takes its time.
jest.setTimeout(180_000);

repositorySourceContract(async () => {
  const host = await FakeHost.start();
  const { source } = sourceFor(host, { groups: ['payments'] });
  return {
    source,
    now: NOW,
    create: async name => host.create(name),
    annotate({ remote }, subpath): Record<string, string> {
      return subpath
        ? { 'fettle.dev/repository': `${remote}#${subpath}` }
        : { 'backstage.io/source-location': `url:${remote}/-/tree/main/` };
    },
    brokenAnnotations: {
      'fettle.dev/repository': 'https://gitlab.example.com/ledger',
    },
    dispose: () => host.stop(),
  };
});
