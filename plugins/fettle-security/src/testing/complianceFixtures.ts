import type {
  Control,
  Framework,
  FrameworkStanding,
} from 'backstage-plugin-fettle-common';

const NONE = { met: 0, notMet: 0, unknown: 0, notApplicable: 0, notSeen: 0 };

export function framework(): Framework {
  return {
    ...{ id: 'scorecard', title: 'OpenSSF Scorecard', version: '5' },
    ...{ source: 'https://scorecard.dev', builtIn: true },
  };
}

export function standing(
  given: Partial<FrameworkStanding> = {},
): FrameworkStanding {
  const control = (id: string, rests: Control['rests']): Control => ({
    ...{ id, title: `About ${id}`, rests, unseen: null },
  });
  return {
    framework: framework(),
    counts: { ...NONE, met: 5, notMet: 2, unknown: 1, notSeen: 8 },
    controls: [
      {
        control: {
          ...control('License', [{ check: 'licence' }]),
          unseen: 'Whether it is the right one.',
        },
        counts: { ...NONE, met: 5, notMet: 2, unknown: 1 },
      },
      { control: control('Fuzzing', []), counts: { ...NONE, notSeen: 8 } },
    ],
    owners: [
      {
        ...{ owner: 'group:default/pay', repositories: 2 },
        counts: { ...NONE, met: 1, notMet: 1, notSeen: 2 },
      },
      {
        ...{ owner: null, repositories: 6 },
        counts: { ...NONE, notSeen: 6 },
      },
    ],
    days: [
      { day: '2026-06-01', counts: { ...NONE, met: 1, notMet: 3 } },
      { day: '2026-06-02', counts: { ...NONE, met: 5, notMet: 2, unknown: 1 } },
    ],
    ...{ can: { exportEvidence: true }, at: '2026-06-02T12:00:00.000Z' },
    revision: 7,
    ...given,
  };
}
