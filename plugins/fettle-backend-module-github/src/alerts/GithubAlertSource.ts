import {
  SourceError,
  type AlertReading,
  type AlertSource,
  type AskOptions,
  type RepositoryLocation,
  type ScanProblem,
} from 'backstage-plugin-fettle-node';
import type { GithubHosts } from '../api/GithubHosts';
import { listPages } from '../api/listPages';
import { hostOf } from '../locate/slug';
import { codeScanning } from './codeScanning';
import { dependabot } from './dependabot';
import { secretScanning } from './secretScanning';
import type { Alert, AlertTool } from './AlertTool';

/** Another is a file beside these, and its name here. */
const TOOLS: readonly AlertTool[] = [dependabot, codeScanning, secretScanning];

/** More alerts of one tool no one reads; what is beyond is told of. */
const MOST_PAGES = 20;

/** What GitHub says where a tool is switched off, or never ran. */
const OFF =
  /disabled|not enabled|must be enabled|no analysis found|not available for/i;

/** Reads the alerts of those hosts of `fettle.github.hosts` that have `alerts`. */
export class GithubAlertSource implements AlertSource {
  readonly id = 'github';

  constructor(
    private readonly hosts: GithubHosts,
    private readonly withAlerts: ReadonlySet<string>,
  ) {}

  covers(location: RepositoryLocation): boolean {
    return this.hosts.has(location) && this.withAlerts.has(hostOf(location));
  }

  async listAlerts(
    location: RepositoryLocation,
    { signal }: AskOptions,
  ): Promise<AlertReading[]> {
    const readings: AlertReading[] = [];
    for (const tool of TOOLS) {
      const reading = await this.#read(tool, location, signal);
      if (reading) readings.push(reading);
    }
    return readings;
  }

  async #read(
    { tool, route, lists, schema, toFinding }: AlertTool,
    location: RepositoryLocation,
    signal: AbortSignal,
  ): Promise<AlertReading | undefined> {
    try {
      const alerts: Alert[] = [];
      const problems: ScanProblem[] = [];
      for (const parameters of lists) {
        const { items, complete } = await listPages(this.hosts, location, {
          ...{ route, parameters, schema, signal, mostPages: MOST_PAGES },
        });
        alerts.push(...items);
        // With a part of them what is not there would be taken for fixed.
        if (!complete) problems.push(tooMany(tool, items.length));
      }
      const open = alerts.filter(({ state }) => state === 'open');
      const closed = alerts.filter(({ state }) => state !== 'open');
      return {
        ...{ tool, problems, findings: open.map(toFinding) },
        closed: closed.flatMap(alert => toFinding(alert).keys),
      };
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      if (isOff(error)) return undefined;
      return { tool, failed: error };
    }
  }
}

function tooMany(tool: string, read: number): ScanProblem {
  return {
    path: null,
    message: `${tool} has more than ${read} alerts; those beyond were left out.`,
    action: 'Close on the host what nobody will act on.',
  };
}

function isOff(error: SourceError): boolean {
  const { status, message = '' } = (error.cause ?? {}) as {
    status?: number;
    message?: string;
  };
  return (status === 403 || status === 404) && OFF.test(message);
}
