import { ConfigReader } from '@backstage/config';
import { DefaultCallBudgets } from 'backstage-plugin-fettle-node';
import { GiteaApi } from '../api/GiteaApi';
import { GiteaHosts } from '../api/GiteaHosts';
import { giteaChangeProposer } from '../changes/giteaChangeProposer';
import { GiteaIssueTracker } from '../changes/GiteaIssueTracker';
import { giteaRepositoryKeeper } from '../changes/giteaRepositoryKeeper';
import { readGiteaConfig } from '../config/readGiteaConfig';
import { GiteaPipelineSource } from '../pipelines/GiteaPipelineSource';
import { GiteaRepositorySource } from '../repositories/GiteaRepositorySource';
import { TOKEN } from './FakeHost';

export const IDENTITY = { name: 'Fettle', email: 'fettle@example.com' };
export const NOW = new Date('2026-06-01T12:00:00.000Z');

/** The sources of one host, wired as the module does it. */
export function sourceFor(
  host: { name: string; url: string },
  settings: { organizations?: string[]; maxBytes?: number } = {},
) {
  const { organizations, maxBytes } = settings;
  const config = new ConfigReader({
    integrations: {
      gitea: [{ host: host.name, baseUrl: host.url, password: TOKEN }],
    },
    fettle: { gitea: { hosts: [{ host: host.name, organizations }] } },
  });
  const budgets = DefaultCallBudgets.fromConfig(config);
  const apis = readGiteaConfig(config).map(found => {
    const budget = budgets.forHost(found.host);
    return new GiteaApi({ host: found, budget, maxBytes });
  });
  const source = new GiteaRepositorySource({ apis, clock: () => NOW });
  const asked = new GiteaHosts(new Map(apis.map(api => [api.host, api])));
  const pipelines = new GiteaPipelineSource(asked);
  return {
    ...{ source, pipelines, budgets },
    proposer: giteaChangeProposer(asked, {
      ...{ identity: IDENTITY, clock: () => NOW },
    }),
    keeper: giteaRepositoryKeeper(asked),
    tracker: new GiteaIssueTracker(asked),
  };
}
