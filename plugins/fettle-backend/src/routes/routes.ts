import { acceptFinding } from './acceptFinding';
import { askGate } from './askGate';
import { cancelRun } from './cancelRun';
import { endException } from './endException';
import { exportComponents } from './exportComponents';
import { exportFindings } from './exportFindings';
import { exportPackages } from './exportPackages';
import { exportPackageUses } from './exportPackageUses';
import { getActivity } from './getActivity';
import { getChanges } from './getChanges';
import { getChecks } from './getChecks';
import { getEntity } from './getEntity';
import { exportEvidence } from './exportEvidence';
import { getFramework } from './getFramework';
import { listCompliance } from './listCompliance';
import { listControlRepositories } from './listControlRepositories';
import { getFinding } from './getFinding';
import { getFleet } from './getFleet';
import { getFleetPipelines } from './getFleetPipelines';
import { getFleetSecurity } from './getFleetSecurity';
import { getHistory } from './getHistory';
import { getLog } from './getLog';
import { getPackageUses } from './getPackageUses';
import { getPipelines } from './getPipelines';
import { getRepository } from './getRepository';
import { getRun } from './getRun';
import { getSecurity } from './getSecurity';
import { getSources } from './getSources';
import { listComponents } from './listComponents';
import { listDeliveries } from './listDeliveries';
import { listFindings } from './listFindings';
import { listPackages } from './listPackages';
import { listFixes } from './listFixes';
import { listPlaybooks } from './listPlaybooks';
import { listPolicies } from './listPolicies';
import { listRepositories } from './listRepositories';
import { listRepositoryFindings } from './listRepositoryFindings';
import { listRepositoryPolicies } from './listRepositoryPolicies';
import { listRuns } from './listRuns';
import { refreshRepository } from './refreshRepository';
import { replayPolicy } from './replayPolicy';
import { reportPush } from './reportPush';
import { rerunRun } from './rerunRun';
import { retryDelivery } from './retryDelivery';
import { uploadReport } from './uploadReport';
import { getStandard } from './getStandard';
import { listRepositoryStandards } from './listRepositoryStandards';
import { listStandards } from './listStandards';
import { optOutOfStandard } from './optOutOfStandard';
import { listPlans } from './listPlans';
import { getPlan } from './getPlan';
import { createPlan } from './createPlan';
import { decidePlan } from './decidePlan';
import { applyPlan } from './applyPlan';
import { renewPlan } from './renewPlan';
import { listRemediations } from './listRemediations';
import { listRepositoryRemediations } from './listRepositoryRemediations';
import { getRemediation } from './getRemediation';
import { cancelRemediation } from './cancelRemediation';
import { retryRemediation } from './retryRemediation';
import { confirmRemediation } from './confirmRemediation';
import { getAutomation } from './getAutomation';
import { setKillSwitch } from './setKillSwitch';
import { closeBreaker } from './closeBreaker';
import { listCampaigns } from './listCampaigns';
import { createCampaign } from './createCampaign';
import { getCampaign } from './getCampaign';
import { listCampaignItems } from './listCampaignItems';
import { actOnCampaign } from './actOnCampaign';
import type { Route } from './Route';

/** Every operation of the API. */
export const routes = [
  listRepositories,
  getRepository,
  getHistory,
  refreshRepository,
  getChanges,
  getActivity,
  getFleet,
  getEntity,
  getChecks,
  reportPush,
  getPipelines,
  getFleetPipelines,
  listRuns,
  getRun,
  getLog,
  rerunRun,
  cancelRun,
  getSources,
  listDeliveries,
  retryDelivery,
  getSecurity,
  listRepositoryFindings,
  listComponents,
  exportComponents,
  uploadReport,
  getFleetSecurity,
  listFindings,
  exportFindings,
  getFinding,
  acceptFinding,
  endException,
  listPackages,
  exportPackages,
  getPackageUses,
  exportPackageUses,
  listPolicies,
  replayPolicy,
  listRepositoryPolicies,
  askGate,
  listCompliance,
  getFramework,
  listControlRepositories,
  exportEvidence,
  listPlaybooks,
  listFixes,
  listStandards,
  getStandard,
  listRepositoryStandards,
  optOutOfStandard,
  listPlans,
  createPlan,
  getPlan,
  decidePlan,
  applyPlan,
  renewPlan,
  listRemediations,
  listRepositoryRemediations,
  getRemediation,
  cancelRemediation,
  retryRemediation,
  confirmRemediation,
  getAutomation,
  setKillSwitch,
  closeBreaker,
  listCampaigns,
  createCampaign,
  getCampaign,
  listCampaignItems,
  actOnCampaign,
] as unknown as Route[];
