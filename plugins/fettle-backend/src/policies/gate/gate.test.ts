import sarifSchema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { judge } from '../PolicyEvaluator';
import type { Portal } from '../gaps';
import type { Subject } from '../subject/Subject';
import { finding, NOW, policy, PORTAL, subject } from '../testSubjects';
import { decideGate } from './decideGate';
import { writeSarif } from './writeSarif';

const HEAD = 'a'.repeat(40);
const OTHER = 'b'.repeat(40);
const NO_SECRETS = policy('!findings.exists(f, f.kind == "secret")', {
  ...{ id: 'no-secrets', title: 'No secrets', level: 'enforce' },
  severity: 'critical',
});
const OBSERVED = policy('findings.size() == 0', {
  ...{ id: 'none', title: 'Nothing at all', level: 'observe' },
});
const SCORED = policy('repository.score > 90.0', {
  ...{ id: 'score', level: 'enforce', severity: 'low' },
});

const scanned = (given: Partial<Subject> = {}) =>
  subject({
    headCommit: HEAD,
    scans: [{ ...subject().scans[0], commit: HEAD }],
    ...given,
  });

function ask(
  given: Subject,
  {
    wanted = HEAD as string | undefined,
    policies = [NO_SECRETS, OBSERVED],
    portal = PORTAL as Portal,
  } = {},
) {
  const outcomes = judge(policies, given, portal, NOW);
  const scanners = portal.scanners.map(({ id }) => id);
  return decideGate(policies, given, outcomes, { wanted, scanners });
}

describe('the gate', () => {
  it('passes a commit that keeps what is enforced, and tells of the rest', () => {
    expect(ask(scanned())).toEqual({
      ...{ answer: 'pass', commit: HEAD, reason: null, reasons: [] },
    });
    expect(ask(scanned({ findings: [finding()] }))).toMatchObject({
      answer: 'pass',
      reasons: [{ policyId: 'none', counts: false, status: 'violated' }],
    });
    expect(ask(scanned(), { wanted: undefined })).toMatchObject({
      ...{ answer: 'pass', commit: HEAD },
    });
  });

  it('fails where an enforced policy is violated or cannot be evaluated', () => {
    const findings = [finding({ kind: 'secret' })];
    const failed = ask(scanned({ findings }));
    expect(failed.answer).toBe('fail');
    expect(failed.reasons.map(one => [one.policyId, one.counts])).toEqual([
      ['no-secrets', true],
      ['none', false],
    ]);
    const broken = policy('findings[0].exploited', { level: 'enforce' });
    expect(ask(scanned(), { policies: [broken] })).toMatchObject({
      answer: 'fail',
      reasons: [{ status: 'error' }],
    });
  });

  it.each([
    ['is not the head', { headCommit: OTHER }, 'not-read', /POST \/push/],
    [
      'was not scanned yet',
      { scans: [{ ...subject().scans[0], commit: OTHER }] },
      'not-scanned',
      /ask again/,
    ],
    [
      'could not be scanned',
      {
        scans: [
          {
            ...{
              ...subject().scans[0],
              commit: OTHER,
              state: 'failed' as const,
            },
            reason: { code: 'timeout', message: 'Slow.', action: 'Wait long.' },
          },
        ],
      },
      'timeout',
      /Wait long/,
    ],
    ['is of no scan at all', { scans: [] }, 'not-scanned', /scanned/],
    ['was never read', { collectedAt: null }, 'never-read', /Wait/],
  ])(
    'does not know where the commit %s, even with findings of another',
    (_, given, code, action) => {
      expect(ask(scanned({ ...given }))).toMatchObject({
        ...{ answer: 'unknown', commit: HEAD },
        reason: { code, action: expect.stringMatching(action) },
      });
    },
  );

  it('does not know where a file of the commit could not be read', () => {
    const problem = {
      ...{ path: '.env', message: 'It is binary.', action: 'Save it as text.' },
    };
    const [head] = scanned().scans;
    const scans = [{ ...head, state: 'partial' as const, problems: [problem] }];
    expect(ask(scanned({ scans }))).toMatchObject({
      answer: 'unknown',
      reason: { code: 'scan-partial', action: 'Save it as text.' },
    });
    const findings = [finding({ kind: 'secret' })];
    expect(ask(scanned({ scans, findings }))).toMatchObject({ answer: 'fail' });
  });

  it('needs no scan for policies that read none', () => {
    const late = { scans: [{ ...subject().scans[0], commit: OTHER }] };
    expect(
      ask(scanned({ ...late, score: 95 }), { policies: [SCORED, OBSERVED] }),
    ).toMatchObject({ answer: 'pass' });
  });

  it('does not know where what is enforced is unknown, but fails first', () => {
    const unscored = scanned({ score: null });
    const policies = [SCORED, NO_SECRETS];
    expect(ask(unscored, { policies })).toMatchObject({
      answer: 'unknown',
      reason: { code: 'not-told' },
    });
    const findings = [finding({ kind: 'secret' })];
    expect(ask({ ...unscored, findings }, { policies })).toMatchObject({
      answer: 'fail',
      reason: null,
    });
  });
});

describe('what the gate says as SARIF', () => {
  // One of its patterns is none with the flag for Unicode.
  const ajv = addFormats(
    new Ajv({ strict: false, allErrors: true, unicodeRegExp: false }),
  );
  const { $schema, id, ...draft } = sarifSchema as Record<string, unknown>;
  const validate = ajv.compile(draft);
  const write = (given: Subject, policies = [NO_SECRETS, OBSERVED, SCORED]) => {
    const options = { seeSecrets: true };
    const text = writeSarif(ask(given, { policies }), given, options);
    const sarif = JSON.parse(text);
    validate(sarif);
    expect(validate.errors ?? []).toEqual([]);
    return sarif.runs[0];
  };

  it('is refused by the schema where it is wrong', () => {
    expect(validate({ version: '2.1.0', runs: [{ tool: {} }] })).toBe(false);
  });

  it('has a rule for each policy that is not kept, and a result for each finding that breaks it', () => {
    const findings = [
      finding({ id: 's', kind: 'secret', path: 'a folder/ü.env', line: 3 }),
      finding({ id: 'v', kind: 'vulnerability', path: '' }),
    ];
    const { tool, results, versionControlProvenance } = write(
      scanned({ findings, score: null }),
    );
    expect(tool.driver.rules.map((rule: { id: string }) => rule.id)).toEqual([
      ...['no-secrets', 'score', 'none'],
    ]);
    expect(results).toMatchObject([
      {
        ...{ ruleId: 'no-secrets', ruleIndex: 0, kind: 'fail', level: 'error' },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'a%20folder/%C3%BC.env' },
              region: { startLine: 3 },
            },
          },
        ],
        partialFingerprints: { 'fettleFinding/v1': 's' },
      },
      { ruleId: 'score', kind: 'open', level: 'none' },
      { ruleId: 'none', partialFingerprints: { 'fettleFinding/v1': 's' } },
      { ruleId: 'none', partialFingerprints: { 'fettleFinding/v1': 'v' } },
    ]);
    expect(versionControlProvenance).toEqual([
      { repositoryUri: subject().remote, revisionId: HEAD },
    ]);
  });

  it('hides where secrets are from those who may not see it', () => {
    const given = scanned({
      findings: [finding({ kind: 'secret', path: 'deploy.env' })],
    });
    const text = writeSarif(ask(given), given, { seeSecrets: false });
    expect(text).not.toContain('deploy.env');
    expect(JSON.parse(text).runs[0].results).not.toHaveLength(0);
  });

  it('is no success where nothing could be judged', () => {
    const { invocations, results } = write(scanned({ headCommit: OTHER }));
    expect(results).toEqual([]);
    expect(invocations).toMatchObject([
      {
        executionSuccessful: false,
        toolExecutionNotifications: [
          { message: { text: expect.stringContaining(OTHER) } },
        ],
      },
    ]);
    expect(write(scanned()).invocations).toEqual([
      { executionSuccessful: true },
    ]);
  });
});
