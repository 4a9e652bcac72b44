import { control, type FrameworkWithControls } from '../FrameworkWithControls';

/** The checks of OpenSSF Scorecard, by their names: https://scorecard.dev */
export const scorecard: FrameworkWithControls = {
  id: 'scorecard',
  title: 'OpenSSF Scorecard',
  version: '5',
  source: 'https://scorecard.dev',
  builtIn: true,
  controls: [
    control(
      'Binary-Artifacts',
      'No generated binaries among the sources',
      [{ check: 'build-output' }],
      'Binaries outside the folders that builds write to.',
    ),
    control(
      'Branch-Protection',
      'The default branch is protected',
      [{ policy: 'default-branch-protected', outOfScope: 'not-seen' }],
      'Release branches, and how strict the rules are.',
    ),
    control(
      'CI-Tests',
      'Tests run before a change is merged',
      [{ check: 'ci' }, { check: 'default-branch-green' }],
      'Whether each merged change was tested before it was merged.',
    ),
    control('CII-Best-Practices', 'It has an OpenSSF Best Practices badge', []),
    control('Code-Review', 'Changes are reviewed by another person', []),
    control('Contributors', 'People of several organizations contribute', []),
    control('Dangerous-Workflow', 'No workflow runs what strangers write', [
      { policy: 'no-dangerous-workflows' },
    ]),
    control('Dependency-Update-Tool', 'A tool keeps dependencies current', []),
    control('Fuzzing', 'It is fuzzed', []),
    control('License', 'It has a licence', [{ check: 'licence' }]),
    control('Maintained', 'It is maintained', [{ check: 'activity' }]),
    control('Packaging', 'Packages are published by CI', []),
    control(
      'Pinned-Dependencies',
      'What builds it is pinned',
      [
        { check: 'lockfiles' },
        { policy: 'actions-pinned' },
        { policy: 'images-pinned' },
      ],
      'What scripts download while they run.',
    ),
    control('SAST', 'Its code is analysed', []),
    control('SBOM', 'A bill of materials is published', []),
    control('Security-Policy', 'It says how to report a vulnerability', []),
    control('Signed-Releases', 'Releases are signed', []),
    control('Token-Permissions', 'Workflows have the permissions they need', [
      { policy: 'workflow-permissions' },
    ]),
    control('Vulnerabilities', 'It has no known vulnerability', [
      { policy: 'no-known-vulnerabilities' },
    ]),
    control('Webhooks', 'Webhooks have secrets', []),
  ],
};
