import {
  evaluate,
  finding,
  policy,
  EMPTY,
  PORTAL,
  subject,
} from './testSubjects';
import type { SubjectVerdict } from './subject/Subject';

const EXPLOITED = policy(
  '!findings.exists(f, f.exploited && f.state == "open")',
);

const verdict = (
  check: string,
  status: SubjectVerdict['status'],
): SubjectVerdict => ({
  ...{ check, title: check, status, message: `${check}: ${status}` },
  ...{ subpath: '', since: '2026-03-01T00:00:00.000Z' },
});

const scan = (given: object) => ({
  scans: [{ ...subject().scans[0], ...given }],
});

describe('evaluatePolicy', () => {
  it('is kept where the condition holds and all that it reads is known', () => {
    const findings = [
      finding(),
      finding({ exploited: true, state: 'accepted' }),
    ];
    expect(evaluate(EXPLOITED, subject({ findings }))).toEqual({
      ...{ status: 'kept', message: 'Kept.', reason: null, caveats: [] },
      rests: [{ input: 'findings', of: 2, offending: 0, first: [] }],
    });
  });

  it('is violated where it does not, and says by what', () => {
    const findings = [
      finding({ id: 'a' }),
      finding({ id: 'b', exploited: true }),
      finding({ id: 'c', exploited: true }),
    ];
    expect(evaluate(EXPLOITED, subject({ findings }))).toMatchObject({
      ...{ status: 'violated', message: 'Put it right.', reason: null },
      rests: [{ input: 'findings', of: 3, offending: 2, first: ['b', 'c'] }],
    });
  });

  it.each([
    ['findings.all(f, f.severity != "high")', ['a']],
    ['!findings.exists(f, f.severity == "high") && true', ['a']],
    ['findings.filter(f, f.severity == "high").size() == 0', ['a']],
    ['size(findings.filter(f, f.severity == "high")) == 0', ['a']],
    [
      'findings.filter(f, f.state == "open").all(f, f.severity == "low")',
      ['a'],
    ],
    ['!(findings.exists(f, f.severity == "high") || false)', ['a']],
  ])('singles out what breaks %s', (condition, first) => {
    const findings = [
      finding({ id: 'a' }),
      finding({ id: 'b', severity: 'low' }),
    ];
    const outcome = evaluate(policy(condition), subject({ findings }));
    expect(outcome).toMatchObject({ status: 'violated', rests: [{ first }] });
  });

  it('singles out nothing where the form of the condition does not tell', () => {
    const of = policy('findings.map(f, f.priority).size() < 1');
    expect(evaluate(of, subject({ findings: [finding()] }))).toMatchObject({
      status: 'violated',
      rests: [{ input: 'findings', of: 1, offending: null, first: [] }],
    });
  });

  describe('never takes what is not known for kept', () => {
    it.each([
      ['was never read', { collectedAt: null }, 'never-read'],
      ['was never scanned', { scans: [] }, 'not-scanned'],
      [
        'was not scanned by one of the scanners',
        scan({ scannerId: 'other' }),
        'not-scanned',
      ],
      [
        'could not be scanned',
        scan({
          state: 'failed',
          reason: { code: 'timeout', message: 'Too slow.', action: 'Wait.' },
        }),
        'scan-failed',
      ],
    ])('where the repository %s', (_, given, code) => {
      for (const condition of [
        '!findings.exists(f, f.exploited)',
        'components.all(c, c.name != "x")',
      ]) {
        expect(evaluate(policy(condition), subject(given))).toMatchObject({
          status: 'unknown',
          reason: { code, message: expect.stringContaining('payments/ledger') },
        });
      }
    });

    it('where nothing scans, and where nothing is known to match', () => {
      expect(
        evaluate(EXPLOITED, subject(), { ...PORTAL, scanners: [] }),
      ).toMatchObject({ status: 'unknown', reason: { code: 'no-scanner' } });
      expect(evaluate(EXPLOITED, subject(), EMPTY)).toMatchObject({
        status: 'unknown',
        reason: { code: 'no-advisories' },
      });
      // Advisories say nothing of licences, nor does anything else here.
      const licences = policy('!findings.exists(f, f.kind == "licence")');
      const scanners = [{ ...PORTAL.scanners[0], finds: ['secret' as const] }];
      expect(
        evaluate(licences, subject(), { ...EMPTY, scanners }),
      ).toMatchObject({ status: 'unknown', reason: { code: 'nobody-looks' } });
      expect(
        evaluate(licences, subject(), { ...PORTAL, scanners }),
      ).toMatchObject({ status: 'kept' });
    });

    it('where threats could not be compared', () => {
      const failed = subject({
        scans: [
          ...subject().scans,
          {
            ...subject().scans[0],
            ...{ scannerId: 'detector', state: 'failed' as const },
            reason: { code: 'timeout', message: 'Too slow.', action: 'Wait.' },
          },
        ],
      });
      const of = (kind: string) =>
        evaluate(policy(`!findings.exists(f, f.kind == "${kind}")`), failed);
      expect(of('threat')).toMatchObject({
        status: 'unknown',
        reason: { code: 'scan-failed' },
      });
      expect(of('vulnerability')).toMatchObject({ status: 'kept' });
    });

    it('where nobody looks for what it is about', () => {
      const blind = {
        ...{ ...PORTAL, matchers: [] },
        scanners: [{ ...PORTAL.scanners[0], finds: ['secret' as const] }],
      };
      const of = (condition: string, given = subject(), portal = blind) =>
        evaluate(policy(condition), given, portal);
      const nobody = { status: 'unknown', reason: { code: 'nobody-looks' } };
      const secrets = '!findings.exists(f, f.kind == "secret")';
      const settings = '!findings.exists(f, f.kind == "misconfiguration")';
      expect(of(secrets)).toMatchObject({ status: 'kept' });
      expect(of(settings)).toMatchObject(nobody);
      expect(of('!findings.exists(f, f.exploited)')).toMatchObject(nobody);
      expect(of('findings.size() == 0')).toMatchObject({ status: 'kept' });
      const ofApis = `entities.all(e, e.kind != "api") && ${secrets}`;
      expect(of(ofApis)).toMatchObject({ status: 'kept' });
      // A tool that reports may look for anything, and what is found counts.
      const reported = { ...subject().scans[0], scannerId: 'lint (sarif)' };
      const scans = [...subject().scans, reported];
      expect(of(settings, subject({ scans }))).toMatchObject({
        status: 'kept',
      });
      // What a tool of the host looks for is known, and not everything.
      const alerts = { ...reported, scannerId: 'Watcher (alerts)' };
      expect(
        of(settings, subject({ scans: [...subject().scans, alerts] })),
      ).toMatchObject(nobody);
      const history = {
        ...{ ...reported, state: 'failed' as const },
        scannerId: `${subject().scans[0].scannerId} in the history`,
      };
      expect(
        of(secrets, subject({ scans: [...subject().scans, history] })),
      ).toMatchObject({ status: 'unknown', reason: { code: 'scan-failed' } });
      const findings = [finding({ kind: 'misconfiguration' })];
      expect(of(settings, subject({ findings }))).toMatchObject({
        status: 'violated',
      });
      // Advisories are nothing to a policy about secrets.
      const { matchers } = EMPTY;
      expect(
        evaluate(policy(secrets), subject(), { ...blind, matchers }),
      ).toMatchObject({ status: 'kept' });
    });

    it('where a verdict is unknown or missing, unless the policy says what that means', () => {
      const of = (condition: string, status: SubjectVerdict['status']) =>
        evaluate(
          policy(condition),
          subject({ verdicts: [verdict('readme', status)] }),
        );
      const named =
        '!verdicts.exists(v, v.check == "readme" && v.status == "fail")';
      expect(of(named, 'pass')).toMatchObject({ status: 'kept' });
      expect(of(named, 'fail')).toMatchObject({
        status: 'violated',
        rests: [{ first: ['readme'] }],
      });
      expect(of(named, 'unknown')).toMatchObject({
        status: 'unknown',
        reason: { message: expect.stringContaining('readme: unknown') },
      });
      const other = named.replace('readme', 'ci');
      expect(of(other, 'pass')).toMatchObject({
        status: 'unknown',
        reason: { code: 'no-verdict' },
      });
      const positive =
        'verdicts.all(v, v.check != "readme" || v.status == "pass")';
      expect(of(positive, 'unknown')).toMatchObject({ status: 'unknown' });
      const explicit =
        '!verdicts.exists(v, v.check == "readme" && v.status in ["fail", "unknown"])';
      expect(of(explicit, 'unknown')).toMatchObject({ status: 'violated' });
    });

    it('where its source does not tell', () => {
      const of = policy('repository.protected');
      expect(evaluate(of, subject())).toMatchObject({
        status: 'unknown',
        reason: {
          code: 'not-told',
          message: expect.stringContaining('repository.protected'),
        },
      });
      const known = subject({ protection: { protected: false } });
      expect(evaluate(of, known)).toMatchObject({ status: 'violated' });
    });
  });

  it('is violated by what is known, whatever else is not', () => {
    const findings = [finding({ exploited: true })];
    const failed = { ...scan({ state: 'failed' }), findings };
    expect(evaluate(EXPLOITED, subject(failed))).toMatchObject({
      status: 'violated',
    });
    const absent = policy('components.exists(c, c.name == "needed")');
    expect(evaluate(absent, subject({ scans: [] }))).toMatchObject({
      status: 'unknown',
    });
  });

  it('has nothing to scan where there is no commit', () => {
    const empty = subject({ state: 'empty', headCommit: null, scans: [] });
    expect(evaluate(EXPLOITED, empty)).toMatchObject({ status: 'kept' });
  });

  it('knows what the catalog tells of a repository that was never read', () => {
    const unread = subject({ collectedAt: null, state: 'pending', scans: [] });
    const of = policy('repository.owners.size() > 0');
    expect(evaluate(of, unread)).toMatchObject({ status: 'kept' });
  });

  it.each([
    ['findings.all(f, f.cvss < 9.0)', /No such key: cvss.*/, /has\(\)/],
    ['findings[3].exploited', /could not be evaluated/, /condition/],
    ['1 / (findings.size() - 1) == 0', /could not be evaluated/, /condition/],
  ])(
    'is an error, and not kept, where %s fails',
    (condition, message, action) => {
      expect(
        evaluate(policy(condition), subject({ findings: [finding()] })),
      ).toMatchObject({
        status: 'error',
        message: expect.stringMatching(message),
        reason: { action: expect.stringMatching(action) },
      });
    },
  );

  it('stops a condition that would take too long', () => {
    const findings = Array.from({ length: 400 }, (_, i) =>
      finding({ id: String(i), title: `${'a'.repeat(40)}!` }),
    );
    const nested = policy(
      'findings.all(a, findings.all(b, findings.all(c, a.id != "" || b.id != c.id)))',
    );
    expect(evaluate(nested, subject({ findings }))).toMatchObject({
      status: 'error',
      reason: { code: 'too-costly' },
    });
    const endless = policy('findings.all(f, !f.title.matches("^(a+)+$"))');
    expect(evaluate(endless, subject({ findings }))).toMatchObject({
      status: 'error',
      message: expect.stringContaining('longer than'),
    });
  });

  it('is about what fits every part of its scope', () => {
    const inside = (scope: object) =>
      evaluate(
        policy('true', {
          scope: { ...policy('true').described.scope, ...scope },
        }),
        subject(),
      ) !== undefined;
    expect(inside({})).toBe(true);
    expect(inside({ owners: ['group:default/Payments'] })).toBe(true);
    expect(inside({ owners: ['group:default/other'] })).toBe(false);
    expect(inside({ systems: ['system:default/bank'] })).toBe(false);
    expect(inside({ repositories: ['other', 'payments/*'] })).toBe(true);
    expect(inside({ repositories: ['*/led*r', 'x'] })).toBe(true);
    expect(inside({ repositories: ['payments'] })).toBe(false);
    expect(inside({ repositories: ['*ledger*ledger'] })).toBe(false);
    expect(inside({ when: 'repository.defaultBranch == "main"' })).toBe(true);
    expect(inside({ when: 'repository.defaultBranch == "x"' })).toBe(false);
    expect(
      inside({
        owners: ['group:default/payments'],
        when: 'entities.exists(e, e.kind == "api")',
      }),
    ).toBe(false);
  });

  it('does not guess whether a repository that was never read is in its scope', () => {
    const of = policy('true', {
      scope: {
        ...policy('true').described.scope,
        when: 'has(repository.defaultBranch)',
      },
    });
    const unread = subject({ collectedAt: null, defaultBranch: null });
    expect(evaluate(of, unread)).toMatchObject({ status: 'unknown' });
  });

  it('says what may be missing', () => {
    const given = scan({ state: 'partial', commit: 'c0ffee00' });
    expect(evaluate(EXPLOITED, subject(given))!.caveats).toEqual([
      'scanner could not read all files.',
      'scanner scanned c0ffee0 last, which is not the head.',
    ]);
  });

  it('reads every input that there is', () => {
    const of = policy(
      `repository.host == "git.example.com" && entities.size() == 1 &&
       verdicts.size() == 1 && components.exists(c, c.version == "1.0.0" && c.direct) &&
       findings.exists(f, f.openDays == 18 && f.due > now && !f.overdue && f.package == "left-pad") &&
       now - repository.headAt == duration("24h")`,
    );
    const component = {
      ...{
        ecosystem: 'npm',
        name: 'left-pad',
        direct: true,
        scope: 'runtime' as const,
      },
    };
    const given = subject({
      verdicts: [verdict('readme', 'pass')],
      components: [
        {
          ...{ ...component, version: '1.0.0', licence: null, path: 'a' },
          line: null,
        },
      ],
      findings: [finding({ component: { ...component, versions: ['1.0.0'] } })],
    });
    expect(evaluate(of, given)).toMatchObject({ status: 'kept' });
  });
});
