import { useApi } from '@backstage/core-plugin-api';
import {
  AUTOMATION_SCOPE,
  campaignScope,
  remediationsScope,
  type Campaign,
  type CampaignItemPage,
  type CampaignItemQuery,
  type Campaigns,
  type DriftPage,
  type DriftQuery,
  type RepositoryStandards,
  type Standards,
} from 'backstage-plugin-fettle-common';
import { fettleAutomationApiRef } from '../api/FettleAutomationApi';
import { useLiveSnapshot, type LiveSnapshot } from './useLiveSnapshot';

/** A wave tells of many repositories in a row; they are one request. */
const GAP_MS = 1_000;

/**
 * Every standard and how many repositories follow it, kept up to date.
 *
 * @public
 */
export function useLiveStandards(): LiveSnapshot<Standards> {
  const api = useApi(fettleAutomationApiRef);
  return useLiveSnapshot({
    ...{ scope: AUTOMATION_SCOPE, key: 'standards', gapMs: GAP_MS },
    read: (_, signal) => api.getStandards({ signal }),
  });
}

/**
 * How repositories stand against one standard, kept up to date.
 *
 * @public
 */
export function useLiveStandard(
  id: string,
  query: Partial<DriftQuery>,
): LiveSnapshot<DriftPage> {
  const api = useApi(fettleAutomationApiRef);
  return useLiveSnapshot({
    scope: AUTOMATION_SCOPE,
    key: `standard:${JSON.stringify([id, query])}`,
    gapMs: GAP_MS,
    read: (_, signal) => api.getStandard(id, query, { signal }),
  });
}

/**
 * How a repository stands against each standard, kept up to date.
 *
 * @public
 */
export function useLiveRepositoryStandards(
  repositoryId: string,
): LiveSnapshot<RepositoryStandards> {
  const api = useApi(fettleAutomationApiRef);
  return useLiveSnapshot({
    scope: remediationsScope(repositoryId),
    ...{ key: 'standards', gapMs: GAP_MS },
    read: (_, signal) => api.getRepositoryStandards(repositoryId, { signal }),
  });
}

/**
 * Every campaign, newest first, kept up to date.
 *
 * @public
 */
export function useLiveCampaigns(): LiveSnapshot<Campaigns> {
  const api = useApi(fettleAutomationApiRef);
  return useLiveSnapshot({
    ...{ scope: AUTOMATION_SCOPE, key: 'campaigns', gapMs: GAP_MS },
    read: (_, signal) => api.getCampaigns({ signal }),
  });
}

/**
 * One campaign with its waves, kept up to date.
 *
 * @public
 */
export function useLiveCampaign(id: string): LiveSnapshot<Campaign> {
  const api = useApi(fettleAutomationApiRef);
  return useLiveSnapshot({
    ...{ scope: campaignScope(id), key: 'campaign', gapMs: GAP_MS },
    read: (_, signal) => api.getCampaign(id, { signal }),
  });
}

/**
 * The repositories of a campaign, kept up to date.
 *
 * @public
 */
export function useLiveCampaignItems(
  id: string,
  query: Partial<CampaignItemQuery>,
): LiveSnapshot<CampaignItemPage> {
  const api = useApi(fettleAutomationApiRef);
  return useLiveSnapshot({
    scope: campaignScope(id),
    key: `items:${JSON.stringify(query)}`,
    gapMs: GAP_MS,
    read: (_, signal) => api.listCampaignItems(id, query, { signal }),
  });
}
