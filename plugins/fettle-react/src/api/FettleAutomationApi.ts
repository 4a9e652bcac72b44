import { createApiRef } from '@backstage/core-plugin-api';
import type {
  ApprovalRequest,
  Automation,
  BreakerRequest,
  Campaign,
  CampaignAction,
  CampaignItemPage,
  CampaignItemQuery,
  CampaignRequest,
  Campaigns,
  ConfirmRequest,
  DriftPage,
  DriftQuery,
  Fixes,
  KillSwitchRequest,
  OptOutAccepted,
  OptOutRequest,
  Plan,
  PlanPage,
  PlanQuery,
  PlanRequest,
  Playbooks,
  RemediationDetails,
  RemediationPage,
  RemediationQuery,
  RepositoryStandards,
  Standards,
} from 'backstage-plugin-fettle-common';
import type { FettleRequestOptions } from './FettleApi';

/**
 * The part of the API of the Fettle backend that is about playbooks, plans,
 * remediations, standards and campaigns. Methods reject as those of
 * {@link FettleApi} do.
 *
 * @public
 */
export interface FettleAutomationApi {
  /** How automation stands: `GET /automation`. */
  getAutomation(options?: FettleRequestOptions): Promise<Automation>;

  /** Stops all automation, or lets it go on: `POST /automation/kill-switch`. */
  setKillSwitch(
    request: KillSwitchRequest,
    options?: FettleRequestOptions,
  ): Promise<Automation>;

  /** Closes a circuit breaker: `POST /breakers/close`. */
  closeBreaker(
    request: BreakerRequest,
    options?: FettleRequestOptions,
  ): Promise<Automation>;

  /** Every playbook, how its problems ended, and files that hold none: `GET /playbooks`. */
  getPlaybooks(options?: FettleRequestOptions): Promise<Playbooks>;

  /** One page of plans, newest first: `GET /plans`. */
  listPlans(
    query?: Partial<PlanQuery>,
    options?: FettleRequestOptions,
  ): Promise<PlanPage>;

  /** One plan with its diff and actions: `GET /plans/:id`. */
  getPlan(id: string, options?: FettleRequestOptions): Promise<Plan>;

  /** Has a playbook plan what it would change; nothing is changed: `POST /plans`. */
  createPlan(
    request: PlanRequest,
    options?: FettleRequestOptions,
  ): Promise<Plan>;

  /** Approves or rejects a plan: `POST /plans/:id/approvals`. */
  decidePlan(
    id: string,
    request: ApprovalRequest,
    options?: FettleRequestOptions,
  ): Promise<Plan>;

  /** Begins to apply a plan: `POST /plans/:id/apply`. */
  applyPlan(
    id: string,
    request: { hash: string },
    options?: FettleRequestOptions,
  ): Promise<RemediationDetails>;

  /** Plans the same anew, as the repository is now: `POST /plans/:id/renew`. */
  renewPlan(id: string, options?: FettleRequestOptions): Promise<Plan>;

  /** One page of remediations, of one repository or of all: `GET /repositories/:id/remediations`, `GET /remediations`. */
  listRemediations(
    repositoryId: string | undefined,
    query?: Partial<RemediationQuery>,
    options?: FettleRequestOptions,
  ): Promise<RemediationPage>;

  /** One remediation with its story: `GET /remediations/:id`. */
  getRemediation(
    id: string,
    options?: FettleRequestOptions,
  ): Promise<RemediationDetails>;

  /** Ends a remediation; its change is closed: `POST /remediations/:id/cancel`. */
  cancelRemediation(
    id: string,
    request: { reason: string },
    options?: FettleRequestOptions,
  ): Promise<RemediationDetails>;

  /** Plans anew what did not work: `POST /remediations/:id/retry`. */
  retryRemediation(id: string, options?: FettleRequestOptions): Promise<Plan>;

  /** Answers a step that waits for a person: `POST /remediations/:id/confirm`. */
  confirmRemediation(
    id: string,
    request: ConfirmRequest,
    options?: FettleRequestOptions,
  ): Promise<RemediationDetails>;

  /** What can be mended in a repository, and by which playbooks: `GET /repositories/:id/fixes`. */
  getFixes(
    repositoryId: string,
    options?: FettleRequestOptions,
  ): Promise<Fixes>;

  /** Every standard, and how many repositories follow it: `GET /standards`. */
  getStandards(options?: FettleRequestOptions): Promise<Standards>;

  /** How repositories stand against one standard: `GET /standards/:id`. */
  getStandard(
    id: string,
    query?: Partial<DriftQuery>,
    options?: FettleRequestOptions,
  ): Promise<DriftPage>;

  /** How a repository stands against each standard: `GET /repositories/:id/standards`. */
  getRepositoryStandards(
    repositoryId: string,
    options?: FettleRequestOptions,
  ): Promise<RepositoryStandards>;

  /** Opts a repository out of a standard, or ends that: `POST /repositories/:id/standards/:standard/opt-out`. */
  optOutOfStandard(
    repositoryId: string,
    standardId: string,
    request: OptOutRequest,
    options?: FettleRequestOptions,
  ): Promise<OptOutAccepted>;

  /** Every campaign, newest first: `GET /campaigns`. */
  getCampaigns(options?: FettleRequestOptions): Promise<Campaigns>;

  /** Makes a draft, whose plans are then made: `POST /campaigns`. */
  createCampaign(
    request: Pick<CampaignRequest, 'title' | 'playbookId'> &
      Partial<CampaignRequest>,
    options?: FettleRequestOptions,
  ): Promise<Campaign>;

  /** One campaign with its waves: `GET /campaigns/:id`. */
  getCampaign(id: string, options?: FettleRequestOptions): Promise<Campaign>;

  /** One page of the repositories of a campaign: `GET /campaigns/:id/items`. */
  listCampaignItems(
    id: string,
    query?: Partial<CampaignItemQuery>,
    options?: FettleRequestOptions,
  ): Promise<CampaignItemPage>;

  /** Approves, starts, pauses, resumes, cancels or retries: `POST /campaigns/:id/actions`. */
  actOnCampaign(
    id: string,
    request: CampaignAction,
    options?: FettleRequestOptions,
  ): Promise<Campaign>;
}

/**
 * The ref of {@link FettleAutomationApi}.
 *
 * @public
 */
export const fettleAutomationApiRef = createApiRef<FettleAutomationApi>({
  id: 'plugin.fettle.automation',
});
