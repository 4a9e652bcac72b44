/**
 * The API client, the live hooks and the shared widgets of Fettle.
 *
 * @packageDocumentation
 */
export * from './automation';
export * from './widgets';
export {
  fettleApiRef,
  type ChangesQuery,
  type FettleApi,
  type FettleRequestOptions,
} from './api/FettleApi';
export { FettleClient } from './api/FettleClient';
export {
  fettleAutomationApiRef,
  type FettleAutomationApi,
} from './api/FettleAutomationApi';
export { FettleAutomationClient } from './api/FettleAutomationClient';
export {
  fettleSecurityApiRef,
  type FettleSecurityApi,
} from './api/FettleSecurityApi';
export { FettleSecurityClient } from './api/FettleSecurityClient';
export { UnexpectedAnswerError } from './api/UnexpectedAnswerError';
export type { LiveState } from './live/LiveState';
export type { RepositoryListQuery } from './live/readers/RepositoryListReader';
export type { RunListQuery } from './live/readers/RunListQuery';
export type { RunWithJobs } from './live/readers/RunReader';
export { useEntityRepository } from './live/useEntityRepository';
export { useHistory, type HistoryResult } from './live/useHistory';
export {
  useLiveAutomation,
  useLiveFixes,
  useLivePlan,
  useLivePlans,
  useLivePlaybooks,
  useLiveRemediation,
  useLiveRemediations,
} from './live/useLiveAutomation';
export {
  useLiveCampaign,
  useLiveCampaignItems,
  useLiveCampaigns,
  useLiveRepositoryStandards,
  useLiveStandard,
  useLiveStandards,
} from './live/useLiveStandards';
export { useLiveEntity, type LiveEntity } from './live/useLiveEntity';
export { useLiveFleet, type LiveFleet } from './live/useLiveFleet';
export {
  useLiveComponents,
  useLivePackages,
  useLivePackageUses,
} from './live/useLiveInventory';
export type { LivePages } from './live/useLivePages';
export {
  useLiveFleetPipelines,
  useLivePipelines,
  useLiveSources,
} from './live/useLivePipelines';
export type { LiveSnapshot } from './live/useLiveSnapshot';
export type { LiveControls } from './live/useLiveReader';
export {
  useLiveRepositories,
  type LiveRepositories,
} from './live/useLiveRepositories';
export {
  useLiveRepository,
  type LiveRepository,
  type LiveStatus,
} from './live/useLiveRepository';
export { useLiveRun, type LiveRun } from './live/useLiveRun';
export { useLiveRuns, type LiveRuns } from './live/useLiveRuns';
export {
  useLiveCompliance,
  useLiveFindings,
  useLiveFleetSecurity,
  useLiveFramework,
  useLivePolicies,
  useLiveRepositoryPolicies,
  useLiveSecurity,
} from './live/useLiveSecurity';
export { useNow } from './live/useNow';
