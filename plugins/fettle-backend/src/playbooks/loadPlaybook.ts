import {
  policyScopeSchema,
  type Playbook,
  type PlaybookLimits,
} from 'backstage-plugin-fettle-common';
import type { PlaybookStep } from 'backstage-plugin-fettle-node';
import type { Environment } from '@marcbachmann/cel-js';
import type { z } from 'zod';
import { compile, type Expression } from '../policies/language/compile';
import { SCOPES, conditionsOf } from '../policies/language/environment';
import { ExpressionError } from '../policies/language/ExpressionError';
import { digestOf } from './digestOf';
import type { LoadedPlaybook, LoadedStep } from './LoadedPlaybook';
import { orderSteps } from './orderSteps';
import { PlaybookError } from './PlaybookError';
import type { PlaybookSettings } from './playbookSettings';
import type { Trigger } from './triggers/Trigger';

/** What playbooks can name. */
export interface Known {
  triggers: ReadonlyMap<string, Trigger>;
  steps: ReadonlyMap<string, PlaybookStep>;
}

/** Of a playbook that opens changes; config says otherwise, or `none` for no limit. */
const DEFAULT_LIMITS: PlaybookLimits = {
  openChanges: 5,
  changesPerHour: 20,
  repositoriesPerDay: null,
  // Of a small fleet at least one repository: see how limits are counted.
  shareOfFleetPerDay: 0.25,
  filesPerRun: 100,
  linesPerRun: 10_000,
  filesPerDay: null,
  linesPerDay: null,
};

const HOUR = 60 * 60;

/** Parses what is written of a playbook; throws PlaybookError for the first thing that is wrong. */
export function parseSettings<T extends z.ZodType>(
  schema: T,
  written: unknown,
): z.output<T> {
  return parse(schema, written, []);
}

/** Checks everything that is written of a playbook; throws PlaybookError. */
export function loadPlaybook(
  id: string,
  settings: PlaybookSettings,
  { origin, known }: { origin: Playbook['origin']; known: Known },
): LoadedPlaybook {
  const trigger = triggerOf(settings, known);
  const triggerParameters = parse(
    trigger.parameters,
    settings.trigger?.with ?? {},
    ['trigger', 'with'],
  );
  const condition = settings.condition ?? null;
  const scope = policyScopeSchema.parse(settings.scope ?? {});
  const steps = orderSteps(stepsOf(settings, known));
  const verification = verificationOf(settings);
  const title = settings.title ?? id;
  const view: Omit<Playbook, 'digest'> = {
    ...{ id, title, description: settings.description ?? '' },
    trigger: { on: trigger.id, with: triggerParameters },
    ...{ condition, scope },
    steps: steps.map(({ id: stepId, step, parameters, dependsOn }) => ({
      ...{ id: stepId, uses: step.id, title: step.title, dependsOn },
      with: parameters,
      destructive: step.destructive,
      idempotent: step.idempotent,
      reversible: step.reversible,
    })),
    level: settings.level ?? 'observe',
    approval: {
      by: settings.approval?.by ?? 0,
      expiresAfterSeconds: settings.approval?.expiresAfter ?? 72 * HOUR,
    },
    group: settings.group ?? 'repository',
    limits: { ...DEFAULT_LIMITS, ...withoutUndefined(settings.limits) },
    verification,
    escalateTo: settings.escalateTo ?? [],
    origin,
  };
  return {
    view: { ...view, digest: digestOf(view) },
    ...{ trigger, triggerParameters, steps },
    condition:
      condition === null
        ? null
        : expression(condition, conditionsOf(trigger.variable), ['condition']),
    when:
      scope.when === null
        ? null
        : expression(scope.when, SCOPES, ['scope', 'when']),
  };
}

function triggerOf(
  { trigger }: PlaybookSettings,
  { triggers }: Known,
): Trigger {
  const there = `There is: ${[...triggers.keys()].join(', ')}`;
  if (!trigger) {
    throw new PlaybookError(
      `The playbook has no trigger. Say what it waits for. ${there}`,
      ['trigger'],
    );
  }
  const found = triggers.get(trigger.on);
  if (found) return found;
  throw new PlaybookError(`There is no trigger '${trigger.on}'. ${there}`, [
    'trigger',
    'on',
  ]);
}

function stepsOf({ steps }: PlaybookSettings, known: Known): LoadedStep[] {
  if (!steps) {
    throw new PlaybookError('The playbook has no steps. Say what it does', [
      'steps',
    ]);
  }
  return steps.map(({ id, uses, with: given = {}, dependsOn = [] }, i) => {
    const step = known.steps.get(uses);
    if (!step) {
      const there = [...known.steps.keys()].sort().join(', ') || 'none';
      throw new PlaybookError(
        `There is no step '${uses}'. There is: ${there}`,
        ['steps', i, 'uses'],
      );
    }
    const parameters = parse(step.parameters, given, ['steps', i, 'with']);
    return { id, step, parameters, dependsOn };
  });
}

function verificationOf({ verification }: PlaybookSettings) {
  const settleSeconds = verification?.settle ?? 30;
  const holdSeconds = verification?.hold ?? 24 * HOUR;
  const timeoutSeconds =
    verification?.timeout ??
    Math.max(7 * 24 * HOUR, 2 * (settleSeconds + holdSeconds));
  if (timeoutSeconds <= settleSeconds + holdSeconds) {
    throw new PlaybookError(
      `${timeoutSeconds} seconds are over before 'settle' (${settleSeconds} seconds) and 'hold' (${holdSeconds} seconds) are. Make it longer than both together`,
      ['verification', 'timeout'],
    );
  }
  return { settleSeconds, holdSeconds, timeoutSeconds };
}

function expression(
  text: string,
  environment: Environment,
  path: PropertyKey[],
): Expression {
  try {
    return compile(text, environment, 'The expression');
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    throw new PlaybookError(error.message, path, error.line);
  }
}

function parse<T extends z.ZodType>(
  schema: T,
  value: unknown,
  at: readonly PropertyKey[],
): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  // A key that is written wrong explains best that another is missing.
  const issue =
    issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  const path = [
    ...[...at, ...issue.path],
    ...(issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []),
  ];
  throw new PlaybookError(`${issue.message}${isOf(value, issue.path)}`, path);
}

/** The value that is wrong, where it is short. */
function isOf(value: unknown, path: readonly PropertyKey[]): string {
  let found: unknown = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null) return '';
    found = Reflect.get(found, key);
  }
  if (typeof found === 'object' || found === undefined) return '';
  return `; it is ${JSON.stringify(found).slice(0, 100)}`;
}

function withoutUndefined<T extends object>(given: T | undefined): Partial<T> {
  return Object.fromEntries(
    Object.entries(given ?? {}).filter(([, value]) => value !== undefined),
  ) as Partial<T>;
}
