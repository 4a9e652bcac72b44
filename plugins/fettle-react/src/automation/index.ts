export { ActionList } from './ActionList';
export { Actor } from './Actor';
export {
  AutomationDrawerProvider,
  useAutomationDrawer,
  type AutomationDrawerControls,
} from './AutomationDrawerProvider';
export { PlanStateMark, RemediationStateMark } from './AutomationMark';
export {
  CampaignItemMark,
  CampaignStateMark,
  DriftStateMark,
  WaveStateMark,
} from './CampaignMark';
export { automationPath, type AutomationTarget } from './AutomationTarget';
export { DiffFile } from './DiffFile';
export { DiffView } from './DiffView';
export {
  automationRouteRef,
  fleetRouteRef,
  useFettlePaths,
} from './fettleRoutes';
export { FixesNotice } from './FixesNotice';
export { isEnd, type Fixable } from './fixOf';
export { FixThis } from './FixThis';
export { LimitBar } from './LimitBar';
export { Moment } from './Moment';
export { PlanView } from './PlanView';
export { ProblemList } from './ProblemList';
export { ReasonDialog } from './ReasonDialog';
export { RemediationView } from './RemediationView';
export { RepositoryName } from './RepositoryName';
export { SuccessFigure } from './SuccessFigure';
export { ThenLine } from './ThenLine';
export { useTask } from './useTask';
