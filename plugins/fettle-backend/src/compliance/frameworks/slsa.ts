import { control, type FrameworkWithControls } from '../FrameworkWithControls';

/** The requirements of the Build track of SLSA, with the level from which on each is asked for: https://slsa.dev/spec/v1.2/build-requirements */
export const slsa: FrameworkWithControls = {
  id: 'slsa',
  title: 'SLSA, Build track',
  version: '1.2',
  source: 'https://slsa.dev/spec/v1.2/build-requirements',
  builtIn: true,
  controls: [
    control(
      'L1 consistent build',
      'The build follows a consistent process',
      [{ check: 'ci' }, { check: 'lockfiles' }],
      'Whether releases are built by it.',
    ),
    control('L1 provenance exists', 'Packages have provenance', []),
    control('L1 provenance distributed', 'Users get the provenance', []),
    control('L2 provenance authentic', 'The provenance is signed', []),
    control('L2 hosted', 'Builds run on a hosted platform', []),
    control(
      'L3 isolated',
      'Builds cannot influence each other',
      [{ policy: 'no-dangerous-workflows' }],
      'The platform itself: only that no workflow opens it to strangers.',
    ),
    control('L3 provenance unforgeable', 'Builds cannot forge provenance', []),
  ],
};
