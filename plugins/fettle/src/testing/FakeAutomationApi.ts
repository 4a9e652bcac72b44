import { NotFoundError } from '@backstage/errors';
import {
  campaignItemPageSchema,
  driftPageSchema,
  fixesSchema,
  planPageSchema,
  remediationPageSchema,
  repositoryStandardsSchema,
  type ApprovalRequest,
  type BreakerRequest,
  type CampaignAction,
  type CampaignItemQuery,
  type CampaignRequest,
  type CancelRequest,
  type ConfirmRequest,
  type Drift,
  type DriftQuery,
  type Fixes,
  type KillSwitchRequest,
  type OptOutRequest,
  type PlanQuery,
  type PlanRequest,
  type RemediationQuery,
} from 'backstage-plugin-fettle-common';
import type { FettleAutomationApi } from 'backstage-plugin-fettle-react';
import { automation, details, plan, playbooks } from './automationFixtures';
import { campaign, campaignItem, draft, standards } from './campaignFixtures';

/** A backend in memory, whose answers are checked by the shared schemas; `asked` tells what was asked. */
export class FakeAutomationApi implements FettleAutomationApi {
  automation = automation();
  playbooks = playbooks();
  plans = [plan()];
  stories = [details()];
  fixes: Fixes['items'] = [];
  drifts: Drift[] = [];
  standards = standards();
  campaigns = [campaign()];
  campaignItems = [campaignItem()];
  nextCursor: string | null = null;
  mayPlan = true;
  mayOptOut = true;
  failWith?: Error;
  /** What every write is refused with. */
  refuseWith?: Error;
  asked: string[] = [];

  getAutomation = () => this.#answer('automation', () => this.automation);

  setKillSwitch = (request: KillSwitchRequest) =>
    this.#write(`kill ${JSON.stringify(request)}`, () => {
      this.automation = automation({
        killSwitch: {
          ...{ on: request.on, reason: request.reason },
          ...{ actor: 'user:default/ada', at: '2026-05-20T12:00:00.000Z' },
        },
      });
      return this.automation;
    });

  closeBreaker = (request: BreakerRequest) =>
    this.#write(`close ${JSON.stringify(request)}`, () => {
      this.automation = automation({ breakers: [] });
      return this.automation;
    });

  getPlaybooks = () => this.#answer('playbooks', () => this.playbooks);

  listPlans = (query: Partial<PlanQuery> = {}) =>
    this.#answer(`plans ${JSON.stringify(query)}`, () => {
      const { state } = query;
      const items = this.plans.filter(
        one => !state || state.includes(one.state),
      );
      return planPageSchema.parse({
        ...{ items, nextCursor: null, total: items.length, revision: 7 },
      });
    });

  getPlan = (id: string) =>
    this.#answer(`plan ${id}`, () => found(this.plans, one => one.id === id));

  createPlan = (request: PlanRequest) =>
    this.#write(`create ${JSON.stringify(request)}`, () => this.plans[0]);

  decidePlan = (id: string, request: ApprovalRequest) =>
    this.#write(`decide ${id} ${JSON.stringify(request)}`, () => {
      this.plans = [
        plan({
          state: request.decision === 'approved' ? 'ready' : 'rejected',
          can: { approve: false, apply: request.decision === 'approved' },
        }),
      ];
      return this.plans[0];
    });

  applyPlan = (id: string, request: { hash: string }) =>
    this.#write(`apply ${id} ${request.hash}`, () => this.stories[0]);

  renewPlan = (id: string) => this.#write(`renew ${id}`, () => this.plans[0]);

  listRemediations = (
    repositoryId: string | undefined,
    query: Partial<RemediationQuery> = {},
  ) =>
    this.#answer(
      `remediations ${repositoryId} ${JSON.stringify(query)}`,
      () => {
        const { state } = query;
        const items = this.stories
          .map(story => story.remediation)
          .filter(one => !state || state.includes(one.state));
        const { nextCursor } = this;
        return remediationPageSchema.parse({
          ...{ items, nextCursor, total: items.length, revision: 7 },
        });
      },
    );

  getRemediation = (id: string) =>
    this.#answer(`remediation ${id}`, () =>
      found(this.stories, one => one.remediation.id === id),
    );

  cancelRemediation = (id: string, request: CancelRequest) =>
    this.#write(`cancel ${id} ${request.reason}`, () => this.stories[0]);

  retryRemediation = (id: string) =>
    this.#write(`retry ${id}`, () => this.plans[0]);

  confirmRemediation = (id: string, request: ConfirmRequest) =>
    this.#write(
      `confirm ${id} ${JSON.stringify(request)}`,
      () => this.stories[0],
    );

  getFixes = (repositoryId: string) =>
    this.#answer(`fixes ${repositoryId}`, () =>
      fixesSchema.parse({
        items: this.fixes,
        ...{ can: { plan: this.mayPlan }, revision: 7 },
      }),
    );

  getRepositoryStandards = (repositoryId: string) =>
    this.#answer(`standards ${repositoryId}`, () =>
      repositoryStandardsSchema.parse({
        items: this.drifts,
        ...{ can: { optOut: this.mayOptOut, plan: true }, revision: 7 },
      }),
    );

  getStandards = () => this.#answer('standards', () => this.standards);

  getStandard = (id: string, query: Partial<DriftQuery> = {}) =>
    this.#answer(`standard ${id} ${JSON.stringify(query)}`, () => {
      const { standard, counts } = found(
        this.standards.items,
        one => one.standard.id === id,
      );
      const items = this.drifts.filter(
        ({ state }) => !query.state || state === query.state,
      );
      const { nextCursor } = this;
      return driftPageSchema.parse({
        ...{ standard, counts, items, nextCursor },
        ...{ total: items.length, revision: 7 },
      });
    });

  optOutOfStandard = (
    repositoryId: string,
    standardId: string,
    request: OptOutRequest,
  ) =>
    this.#write(
      `opt out ${repositoryId} ${standardId} ${JSON.stringify(request)}`,
      () => ({ repositoryId, standardId }),
    );

  getCampaigns = () =>
    this.#answer('campaigns', () => ({ items: this.campaigns, revision: 7 }));

  createCampaign = (request: Partial<CampaignRequest>) =>
    this.#write(`campaign ${JSON.stringify(request)}`, () => {
      const made = draft({ id: 'c2', title: request.title });
      this.campaigns = [made, ...this.campaigns];
      return made;
    });

  getCampaign = (id: string) =>
    this.#answer(`campaign ${id}`, () =>
      found(this.campaigns, one => one.id === id),
    );

  listCampaignItems = (id: string, query: Partial<CampaignItemQuery> = {}) =>
    this.#answer(`items ${id} ${JSON.stringify(query)}`, () => {
      const items = this.campaignItems.filter(
        ({ state, wave }) =>
          (!query.state || state === query.state) &&
          (!query.wave || wave === query.wave),
      );
      const { nextCursor } = this;
      return campaignItemPageSchema.parse({
        ...{ items, nextCursor, total: items.length, revision: 7 },
      });
    });

  actOnCampaign = (id: string, request: CampaignAction) =>
    this.#write(`act ${id} ${JSON.stringify(request)}`, () =>
      found(this.campaigns, one => one.id === id),
    );

  async #answer<T>(question: string, answer: () => T): Promise<T> {
    this.asked.push(question);
    if (this.failWith) throw this.failWith;
    return answer();
  }

  async #write<T>(question: string, answer: () => T): Promise<T> {
    this.asked.push(question);
    if (this.refuseWith) throw this.refuseWith;
    return answer();
  }
}

function found<T>(all: T[], is: (one: T) => boolean): T {
  const one = all.find(is);
  if (!one) throw new NotFoundError('There is none');
  return one;
}
