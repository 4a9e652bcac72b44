import type { FindingKind } from 'backstage-plugin-fettle-common';
import type { Portal } from './gaps';
import { evaluate, finding, policy, PORTAL, subject } from './testSubjects';

const EXPLOITED = policy(
  '!findings.exists(f, f.exploited && f.state == "open")',
);

const use = (ecosystem: string) => ({
  ...{ ecosystem, components: 3, unversioned: 0 },
});

const scan = (given: object) => ({
  scans: [{ ...subject().scans[0], ...given }],
});

describe('is not known where a scanner could not read all files', () => {
  const lockfile = {
    path: 'package-lock.json',
    ...{ message: 'It is cut.', action: 'Have it written anew.' },
  };
  const partial = (of: string, kinds: FindingKind[] | null) => {
    const [scanner] = PORTAL.scanners;
    const [last] = subject().scans;
    // Some scanner looks for each kind.
    const other = { id: 'other', title: 'The other', finds: null };
    const portal = {
      ...PORTAL,
      scanners: [{ ...scanner, finds: kinds }, other],
    };
    const scans = [
      {
        ...{ ...last, state: 'partial' as const },
        problems: [lockfile, lockfile],
      },
      { ...last, scannerId: 'other' },
    ];
    const given = { scans };
    return evaluate(policy(of), subject(given), portal);
  };
  const unread = {
    status: 'unknown',
    reason: {
      code: 'scan-partial',
      message: expect.stringMatching(
        /^The scanner .*payments\/ledger.*package-lock\.json: It is cut\. There are 1 more\.$/,
      ),
      action: 'Have it written anew.',
    },
  };
  const kept = { status: 'kept' };
  const ofComponents = 'components.all(c, c.name != "x")';
  const ofSecrets = '!findings.exists(f, f.kind == "secret")';
  const ofAdvisories = '!findings.exists(f, f.exploited)';

  it.each([
    ['a scanner of anything', null, [unread, unread, unread, unread]],
    // It gives the components that are matched.
    ['a scanner of components', [], [unread, kept, unread, unread]],
    ['another', ['secret' as const], [kept, unread, kept, unread]],
  ])('and %s says what is asked about', (_, finds, expected) => {
    const conditions = [
      ...[ofComponents, ofSecrets, ofAdvisories, 'findings.size() == 0'],
    ];
    conditions.forEach((condition, i) =>
      expect(partial(condition, finds)).toMatchObject(expected[i]),
    );
  });

  it('and what it could read breaks the policy nevertheless', () => {
    const given = scan({ state: 'partial', problems: [lockfile] });
    const findings = [finding({ exploited: true })];
    expect(evaluate(EXPLOITED, subject({ ...given, findings }))).toMatchObject({
      status: 'violated',
    });
  });

  it('and not where that was of its history, which nobody can change', () => {
    const scans = [
      ...subject().scans,
      {
        ...{ ...subject().scans[0], state: 'partial' as const },
        scannerId: 'scanner in the history',
      },
    ];
    expect(evaluate(EXPLOITED, subject({ scans }))).toMatchObject({
      ...{ status: 'kept', caveats: [expect.stringMatching(/history/)] },
    });
  });
});

it('is not known where nothing was imported of the ecosystem of a component', () => {
  const osv = (known: string[], missing: string[]): Portal => ({
    ...PORTAL,
    matchers: [
      {
        ...{ title: 'OSV', finds: ['vulnerability', 'threat'] },
        ...{ empty: false, ecosystems: { known, missing } },
      },
      ...[{ title: 'Licences', finds: ['licence' as const] }].map(one => ({
        ...{ ...one, empty: false, ecosystems: null },
      })),
    ],
  });
  const of = (condition: string, portal: Portal) =>
    evaluate(
      policy(condition),
      subject({ ecosystems: ['PyPI', 'docker'].map(use) }),
      portal,
    );
  const exploited = '!findings.exists(f, f.exploited)';
  expect(of(exploited, osv(['npm'], ['PyPI', 'Go']))).toMatchObject({
    status: 'unknown',
    reason: {
      code: 'no-advisories',
      message: expect.stringMatching(/components of PyPI,/),
    },
  });
  expect(
    of('findings.size() == 0', osv(['npm'], ['PyPI', 'Go'])),
  ).toMatchObject({ status: 'unknown' });
  // There are no advisories of it anywhere.
  expect(of(exploited, osv(['npm', 'PyPI'], ['Go']))).toMatchObject({
    ...{ status: 'kept' },
    caveats: ['Nothing here knows of vulnerabilities of docker.'],
  });
  for (const kind of ['secret', 'licence']) {
    const other = `!findings.exists(f, f.kind == "${kind}")`;
    expect(of(other, osv([], ['PyPI']))).toMatchObject({
      ...{ status: 'kept', caveats: [] },
    });
  }
});

it('says which components have no exact version', () => {
  const ecosystems = [{ ...use('PyPI'), unversioned: 2 }, use('npm')];
  expect(evaluate(EXPLOITED, subject({ ecosystems }))).toMatchObject({
    ...{ status: 'kept', caveats: [expect.stringMatching(/PyPI 2 of 3\)/)] },
  });
  const secrets = policy('!findings.exists(f, f.kind == "secret")');
  expect(evaluate(secrets, subject({ ecosystems }))!.caveats).toEqual([]);
});
