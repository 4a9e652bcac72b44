import { control, type FrameworkWithControls } from '../FrameworkWithControls';

/**
 * Recommendations of the CIS Software Supply Chain Security Guide that are
 * about a repository, by their numbers, in other words:
 * https://www.cisecurity.org/insights/white-papers/cis-software-supply-chain-security-guide
 */
export const cisSupplyChain: FrameworkWithControls = {
  id: 'cis-supply-chain',
  title: 'CIS Software Supply Chain Security Guide',
  version: '1.0',
  source:
    'https://www.cisecurity.org/insights/white-papers/cis-software-supply-chain-security-guide',
  builtIn: true,
  controls: [
    control('1.1.3', 'Two people approve each change', []),
    control(
      '1.1.6',
      'Sensitive code has owners',
      [{ check: 'codeowners' }],
      'Which code is sensitive.',
    ),
    control('1.1.8', 'Branches that nobody uses are removed', [
      { check: 'stale-branches' },
    ]),
    control('1.1.9', 'Checks pass before a change is merged', []),
    control('1.1.12', 'Commits are signed', []),
    control(
      '1.1.16',
      'History cannot be rewritten by a push',
      [{ policy: 'default-branch-protected', outOfScope: 'not-seen' }],
      'Other branches than the default one.',
    ),
    control(
      '1.1.17',
      'Branches cannot be deleted',
      [{ policy: 'default-branch-protected', outOfScope: 'not-seen' }],
      'Other branches than the default one.',
    ),
    control('1.2.1', 'It says how to report a vulnerability', []),
    control('2.3.1', 'Builds are defined as code', [{ check: 'ci' }]),
    control('2.3.5', 'Few can start a build, and none of them a stranger', [
      { policy: 'no-dangerous-workflows' },
      { policy: 'workflow-permissions' },
    ]),
    control('2.3.7', 'Pipelines are scanned, and scans are current', [
      { policy: 'scans-current' },
      { policy: 'no-dangerous-workflows' },
    ]),
    control('2.3.8', 'No secret lies in files or pipelines', [
      { policy: 'no-secrets' },
    ]),
    control('2.4.2', 'What builds use from elsewhere is locked', [
      { policy: 'actions-pinned' },
      { policy: 'images-pinned' },
    ]),
    control('2.4.6', 'Pipelines produce a bill of materials', []),
    control('3.1.7', 'Dependencies are pinned to a version', [
      { check: 'lockfiles' },
    ]),
    control('3.2.2', 'Packages are scanned for vulnerabilities', [
      { policy: 'scans-current' },
      { policy: 'no-critical-overdue' },
      { policy: 'no-known-exploited' },
      { policy: 'no-malicious-packages' },
    ]),
  ],
};
