import { createCheck, createFactRef } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { Registry } from './Registry';

const fact = createFactRef({ id: 'thing', schema: z.number() });
const check = createCheck({
  id: 'thing-check',
  title: 'Thing',
  group: 'Things',
  why: 'because',
  fix: 'do it',
  appliesTo: 'everything',
  scope: 'repository',
  weight: 1,
  facts: { thing: fact },
  parameters: z.strictObject({}),
  evaluate: () => ({ status: 'pass', message: 'fine' }),
});

describe('Registry', () => {
  it('refuses a second one with the same id', () => {
    const registry = new Registry();
    registry.addCheck(check);
    expect(() => registry.addCheck(check)).toThrow(
      "Two modules add the check 'thing-check'",
    );
  });

  it.each(['', 'Upper', 'with space', '-dash', 'a/b', '__proto__'])(
    'refuses the id %p',
    id => {
      expect(() => new Registry().addCheck({ ...check, id })).toThrow(
        'is not valid',
      );
    },
  );

  it('has one release source for each ecosystem', () => {
    const source = (id: string) => ({
      ...{ id, title: id, ecosystems: ['npm', 'Go'] },
      releases: async () => [],
    });
    const registry = new Registry();
    registry.addReleaseSource(source('first'));
    expect(() => registry.addReleaseSource(source('second'))).toThrow(
      "Two release sources tell the versions of 'npm'",
    );
    expect(registry.releaseSourceOf('Go')?.id).toBe('first');
    expect(registry.releaseSourceOf('PyPI')).toBeUndefined();
  });

  it('names the check and the fact that nobody collects', () => {
    const registry = new Registry();
    registry.addCheck(check);
    expect(() => registry.assertComplete()).toThrow(
      "The check 'thing-check' needs the fact 'thing', which no module collects",
    );
    registry.addFactCollector({
      fact,
      version: 1,
      scope: 'repository',
      collect: () => 1,
    });
    expect(() => registry.assertComplete()).not.toThrow();
  });
});
