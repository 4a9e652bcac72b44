/**
 * What a module can add to Fettle: one contract and one extension point each.
 *
 * @packageDocumentation
 */
export { callBudgetsServiceRef } from './budgets/callBudgetsServiceRef';
export { DefaultCallBudgets } from './budgets/DefaultCallBudgets';
export * from './contracts/AlertSource';
export * from './contracts/CallBudgets';
export * from './contracts/ChangeProposer';
export * from './contracts/Check';
export * from './contracts/ComponentMatcher';
export * from './contracts/DeliveryError';
export * from './contracts/DeliverySource';
export * from './contracts/FactCollector';
export * from './contracts/IssueTracker';
export * from './contracts/PipelineSource';
export * from './contracts/PlaybookStep';
export * from './contracts/reports';
export * from './contracts/ReleaseSource';
export * from './contracts/RepositoryHistory';
export * from './contracts/RepositoryKeeper';
export * from './contracts/RepositorySource';
export * from './contracts/RepositoryTree';
export * from './contracts/Scanner';
export * from './contracts/SourceError';
export * from './contracts/ThreatDetector';
export * from './extensionPoints/checks';
export * from './extensionPoints/factCollectors';
export * from './extensionPoints/pipelines';
export * from './extensionPoints/remediation';
export * from './extensionPoints/releases';
export * from './extensionPoints/security';
export * from './extensionPoints/sources';
export {
  assertBranch,
  assertChange,
  assertOwnBranch,
  folders,
} from './hosted/assertChange';
export { assertCommit } from './hosted/assertCommit';
export { changeError } from './hosted/changeError';
export {
  baseOf,
  commitMessage,
  hasMarker,
  isMergedByUs,
  isOwnCommit,
  mergeMessage,
  withMarker,
} from './hosted/changeText';
export { decodeName } from './hosted/decodeName';
export { fileAddress } from './hosted/fileAddress';
export { given } from './hosted/given';
export {
  HostApi,
  type Asking,
  type HostAnswer,
  type HostApiOptions,
} from './hosted/HostApi';
export {
  HostedChangeProposer,
  type HostedChangeProposerOptions,
} from './hosted/HostedChangeProposer';
export type {
  HostedChanges,
  HostedCommit,
  HostedEdit,
  HostedRequest,
} from './hosted/HostedChanges';
export type { HostedEntry } from './hosted/HostedEntry';
export {
  HostedRepositoryKeeper,
  type BranchAt,
  type HostedKeeping,
  type HostedRepositoryKeeperOptions,
} from './hosted/HostedRepositoryKeeper';
export { HostedTree } from './hosted/HostedTree';
export type { HostedTreeOptions } from './hosted/HostedTreeOptions';
export { limitedFetch } from './hosted/limitedFetch';
export { oddAnswer, parseAnswer } from './hosted/parseAnswer';
export {
  parseRepositoryAddress,
  type RepositoryAddress,
} from './hosted/parseRepositoryAddress';
export { blobId, notAFile } from './hosted/planEdits';
export { readArchive } from './hosted/readArchive';
export { readIdentity, type AutomationIdentity } from './hosted/readIdentity';
export { readTail } from './hosted/readTail';
export { isPrerelease } from './versions/isPrerelease';
export { newestRelease } from './versions/newestRelease';
export { orderOfEcosystem, orderOfSemverRanges } from './versions/orders';
export type { VersionOrder } from './versions/VersionOrder';
