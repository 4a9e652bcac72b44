import type {
  Component,
  Finding,
  FleetSecurity,
  NewestVersion,
  RepositorySecurity,
} from 'backstage-plugin-fettle-common';

const NONE = { critical: 0, high: 0, medium: 0, low: 0, unknown: 0 };
const KINDS = {
  ...{ vulnerability: 0, secret: 0, licence: 0 },
  ...{ misconfiguration: 0, threat: 0 },
};

export function finding(given: Partial<Finding> = {}): Finding {
  return {
    ...{ id: 'f1', repositoryId: 'r1', kind: 'vulnerability' },
    ...{ rule: 'CVE-2019-10744', aliases: ['GHSA-1'], title: 'Pollution' },
    ...{ severity: 'critical', cvss: 9.1, priority: 93, state: 'open' },
    ...{ priorityReasons: ['runtime', 'fix available'], certain: true },
    ...{ path: 'package-lock.json', line: null, url: null, hidden: false },
    component: {
      ...{ ecosystem: 'npm', name: 'lodash', versions: ['4.17.10'] },
      ...{ direct: false, scope: 'runtime', chain: ['express'] },
    },
    ...{ fixedIn: ['4.17.12'], seenBy: ['osv'], exception: null },
    firstSeenAt: '2026-06-01T12:00:00.000Z',
    lastSeenAt: '2026-06-01T12:00:00.000Z',
    stateSince: '2026-06-01T12:00:00.000Z',
    ...{ dueAt: '2026-06-08T12:00:00.000Z', revision: 7 },
    ...given,
  };
}

export function security(
  given: Partial<RepositorySecurity> = {},
): RepositorySecurity {
  return {
    open: { ...NONE, critical: 1 },
    byKind: { ...KINDS, vulnerability: 1 },
    ...{ accepted: 0, nextExceptionEndsAt: null, overdue: 0 },
    ...{ daysToFix: null, fixFirst: [finding()], components: 12 },
    scans: [
      {
        ...{ scanner: 'components', title: 'Components', state: 'ok' },
        commit: '3f2c1ab000000000000000000000000000000000',
        ...{ scannedAt: '2026-06-01T12:00:00.000Z', reason: null },
        problems: [],
      },
    ],
    feeds: [
      {
        ...{ id: 'osv/npm', title: 'OSV: npm', state: 'ok', from: '/x' },
        ...{ records: 3, bytes: 10, newestAt: null, reason: null, broken: 0 },
        checkedAt: '2026-06-01T12:00:00.000Z',
      },
    ],
    headCommit: '3f2c1ab000000000000000000000000000000000',
    can: { triage: true, seeSecrets: true, uploadReports: true },
    revision: 7,
    ...given,
  };
}

export function fleet(given: Partial<FleetSecurity> = {}): FleetSecurity {
  return {
    ...{ repositories: 3, scanned: 2, overdue: 1, daysToFix: 4.5 },
    open: { ...NONE, critical: 1, low: 2 },
    byKind: KINDS,
    trend: [
      { day: '2026-06-01', open: NONE, opened: 0, fixed: 0 },
      { day: '2026-06-02', open: { ...NONE, low: 3 }, opened: 3, fixed: 0 },
    ],
    owners: [
      {
        ...{ owner: 'group:default/pay', repositories: 2, overdue: 1 },
        ...{ scanned: 2, open: { ...NONE, critical: 1 } },
      },
      {
        ...{ owner: 'group:default/new', repositories: 1, overdue: 0 },
        ...{ scanned: 0, open: NONE },
      },
    ],
    rules: [
      {
        ...{ kind: 'vulnerability', rule: 'CVE-2019-10744' },
        ...{ title: 'Pollution', severity: 'critical', repositories: 2 },
        fixedIn: ['4.17.12'],
      },
    ],
    worst: [
      {
        ...{ repositoryId: 'r1', repository: 'pay/ledger', priority: 93 },
        ...{ entityRef: 'component:default/ledger', owner: null },
        open: { ...NONE, critical: 1 },
      },
    ],
    feeds: [],
    revision: 7,
    ...given,
  };
}

export function component(given: Partial<Component> = {}): Component {
  return {
    ...{ purl: 'pkg:npm/lodash@4.17.10', ecosystem: 'npm', name: 'lodash' },
    ...{ version: '4.17.10', requirement: null, licence: null },
    ...{ path: 'package-lock.json', line: null, direct: false },
    ...{ scope: 'runtime', chain: ['express'] },
    ...given,
  };
}

export function newest(): NewestVersion {
  return {
    ...{ version: '4.17.21', from: 'registry', problem: null },
    publishedAt: '2021-02-20T15:42:16.891Z',
    checkedAt: '2026-06-01T12:00:00.000Z',
  };
}
