import { applyPlanAction } from './applyPlanAction';
import { approvePlanAction } from './approvePlanAction';
import { cancelRemediationAction } from './cancelRemediationAction';
import type { FettleAction } from './FettleAction';
import { getAutomationAction } from './getAutomationAction';
import { getPlanAction } from './getPlanAction';
import { getRemediationAction } from './getRemediationAction';
import { getRepositoryHealthAction } from './getRepositoryHealthAction';
import { listFindingsAction } from './listFindingsAction';
import { listPlaybooksAction } from './listPlaybooksAction';
import { listProblemsAction } from './listProblemsAction';
import { listRemediationsAction } from './listRemediationsAction';
import { listRepositoriesAction } from './listRepositoriesAction';
import { planFixAction } from './planFixAction';

/** All that agents and templates can ask for. */
export const actions: readonly FettleAction[] = [
  listRepositoriesAction,
  listProblemsAction,
  getRepositoryHealthAction,
  listFindingsAction,
  listPlaybooksAction,
  planFixAction,
  getPlanAction,
  approvePlanAction,
  applyPlanAction,
  getRemediationAction,
  listRemediationsAction,
  cancelRemediationAction,
  getAutomationAction,
];
