import type { DiscoveryApi, FetchApi } from '@backstage/core-plugin-api';
import {
  automationSchema,
  campaignItemPageSchema,
  campaignSchema,
  campaignsSchema,
  driftPageSchema,
  fixesSchema,
  optOutAcceptedSchema,
  planPageSchema,
  planSchema,
  playbooksSchema,
  remediationDetailsSchema,
  remediationPageSchema,
  repositoryStandardsSchema,
  standardsSchema,
  type ApprovalRequest,
  type BreakerRequest,
  type CampaignAction,
  type CampaignItemQuery,
  type CampaignRequest,
  type ConfirmRequest,
  type DriftQuery,
  type KillSwitchRequest,
  type OptOutRequest,
  type PlanQuery,
  type PlanRequest,
  type RemediationQuery,
} from 'backstage-plugin-fettle-common';
import type { FettleRequestOptions } from './FettleApi';
import type { FettleAutomationApi } from './FettleAutomationApi';
import { send, type Request } from './send';

/**
 * {@link FettleAutomationApi} over HTTP.
 *
 * @public
 */
export class FettleAutomationClient implements FettleAutomationApi {
  readonly #discoveryApi: DiscoveryApi;
  readonly #fetchApi: FetchApi;

  constructor(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  getAutomation(options?: FettleRequestOptions) {
    return this.#get('/automation', automationSchema, {}, options);
  }

  setKillSwitch(request: KillSwitchRequest, options?: FettleRequestOptions) {
    const path = '/automation/kill-switch';
    return this.#post(path, automationSchema, request, options);
  }

  closeBreaker(request: BreakerRequest, options?: FettleRequestOptions) {
    return this.#post('/breakers/close', automationSchema, request, options);
  }

  getPlaybooks(options?: FettleRequestOptions) {
    return this.#get('/playbooks', playbooksSchema, {}, options);
  }

  listPlans(query: Partial<PlanQuery> = {}, options?: FettleRequestOptions) {
    return this.#get('/plans', planPageSchema, query, options);
  }

  getPlan(id: string, options?: FettleRequestOptions) {
    return this.#get(plan(id), planSchema, {}, options);
  }

  createPlan(request: PlanRequest, options?: FettleRequestOptions) {
    return this.#post('/plans', planSchema, request, options);
  }

  decidePlan(
    id: string,
    request: ApprovalRequest,
    options?: FettleRequestOptions,
  ) {
    return this.#post(`${plan(id)}/approvals`, planSchema, request, options);
  }

  applyPlan(
    id: string,
    request: { hash: string },
    options?: FettleRequestOptions,
  ) {
    const schema = remediationDetailsSchema;
    return this.#post(`${plan(id)}/apply`, schema, request, options);
  }

  renewPlan(id: string, options?: FettleRequestOptions) {
    return this.#post(`${plan(id)}/renew`, planSchema, undefined, options);
  }

  listRemediations(
    repositoryId: string | undefined,
    query: Partial<RemediationQuery> = {},
    options?: FettleRequestOptions,
  ) {
    const path = `${repositoryId ? of(repositoryId) : ''}/remediations`;
    return this.#get(path, remediationPageSchema, query, options);
  }

  getRemediation(id: string, options?: FettleRequestOptions) {
    const schema = remediationDetailsSchema;
    return this.#get(remediation(id), schema, {}, options);
  }

  cancelRemediation(
    id: string,
    request: { reason: string },
    options?: FettleRequestOptions,
  ) {
    const path = `${remediation(id)}/cancel`;
    return this.#post(path, remediationDetailsSchema, request, options);
  }

  retryRemediation(id: string, options?: FettleRequestOptions) {
    const path = `${remediation(id)}/retry`;
    return this.#post(path, planSchema, undefined, options);
  }

  confirmRemediation(
    id: string,
    request: ConfirmRequest,
    options?: FettleRequestOptions,
  ) {
    const path = `${remediation(id)}/confirm`;
    return this.#post(path, remediationDetailsSchema, request, options);
  }

  getFixes(repositoryId: string, options?: FettleRequestOptions) {
    return this.#get(`${of(repositoryId)}/fixes`, fixesSchema, {}, options);
  }

  getStandards(options?: FettleRequestOptions) {
    return this.#get('/standards', standardsSchema, {}, options);
  }

  getStandard(
    id: string,
    query: Partial<DriftQuery> = {},
    options?: FettleRequestOptions,
  ) {
    const path = `/standards/${encodeURIComponent(id)}`;
    return this.#get(path, driftPageSchema, query, options);
  }

  getRepositoryStandards(repositoryId: string, options?: FettleRequestOptions) {
    const path = `${of(repositoryId)}/standards`;
    return this.#get(path, repositoryStandardsSchema, {}, options);
  }

  optOutOfStandard(
    repositoryId: string,
    standardId: string,
    request: OptOutRequest,
    options?: FettleRequestOptions,
  ) {
    const standard = encodeURIComponent(standardId);
    const path = `${of(repositoryId)}/standards/${standard}/opt-out`;
    return this.#post(path, optOutAcceptedSchema, request, options);
  }

  getCampaigns(options?: FettleRequestOptions) {
    return this.#get('/campaigns', campaignsSchema, {}, options);
  }

  createCampaign(
    request: Pick<CampaignRequest, 'title' | 'playbookId'> &
      Partial<CampaignRequest>,
    options?: FettleRequestOptions,
  ) {
    return this.#post('/campaigns', campaignSchema, request, options);
  }

  getCampaign(id: string, options?: FettleRequestOptions) {
    return this.#get(campaign(id), campaignSchema, {}, options);
  }

  listCampaignItems(
    id: string,
    query: Partial<CampaignItemQuery> = {},
    options?: FettleRequestOptions,
  ) {
    const path = `${campaign(id)}/items`;
    return this.#get(path, campaignItemPageSchema, query, options);
  }

  actOnCampaign(
    id: string,
    request: CampaignAction,
    options?: FettleRequestOptions,
  ) {
    const path = `${campaign(id)}/actions`;
    return this.#post(path, campaignSchema, request, options);
  }

  #get<T>(
    path: string,
    schema: Request<T>['schema'],
    query: Request<T>['query'],
    options: FettleRequestOptions | undefined,
  ): Promise<T> {
    return this.#send({ path, schema, query, options });
  }

  #post<T>(
    path: string,
    schema: Request<T>['schema'],
    body: unknown,
    options: FettleRequestOptions | undefined,
  ): Promise<T> {
    return this.#send({ method: 'POST', path, schema, body, options });
  }

  async #send<T>(request: Request<T>): Promise<T> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('fettle');
    return send(baseUrl, this.#fetchApi.fetch, request);
  }
}

function of(repositoryId: string): string {
  return `/repositories/${encodeURIComponent(repositoryId)}`;
}

function plan(id: string): string {
  return `/plans/${encodeURIComponent(id)}`;
}

function remediation(id: string): string {
  return `/remediations/${encodeURIComponent(id)}`;
}

function campaign(id: string): string {
  return `/campaigns/${encodeURIComponent(id)}`;
}
