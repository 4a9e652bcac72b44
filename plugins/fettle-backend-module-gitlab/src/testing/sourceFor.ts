import { ConfigReader } from '@backstage/config';
import { DefaultCallBudgets } from 'backstage-plugin-fettle-node';
import { GitlabApi } from '../api/GitlabApi';
import { GitlabHosts } from '../api/GitlabHosts';
import { gitlabChangeProposer } from '../changes/gitlabChangeProposer';
import { GitlabIssueTracker } from '../changes/GitlabIssueTracker';
import { gitlabRepositoryKeeper } from '../changes/gitlabRepositoryKeeper';
import { readGitlabConfig } from '../config/readGitlabConfig';
import { GitlabPipelineSource } from '../pipelines/GitlabPipelineSource';
import { GitlabRepositorySource } from '../repositories/GitlabRepositorySource';
import { TOKEN } from './FakeHost';

export const IDENTITY = { name: 'Fettle', email: 'fettle@example.com' };
export const NOW = new Date('2026-06-01T12:00:00.000Z');

/** The sources of one host, wired as the module does it. */
export function sourceFor(
  host: { name: string; url: string },
  settings: { groups?: string[]; maxBytes?: number } = {},
) {
  const { groups, maxBytes } = settings;
  const { name, url } = host;
  const config = new ConfigReader({
    integrations: {
      gitlab: [
        { host: name, apiBaseUrl: `${url}/api/v4`, baseUrl: url, token: TOKEN },
      ],
    },
    fettle: { gitlab: { hosts: [{ host: name, groups }] } },
  });
  const budgets = DefaultCallBudgets.fromConfig(config);
  const hosts = new GitlabHosts(
    readGitlabConfig(config).map(found => {
      const budget = budgets.forHost(found.host);
      return new GitlabApi({ host: found, budget, maxBytes });
    }),
  );
  const source = new GitlabRepositorySource({ hosts, clock: () => NOW });
  return {
    ...{ source, pipelines: new GitlabPipelineSource(hosts), budgets },
    proposer: gitlabChangeProposer(hosts, { identity: IDENTITY }),
    keeper: gitlabRepositoryKeeper(hosts),
    tracker: new GitlabIssueTracker(hosts),
  };
}
