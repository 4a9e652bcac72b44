/**
 * A contract suite for each contract, to be run by every implementation, and
 * in-memory fakes.
 *
 * @packageDocumentation
 */
export * from './testUtils/BareRepository';
export * from './testUtils/changeProposerContract';
export * from './testUtils/ChangeProposerHarness';
export * from './testUtils/checkContract';
export * from './testUtils/deliverySourceContract';
export * from './testUtils/factCollectorContract';
export * from './testUtils/FakeRequests';
export * from './testUtils/issueTrackerContract';
export * from './testUtils/MemoryChangeProposer';
export * from './testUtils/MemoryIssueTracker';
export * from './testUtils/MemoryRepositoryKeeper';
export * from './testUtils/MemoryTree';
export * from './testUtils/MemoryRepository';
export * from './testUtils/MemoryRepositorySource';
export * from './testUtils/pipelineSourceContract';
export * from './testUtils/planContext';
export * from './testUtils/playbookStepContract';
export * from './testUtils/releaseSourceContract';
export * from './testUtils/repositoryKeeperContract';
export * from './testUtils/repositorySourceContract';
export * from './testUtils/RepositorySourceHarness';
export { runGit, tryGit } from './testUtils/runGit';
export * from './testUtils/scannerContract';
export * from './testUtils/ScriptedRepository';
export * from './testUtils/WritableGit';
