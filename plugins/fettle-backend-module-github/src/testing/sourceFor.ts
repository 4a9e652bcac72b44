import { ConfigReader } from '@backstage/config';
import {
  DefaultGithubCredentialsProvider,
  ScmIntegrations,
} from '@backstage/integration';
import { DefaultCallBudgets } from 'backstage-plugin-fettle-node';
import { GithubApi } from '../api/GithubApi';
import { GithubHosts } from '../api/GithubHosts';
import { githubChangeProposer } from '../changes/githubChangeProposer';
import { GithubIssueTracker } from '../changes/GithubIssueTracker';
import { githubRepositoryKeeper } from '../changes/githubRepositoryKeeper';
import { readGithubConfig } from '../config/readGithubConfig';
import { GithubRepositorySource } from '../repositories/GithubRepositorySource';

export const NOW = new Date('2026-06-01T12:00:00.000Z');
export const IDENTITY = { name: 'Fettle', email: 'fettle@example.com' };
export const TOKEN = 'ghp_a-token-of-the-tests';

/** A source of one host, wired as the module does it. */
export function sourceFor(
  host: { name: string; apiBaseUrl: string },
  settings: { organizations?: string[] } = {},
) {
  const config = new ConfigReader({
    integrations: {
      github: [{ host: host.name, apiBaseUrl: host.apiBaseUrl, token: TOKEN }],
    },
    fettle: { github: { hosts: [{ host: host.name, ...settings }] } },
  });
  const integrations = ScmIntegrations.fromConfig(config);
  const credentials =
    DefaultGithubCredentialsProvider.fromIntegrations(integrations);
  const budgets = DefaultCallBudgets.fromConfig(config);
  const hosts = readGithubConfig(config).map(found => {
    const budget = budgets.forHost(found.host);
    return {
      host: found,
      // Seconds between two writes are for a host that others use as well.
      api: new GithubApi({ host: found, credentials, budget, spaced: false }),
    };
  });
  const source = new GithubRepositorySource({
    ...{ hosts, integrated: [host.name, 'github.com'], clock: () => NOW },
  });
  const asked = new GithubHosts(
    new Map(hosts.map(({ api }) => [api.host, api])),
  );
  return {
    ...{ source, budgets, api: hosts[0].api },
    proposer: githubChangeProposer(asked, {
      identity: IDENTITY,
      clock: () => NOW,
    }),
    keeper: githubRepositoryKeeper(asked),
    tracker: new GithubIssueTracker(asked),
  };
}
