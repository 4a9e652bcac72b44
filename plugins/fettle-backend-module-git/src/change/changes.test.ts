import { BareRepository } from 'backstage-plugin-fettle-node/testUtils';
import {
  changeProposerContract,
  repositoryKeeperContract,
  runGit,
} from 'backstage-plugin-fettle-node/testUtils';
import path from 'node:path';
import { GitFixtures } from '../testing/GitFixtures';
import { GitHttpServer } from '../testing/GitHttpServer';
import { GitChangeProposer } from './GitChangeProposer';
import { GitRepositoryKeeper } from './GitRepositoryKeeper';

const identity = { name: 'Fettle', email: 'fettle@example.com' };

/** Folders, or the same folders behind a server that is pushed to. */
async function start(how: 'folders' | 'remotes') {
  const fixtures = new GitFixtures();
  const server =
    how === 'remotes'
      ? await GitHttpServer.start(fixtures.repositories)
      : undefined;
  const remoteOf = (name: string) =>
    server
      ? `${server.origin}/${name}`
      : `file://${path.join(fixtures.repositories, name)}`;
  const source = fixtures.source(
    server ? { repositories: [remoteOf('payments/ledger')] } : {},
  );
  return {
    ...{ fixtures, source, server },
    create: async (name: string) => {
      const folder = path.join(fixtures.repositories, `${name}.git`);
      const host = server?.host ?? 'localhost';
      const location = { remote: remoteOf(name), name, host };
      const repository = new BareRepository(location, folder);
      runGit(folder, ['config', 'http.receivepack', 'true']);
      return repository;
    },
    folderOf: (name: string) => path.join(fixtures.repositories, `${name}.git`),
    async dispose() {
      await fixtures.dispose();
      await server?.stop();
    },
  };
}

describe.each(['folders', 'remotes'] as const)('in %s', how => {
  changeProposerContract(async () => {
    const started = await start(how);
    const folder = started.folderOf('payments/ledger');
    const git = (...args: string[]) => runGit(folder, args).trim();
    let writes: number | undefined;
    if (started.server) {
      // A push whose answer is lost.
      started.server.lose = ({ url, method }) =>
        method === 'POST' &&
        url!.endsWith('/git-receive-pack') &&
        writes !== undefined &&
        --writes < 0;
    }
    return {
      proposer: new GitChangeProposer(started.source, identity),
      email: identity.email,
      create: started.create,
      async close(_, { branch }) {
        git('update-ref', '-d', `refs/heads/${branch}`);
      },
      async merge(_, { branch }) {
        const tree = git('rev-parse', `${branch}^{tree}`);
        const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
        const commit = git(
          ...[...who, 'commit-tree', tree, '-m', 'Merge it'],
          ...['-p', 'main', '-p', branch],
        );
        git('update-ref', 'refs/heads/main', commit);
        git('update-ref', '-d', `refs/heads/${branch}`);
      },
      async count(_, branch) {
        const name = branch.replace('fettle/', '');
        const found = git('for-each-ref', `refs/fettle/own/${name}`);
        return found.split('\n').filter(Boolean).length;
      },
      ...(started.server
        ? {
            breakAfter(count: number | undefined) {
              writes = count;
            },
          }
        : {}),
      dispose: started.dispose,
    };
  });

  repositoryKeeperContract(async () => {
    const started = await start(how);
    return {
      keeper: new GitRepositoryKeeper(started.source),
      create: started.create,
      settings: [],
      dispose: started.dispose,
    };
  });
});
