import {
  changeProposerContract,
  issueTrackerContract,
  repositoryKeeperContract,
} from 'backstage-plugin-fettle-node/testUtils';
import { FakeHost } from '../testing/FakeHost';
import type { HostedRepository } from '../testing/HostedRepository';
import { IDENTITY, sourceFor } from '../testing/sourceFor';

// Each of these tests starts dozens of processes of Git; a busy machine takes its time.
jest.setTimeout(180_000);

async function start() {
  const host = await FakeHost.start();
  let made: HostedRepository;
  return {
    ...{ ...sourceFor(host), host, email: IDENTITY.email },
    create: async (name: string) => {
      made = host.create(name);
      return made;
    },
    requestOf: ({ id }: { id: string }) => made.changes.find(Number(id))!,
    requests: () => made.changes,
    settings: () => made.settings,
    dispose: () => host.stop(),
  };
}

changeProposerContract(async () => {
  const started = await start();
  const { proposer, email, create, dispose } = started;
  return {
    ...{ proposer, email, create, dispose },
    async close(_, change) {
      started.requests().close(started.requestOf(change), 'ada');
    },
    async merge(_, change) {
      const by = { name: 'ada', message: 'Merge it' };
      started.requests().merge(started.requestOf(change), by);
    },
    count: async (_, branch) =>
      started.requests().all.filter(one => one.branch === branch).length,
    breakAfter(writes) {
      started.host.writes = writes;
    },
  };
});

repositoryKeeperContract(async () => {
  const { keeper, create, dispose } = await start();
  return {
    ...{ keeper, create, dispose },
    settings: [
      { protection: { protected: true, reviews: 1 } },
      { protection: { requiredChecks: ['pipeline'] } },
      { protection: { forcePushes: true, reviews: 2 } },
      ...[{ wiki: false }, { issues: false }, { deleteBranchOnMerge: true }],
      { description: 'A ledger', topics: ['money'] },
    ],
  };
});

issueTrackerContract(async () => {
  const { tracker, create, dispose, settings } = await start();
  return {
    ...{ tracker, create, dispose },
    issues: async () =>
      settings().issues.map(({ description, state, ...issue }) => ({
        ...{ ...issue, body: description },
        state: state === 'opened' ? ('open' as const) : ('closed' as const),
      })),
  };
});
