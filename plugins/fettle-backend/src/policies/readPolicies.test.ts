import { ConfigReader } from '@backstage/config';
import { readPolicies } from './readPolicies';
import { STARTER_POLICIES } from './starterPolicies';

const read = (policies?: unknown) =>
  readPolicies(new ConfigReader(policies ? { fettle: { policies } } : {}));

describe('readPolicies', () => {
  it('gives the policies that ship with Fettle, which only observe', () => {
    const policies = read();
    expect(policies.map(({ described }) => described.id)).toEqual(
      Object.keys(STARTER_POLICIES).sort(),
    );
    for (const { described } of policies) {
      expect(described).toMatchObject({ level: 'observe', builtIn: true });
    }
  });

  it('changes parts of them, turns them off, and adds others', () => {
    const policies = read({
      'no-secrets': { level: 'enforce', scope: { owners: ['group:a/b'] } },
      'has-owner': { enabled: false },
      own: { title: 'Own', condition: 'repository.name != ""' },
    });
    const byId = new Map(
      policies.map(({ described }) => [described.id, described]),
    );
    expect(byId.get('no-secrets')).toMatchObject({
      ...{ level: 'enforce', severity: 'critical', builtIn: true },
      scope: { owners: ['group:a/b'], systems: [], when: null },
    });
    expect(byId.has('has-owner')).toBe(false);
    expect(byId.get('own')).toMatchObject({
      ...{ title: 'Own', level: 'observe', severity: 'medium' },
      ...{ builtIn: false, reads: ['repository'] },
    });
  });

  it.each([
    [
      'an unknown field',
      '!findings.exists(f, f.exploitd)',
      /condition of the policy 'own' is wrong: No such key: exploitd\. At line 1, column 23:\n.*f\.exploitd\)\n +\^{8}\nDid you mean 'exploited'\? There is .*Finding: id, kind, rule/s,
    ],
    [
      'an unknown field in has()',
      'findings.all(f, has(f.fixdIn))',
      /No such key: fixdIn\. At line 1, column 21:.*'fixedIn'/s,
    ],
    [
      'an unknown field on another line',
      'true &&\n  repository.scor > 1.0',
      /No such key: scor\. At line 2, column 14:\n +repository\.scor/s,
    ],
    [
      'an unknown variable',
      'finding.size() == 0',
      /Unknown variable: finding\..*There is: repository, entities, verdicts, components, findings, now\./s,
    ],
    [
      'a wrong type',
      'findings.all(f, f.openDays < "3")',
      /no such overload: int < string\. At line 1, column 17/,
    ],
    ['no truth value', 'findings.size()', /type int, not true or false/],
    ['half an expression', 'findings.exists(f,', /'own' is wrong: .*column/s],
    [
      'too deep a text',
      `${'('.repeat(60)}true${')'.repeat(60)}`,
      /'own' is wrong/,
    ],
  ])('stops at %s', (_, condition, message) => {
    expect(() => read({ own: { condition } })).toThrow(message);
  });

  it.each([
    [
      '!findings.exists(f, f.state == "opened")',
      /condition of the policy 'own' is wrong: the field 'state' of Finding is never "opened"\. At line 1, column 32:\n.*\n {33}\^{8}\nDid you mean 'open'\? There is: open, accepted, false-positive\.$/,
    ],
    [
      'findings.all(f, f.kind != "secrets")',
      /'kind' of Finding is never "secrets".*Did you mean 'secret'\? There is: vulnerability, secret, licence, misconfiguration, threat\./s,
    ],
    [
      'findings.all(f, !(f.severity in ["critical", "HIGH"]))',
      /'severity' of Finding is never "HIGH"\. At line 1, column 46:.*'high'/s,
    ],
    // Policies read no findings that are fixed, and no readings that are stale.
    [
      'findings.all(f, f.state == "fixed")',
      /never "fixed".*\^{7}\nThere is: open, accepted, false-positive\.$/s,
    ],
    [
      'repository.state != "stale"',
      /'state' of Repository is never "stale".*There is: pending, ready, empty, failing\./s,
    ],
    [
      'repository.scans.all(s, s.state == "success")',
      /'state' of Scan is never "success".*There is: pending, ok, partial, failed\./s,
    ],
    [
      'verdicts.all(v, "passed" == v.status)',
      /'status' of Verdict is never "passed".*Did you mean 'pass'\?/s,
    ],
    [
      'components.all(c, c.scope in ["runtime", "dev"])',
      /'scope' of Component is never "dev".*There is: runtime, development, optional, unknown\./s,
    ],
    ['findings.all(f, f.scope != "")', /'scope' of Finding is never ""/],
    ['findings.all(f, f["state"] == "x")', /'state' of Finding is never "x"/],
    ['findings[0].state == ("x")', /'state' of Finding is never "x"/],
    ['"x" in [findings[0].state]', /'state' of Finding is never "x"/],
    [
      'findings.filter(f, f.certain).exists(g, g.state == "x")',
      /'state' of Finding is never "x"/,
    ],
    [
      'findings.filter(f, f.state == "x").size() == 0',
      /'state' of Finding is never "x"/,
    ],
    [
      'cel.bind(all, findings, all.exists(f, f.state == "x"))',
      /'state' of Finding is never "x"/,
    ],
    // The inner `s` is a finding.
    [
      'repository.scans.all(s, s.state == "ok" && findings.all(s, s.state == "ok"))',
      /'state' of Finding is never "ok"\. At line 1, column 71/,
    ],
  ])('stops at a text that a field never has: %s', (condition, message) => {
    expect(() => read({ own: { condition } })).toThrow(message);
  });

  it('stops at one in a scope', () => {
    const scope = { when: 'repository.state == "redy"' };
    expect(() => read({ own: { condition: 'true', scope } })).toThrow(
      /'scope.when' of the policy 'own' is wrong: the field 'state' of Repository is never "redy".*'ready'/s,
    );
  });

  it.each([
    ...['open', 'accepted', 'false-positive'].map(
      state => `findings.all(f, f.state != "${state}")`,
    ),
    // Fields that may have any value, also those that share the name of one that may not.
    'entities.exists(e, e.kind == "group")',
    'components.all(c, c.ecosystem != "Elsewhere" && c.name in ["a", "b"])',
    'verdicts.all(v, v.check != "of-our-own" && v.title != "")',
    'repository.name == "opened" && repository.owners.exists(o, o == "x")',
    // Not compared with a text as it is written.
    'findings.all(f, f.state == repository.name)',
    'findings.map(f, f.state).exists(state, state == "opened")',
    'findings.all(f, f.state.startsWith("opened") || f.state + "ed" == "opened")',
    'findings.all(f, f.severity != f.kind)',
    'findings.all(f, dyn(f).state != "opened")',
  ])('takes %s', condition => {
    expect(() => read({ own: { condition } })).not.toThrow();
  });

  it('does not let a scope read what it may not', () => {
    const own = { condition: 'true', scope: { when: 'findings.size() > 0' } };
    expect(() => read({ own })).toThrow(
      /'scope.when' of the policy 'own' is wrong: Unknown variable: findings\..*There is: repository, entities, now\./s,
    );
  });

  it.each([
    [{ own: {} }, /'fettle.policies.own': the policy has no 'condition'/],
    [{ own: { condition: '1', levl: 'x' } }, /fettle.policies.own'.*levl/],
    [{ 'no-secrets': { level: 'warn' } }, /no-secrets.level': .*"observe"/],
    [{ own: { scope: { owner: 'x' } } }, /fettle.policies.own.scope.*owner/],
    [{ Own: { condition: 'true' } }, /'Own' is no id of a policy/],
  ])('refuses %j', (policies, message) => {
    expect(() => read(policies)).toThrow(message);
  });
});
