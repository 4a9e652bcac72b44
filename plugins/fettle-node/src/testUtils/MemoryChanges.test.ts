import { changeProposerContract } from './changeProposerContract';
import { issueTrackerContract } from './issueTrackerContract';
import { MemoryChangeProposer } from './MemoryChangeProposer';
import { MemoryIssueTracker } from './MemoryIssueTracker';
import { MemoryRepositoryKeeper } from './MemoryRepositoryKeeper';
import { MemoryRepositorySource } from './MemoryRepositorySource';
import { repositoryKeeperContract } from './repositoryKeeperContract';

const now = () => new Date('2026-06-01T12:00:00.000Z');

changeProposerContract(async () => {
  const source = new MemoryRepositorySource({ now });
  const proposer = new MemoryChangeProposer(source);
  return {
    ...{ proposer, email: 'fettle@example.com' },
    create: async name => source.create(name),
    async close(location, { branch }) {
      proposer.set(location, branch, { state: 'closed', endedBy: 'ada' });
    },
    async merge(location, { branch }) {
      proposer.mergeAsPerson(location, branch);
    },
    count: async location => proposer.count(location),
    dispose: async () => {},
  };
});

repositoryKeeperContract(async () => {
  const source = new MemoryRepositorySource({ now });
  return {
    keeper: new MemoryRepositoryKeeper(source),
    create: async name => source.create(name),
    settings: [
      { protection: { protected: true, reviews: 1 } },
      { protection: { requiredChecks: ['ci'] } },
      ...[{ wiki: false }, { topics: ['a'], description: 'A ledger' }],
    ],
    dispose: async () => {},
  };
});

issueTrackerContract(async () => {
  const source = new MemoryRepositorySource({ now });
  const tracker = new MemoryIssueTracker(source);
  return {
    tracker,
    create: async name => source.create(name),
    issues: async ({ location }) => [...tracker.issues(location)],
    dispose: async () => {},
  };
});
