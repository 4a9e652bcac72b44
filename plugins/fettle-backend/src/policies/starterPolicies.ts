import type { Policy } from 'backstage-plugin-fettle-common';

/** What config says of a policy: all of its own, or parts of one that ships with Fettle. */
export type PolicySettings = Partial<
  Omit<Policy, 'id' | 'builtIn' | 'reads' | 'scope'>
> & { scope?: Partial<Policy['scope']>; enabled?: boolean };

/**
 * The policies that ship with Fettle. They observe; config raises their level,
 * changes any part of them, or turns them off.
 */
export const STARTER_POLICIES: Readonly<Record<string, PolicySettings>> = {
  'no-critical-overdue': {
    title: 'No critical finding is overdue',
    condition:
      '!findings.exists(f, f.severity == "critical" && f.state == "open" && f.overdue)',
    severity: 'critical',
    message:
      'Fix the critical findings that are overdue, or accept them with a reason and an end.',
  },
  'no-known-exploited': {
    title: 'Nothing that is exploited in the wild',
    condition: '!findings.exists(f, f.exploited && f.state == "open")',
    severity: 'critical',
    message: 'Update or remove what is known to be exploited.',
  },
  'no-secrets': {
    title: 'No secret lies open',
    condition: '!findings.exists(f, f.kind == "secret" && f.state == "open")',
    severity: 'critical',
    message: 'Replace each secret where it is used, then remove it.',
  },
  'no-malicious-packages': {
    title: 'No malicious package',
    condition:
      '!findings.exists(f, f.kind == "threat" && f.package != "" && f.state == "open")',
    severity: 'critical',
    message:
      'Remove the package, and replace every secret that its machine could read.',
  },
  'actions-pinned': {
    title: 'Actions of workflows are pinned',
    condition:
      '!findings.exists(f, f.kind == "misconfiguration" && f.rule == "unpinned-action" && f.state == "open")',
    severity: 'medium',
    message: 'Name actions of others by the whole id of a commit.',
  },
  'workflow-permissions': {
    title: 'Workflows have the permissions they need',
    condition: `!findings.exists(f, f.kind == "misconfiguration" && f.state == "open" &&
  f.rule in ["missing-permissions", "wide-permissions", "inherited-secrets"])`,
    severity: 'medium',
    message:
      "Write 'permissions' in each workflow, and grant no more than its steps use.",
  },
  'no-dangerous-workflows': {
    title: 'No workflow runs what strangers write',
    condition: `!findings.exists(f, f.kind == "misconfiguration" && f.state == "open" &&
  f.rule in ["foreign-code-with-rights", "script-injection", "unsecure-commands", "self-hosted-runner"])`,
    severity: 'high',
    message:
      'Check out no code of a pull request with rights, and hand values of events to scripts through the environment.',
  },
  'images-pinned': {
    title: 'Images are pinned',
    condition:
      '!findings.exists(f, f.kind == "misconfiguration" && f.rule == "moving-image" && f.state == "open")',
    severity: 'low',
    message: 'Name base images by their digest.',
  },
  'no-known-vulnerabilities': {
    title: 'No known vulnerability',
    condition:
      '!findings.exists(f, f.kind == "vulnerability" && f.state == "open")',
    severity: 'medium',
    message:
      'Update what is vulnerable, or accept it with a reason and an end.',
  },
  'default-branch-protected': {
    title: 'The default branch is protected',
    condition: 'repository.protected',
    // Not every source can tell.
    scope: { when: 'has(repository.protected)' },
    severity: 'high',
    message: 'Protect the default branch on its host.',
  },
  'has-owner': {
    title: 'The repository has an owner',
    condition: 'repository.owners.size() > 0',
    severity: 'medium',
    message:
      "Set 'spec.owner' in the catalog entity of this repository, or add an entity.",
  },
  'scans-current': {
    title: 'Scans are current',
    // A young head may wait for its scan.
    condition: `repository.scans.size() > 0 && repository.scans.all(s, s.state != "failed" && has(s.at) &&
  (s.current || now - s.at < duration("24h") || now - repository.headAt < duration("1h")))`,
    scope: { when: 'has(repository.headCommit)' },
    severity: 'medium',
    message: 'See on the Security page why a scan is late or fails.',
  },
};
