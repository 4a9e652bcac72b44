import type { JsonObject } from '@backstage/types';
import {
  SourceError,
  type PlaybookStep,
  type RepositoryKeeper,
  type RepositorySettings,
  type StepContext,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';

const flag = (what: string) => z.boolean().optional().describe(what);

const settingsSchema = z.strictObject({
  protection: z
    .strictObject({
      protected: flag('Whether the default branch is protected.'),
      reviews: z
        .number()
        .int()
        .min(0)
        .max(10)
        .optional()
        .describe('Reviews that a change needs.'),
      requiredChecks: z
        .array(z.string().min(1))
        .max(100)
        .optional()
        .describe('Checks that must pass; others are not asked for.'),
      forcePushes: flag('Whether it may be rewritten.'),
      deletions: flag('Whether it may be deleted.'),
    })
    .optional()
    .describe('Of the default branch.'),
  deleteBranchOnMerge: flag('Whether a merged branch is deleted.'),
  issues: flag('Whether issues can be opened.'),
  wiki: flag('Whether there is a wiki.'),
  description: z.string().max(350).optional().describe('What people read.'),
  topics: z
    .array(z.string().min(1).max(50))
    .max(20)
    .optional()
    .describe('All topics; others are taken away.'),
});

const parameters = z.strictObject({
  settings: settingsSchema
    .default({})
    .describe('How it should be. What is not named stays as it is.'),
  fromProblem: z
    .boolean()
    .default(true)
    .describe(
      'Whether what a threat says was there before is restored too. `settings` wins over it.',
    ),
});
type Parameters = z.output<typeof parameters>;

export const restoreSettings: PlaybookStep<Parameters> = {
  id: 'restore-settings',
  title: 'Restore settings',
  description:
    'Brings branch protection and settings of the repository to what the playbook says, or to what was there before somebody weakened it.',
  parameters,
  ...{ destructive: false, idempotent: true, reversible: true },
  async plan(context) {
    const { host, repository, problems, signal } = context;
    const { settings, fromProblem } = context.parameters;
    const threats = fromProblem
      ? problems.filter(({ finding }) => finding?.kind === 'threat')
      : [];
    const wanted = [
      ...threats.map(({ finding }) => finding?.was ?? {}),
      settings,
    ].reduce(over, {});
    const unmended = threats
      .filter(({ finding }) => !finding?.was && isEmpty(settings))
      .map(({ key }) => ({
        key,
        reason: 'Nobody knows how it was before, and the step does not say.',
      }));
    if (isEmpty(wanted)) {
      return { unmended, notes: ['It is not said how it should be.'] };
    }
    const { keeper } = host;
    if (!keeper?.readSettings || !keeper.applySettings) {
      return { obstacles: [notSupported(context)], unmended };
    }
    const now = await keeper.readSettings(repository, { signal });
    const hidden = leaves(wanted).filter(
      ({ path }) => read(now, path) === undefined,
    );
    if (hidden.length > 0) {
      return {
        unmended,
        obstacles: [
          {
            code: 'no-right',
            message: `Some settings of ${
              repository.remote
            } cannot be seen: ${hidden
              .map(({ path }) => path.join('.'))
              .join(', ')}.`,
            action:
              'Give the credentials the right to see settings, or leave these out.',
          },
        ],
      };
    }
    const differing = leaves(wanted).filter(
      ({ path, value }) => !same(read(now, path), value),
    );
    if (differing.length === 0) {
      return { unmended, notes: ['All is as it should be.'] };
    }
    const obstacles = await keeper.check(repository, {
      ...{ signal, what: 'settings' },
    });
    const before = build(
      differing.map(({ path }) => ({ path, value: read(now, path) })),
    );
    const after = build(differing);
    const names = differing.map(({ path }) => path.join('.'));
    return {
      ...{ obstacles, unmended },
      actions: [
        {
          summary: `Set ${names.join(', ')}`,
          ...{ before, after, input: { before, after } },
        },
      ],
    };
  },
  async apply(context) {
    const { before, after } = inputSchema.parse(context.input);
    await write(context, after);
    return {
      state: 'done',
      message: 'The settings are as they should be.',
      output: { before } as JsonObject,
    };
  },
  async rollback(context) {
    await write(context, inputSchema.parse(context.input).before);
  },
  async verify(context) {
    const plan = await restoreSettings.plan(context);
    const [obstacle] = plan.obstacles ?? [];
    if (obstacle) return { state: 'unknown', message: obstacle.message };
    const [action] = plan.actions ?? [];
    return action
      ? { state: 'wrong', message: `It is still to do: ${action.summary}.` }
      : { state: 'right', message: 'The settings are as they should be.' };
  },
};

const inputSchema = z.object({ before: settingsSchema, after: settingsSchema });

interface Leaf {
  path: string[];
  value: unknown;
}

function over(
  a: RepositorySettings,
  b: RepositorySettings,
): RepositorySettings {
  const protection = { ...a.protection, ...b.protection };
  return { ...a, ...b, ...(isEmpty(protection) ? {} : { protection }) };
}

function leaves(settings: RepositorySettings): Leaf[] {
  const { protection = {}, ...others } = settings;
  const inProtection = Object.entries(protection).map(([name, value]) => ({
    ...{ path: ['protection', name], value },
  }));
  const rest = Object.entries(others).map(([name, value]) => ({
    ...{ path: [name], value },
  }));
  return [...inProtection, ...rest].filter(({ value }) => value !== undefined);
}

function read(settings: RepositorySettings, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, name) => (at as Record<string, unknown> | undefined)?.[name],
    settings,
  );
}

function build(all: readonly Leaf[]): JsonObject {
  const built: JsonObject = {};
  const protection: JsonObject = {};
  for (const { path, value } of all) {
    const into = path.length > 1 ? protection : built;
    into[path[path.length - 1]] = value as JsonObject[string];
  }
  return isEmpty(protection) ? built : { protection, ...built };
}

/** The order of a list of names says nothing. */
function same(a: unknown, b: unknown): boolean {
  const plain = (value: unknown) =>
    JSON.stringify(Array.isArray(value) ? [...value].sort() : value);
  return plain(a) === plain(b);
}

function isEmpty(value: object): boolean {
  return Object.keys(value).length === 0;
}

async function write(
  context: StepContext<Parameters>,
  settings: RepositorySettings,
): Promise<void> {
  const { host, repository, signal } = context;
  const keeper: RepositoryKeeper | undefined = host.keeper;
  if (!keeper?.applySettings) {
    const { message, action } = notSupported(context);
    throw new SourceError('failed', message, action);
  }
  await keeper.applySettings(repository, settings, { signal });
}

function notSupported({ repository }: StepContext<Parameters>) {
  return {
    code: 'not-supported',
    message: `Settings of ${repository.remote} cannot be changed by Fettle.`,
    action: 'Add the module of its host.',
  };
}
