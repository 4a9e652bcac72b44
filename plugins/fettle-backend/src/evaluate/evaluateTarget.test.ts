import { createCheck, createFactRef } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { StoredFact } from '../store/FettleStore';
import { configureChecks } from './ConfiguredCheck';
import { evaluateTarget } from './evaluateTarget';

const words = createFactRef({ id: 'words', schema: z.number() });
const describeCheck = (id: string, scope: 'repository' | 'path', weight = 1) =>
  createCheck({
    id,
    title: `Title of ${id}`,
    group: 'Group',
    why: 'why',
    fix: 'fix',
    appliesTo: 'all',
    scope,
    weight,
    facts: { words },
    parameters: z.strictObject({ min: z.number().default(10) }),
    evaluate: ({ facts, parameters }) => {
      if (facts.words === 13) throw new Error('boom');
      return {
        status: facts.words >= parameters.min ? 'pass' : 'fail',
        message: `${facts.words} words`,
        evidence: Array.from({ length: facts.words }, (_, i) => ({
          message: `word ${i}`,
        })),
      };
    },
  });
const checks = (...list: ReturnType<typeof describeCheck>[]) =>
  configureChecks(new Map(list.map(c => [c.id, c as any])), new Map());
const fact = (subpath: string, rest: Partial<StoredFact>): StoredFact => ({
  subpath,
  factId: 'words',
  version: 1,
  commit: 'c',
  collectedAt: '2026-01-01T00:00:00.000Z',
  ...rest,
});
const now = new Date('2026-01-02T00:00:00Z');

describe('evaluateTarget', () => {
  it('judges a folder by its own facts, and the repository by those of the root', () => {
    const result = evaluateTarget({
      subpath: 'services/api',
      checks: checks(
        describeCheck('own', 'path'),
        describeCheck('shared', 'repository'),
      ),
      facts: [fact('', { value: 20 }), fact('services/api', { value: 2 })],
      now,
    });
    expect(result.verdicts.map(v => [v.checkId, v.status])).toEqual([
      ['own', 'fail'],
      ['shared', 'pass'],
    ]);
    expect(result.score).toBe(50);
    expect(result.verdicts[0].worth).toBe(50);
  });

  it.each([
    ['a fact that was never collected', [], 'has not been collected'],
    [
      'a fact that could not be collected',
      [
        fact('', {
          problem: { code: 'timeout', message: 'took too long', action: 'x' },
        }),
      ],
      'took too long',
    ],
    [
      'a stored value of another shape',
      [fact('', { value: 'x' })],
      'not what the check expects',
    ],
    ['a check that throws', [fact('', { value: 13 })], 'boom'],
  ] as const)(
    'is unknown, with the reason, for %s',
    (_name, facts, message) => {
      const result = evaluateTarget({
        subpath: '',
        checks: checks(describeCheck('one', 'repository')),
        facts,
        now,
      });
      expect(result.verdicts[0]).toMatchObject({
        status: 'unknown',
        message: expect.stringContaining(message),
      });
      expect(result).toMatchObject({
        score: null,
        upTo: null,
        level: 'unknown',
      });
    },
  );

  it('keeps fifty pieces of evidence and counts the rest', () => {
    const { verdicts } = evaluateTarget({
      subpath: '',
      checks: checks(describeCheck('one', 'path')),
      facts: [fact('', { value: 60 })],
      now,
    });
    expect(verdicts[0].evidence).toHaveLength(50);
    expect(verdicts[0].moreEvidence).toBe(10);
  });
});

describe('configureChecks', () => {
  const all = new Map([['one', describeCheck('one', 'path') as any]]);

  it('applies weight and parameters, and leaves out what is switched off', () => {
    const [one] = configureChecks(
      all,
      new Map([['one', { enabled: true, weight: 7, parameters: { min: 3 } }]]),
    );
    expect(one.description).toMatchObject({
      weight: 7,
      parameters: { min: 3 },
    });
    expect(
      configureChecks(
        all,
        new Map([['one', { enabled: false, parameters: {} }]]),
      ),
    ).toEqual([]);
  });

  it('names the key where config is wrong', () => {
    expect(() =>
      configureChecks(
        all,
        new Map([['one', { enabled: true, parameters: { min: 'a', x: 1 } }]]),
      ),
    ).toThrow(/'fettle.checks.one.parameters': \{"min":"a","x":1\}/);
    expect(() =>
      configureChecks(
        all,
        new Map([['two', { enabled: true, parameters: {} }]]),
      ),
    ).toThrow("'fettle.checks.two': there is no such check. There are: one.");
  });
});
