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
