import { repositorySourceContract } from 'backstage-plugin-fettle-node/testUtils';
import { FakeHost } from '../testing/FakeHost';
import { NOW, sourceFor } from '../testing/sourceFor';

// Each of these tests starts dozens of processes of Git; a busy machine takes its time.
jest.setTimeout(180_000);

repositorySourceContract(async () => {
  const host = await FakeHost.start();
  const { source } = sourceFor(host, { organizations: ['payments'] });
  return {
    source,
    now: NOW,
    create: async name => host.create(name),
    annotate({ remote, name }, subpath): Record<string, string> {
      return subpath
        ? { 'fettle.dev/repository': `${remote}#${subpath}` }
        : { 'github.com/project-slug': name };
    },
    brokenAnnotations: { 'github.com/project-slug': 'ledger' },
    dispose: () => host.stop(),
  };
});
