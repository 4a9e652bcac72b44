import type { JsonValue } from '@backstage/types';
import type { Reason } from 'backstage-plugin-fettle-common';
import {
  SourceError,
  type FileEdit,
  type Obstacle,
  type PlanContext,
  type PlannedAction,
  type PlaybookStep,
  type RepositoryLocation,
  type RepositorySettings,
  type StepContext,
  type StepProblem,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { Values } from '../policies/language/words';
import type { SettingDrift } from './compareSettings';
import type { StandardDrift } from './evaluateStandard';
import { evaluateTogether, type FoundStandard } from './evaluateTogether';
import type { LoadedStandard } from './LoadedStandard';
import { readTarget } from './readTarget';

const parameters = z.strictObject({
  standards: z
    .array(z.string().min(1).max(64))
    .max(50)
    .default([])
    .describe(
      'Ids of standards; where it is empty, those that the problems name, or all in whose scope the repository is',
    ),
});
type Parameters = z.output<typeof parameters>;

const settingsSchema = z.record(z.string(), z.unknown());

/** What the step has to know of a repository besides what it is given. */
export interface StandardKnowledge {
  /** Undefined for a repository that Fettle does not know. */
  of(repository: RepositoryLocation): Promise<
    | {
        conditions: Values;
        facts: Record<string, unknown>;
        bases: Map<string, Map<string, string>>;
        /** Those in whose scope it is, without those it is opted out of. */
        standards: LoadedStandard[];
      }
    | undefined
  >;
}

/** Brings a repository to what its standards say. */
export function createApplyStandard(services: {
  knowledge: StandardKnowledge;
}): PlaybookStep<Parameters> {
  const look = async (context: PlanContext<Parameters>) => {
    const known = await services.knowledge.of(context.repository);
    if (!known) return [];
    const named = context.problems.flatMap(
      ({ drift }) => drift?.standard ?? [],
    );
    const asked = context.parameters.standards;
    const ids = asked.length > 0 ? asked : named;
    const standards = known.standards.filter(
      ({ view }) => ids.length === 0 || ids.includes(view.id),
    );
    const target = await readTarget(standards, {
      ...{ tree: context.tree, entities: context.entities },
      ...{ repository: context.repository, signal: context.signal },
      ...{ facts: known.facts, conditions: known.conditions },
      defaultBranch: context.snapshot.defaultBranch,
      keeper: context.host.keeper,
    });
    return evaluateTogether(standards, target, known.bases);
  };
  return {
    id: 'apply-standard',
    title: 'Apply a standard',
    description:
      'Brings files and settings to what the standards of the repository say, each file by its own strategy.',
    parameters,
    ...{ destructive: false, idempotent: true, reversible: true },
    phase: 'merged',
    async plan(context) {
      const found = await look(context);
      const files = filesOf(found);
      const actions = found.flatMap(({ standard, drift }) =>
        drift.settings.length > 0 ? [toAction(standard, drift.settings)] : [],
      );
      const acts = files.length > 0 || actions.length > 0;
      const obstacles =
        actions.length > 0
          ? await settingObstacles(context)
          : found.flatMap(({ drift }) => (acts ? [] : conflictOf(drift)));
      return {
        ...{ files, actions, obstacles },
        notes: found.map(({ standard, drift }) => noteOf(standard, drift)),
        unmended: found.flatMap(one => unmendedOf(one, context.problems)),
      };
    },
    async apply(context) {
      await applySettings(context, context.input, 'should');
      return {
        state: 'done',
        message: 'The settings are as the standard says.',
        output: context.input,
      };
    },
    async rollback(context) {
      await applySettings(context, context.input, 'is');
    },
    async verify(context) {
      const found = await look(context);
      const wrong = found.filter(({ drift }) => canBeBroughtIn(drift));
      const unknown = found.find(({ drift }) => drift.state === 'unknown');
      if (wrong.length > 0) {
        const names = wrong.map(({ standard }) => standard.view.title);
        return { state: 'wrong', message: `Differs from ${names.join(', ')}.` };
      }
      if (unknown) {
        return { state: 'unknown', message: unknown.drift.reason!.message };
      }
      // A conflict was none of what was planned.
      const [left] = found.flatMap(({ drift }) => conflictOf(drift));
      return {
        state: 'right',
        message: left
          ? `Follows its standards but for what a person has to bring in. ${left.message}`
          : 'Follows its standards.',
      };
    },
  };
}

function toAction(
  { view }: LoadedStandard,
  drifts: readonly SettingDrift[],
): PlannedAction {
  const side = (name: 'is' | 'should') =>
    Object.fromEntries(drifts.map(one => [one.name, one[name]])) as JsonValue;
  return {
    summary: `Set ${drifts.map(({ name }) => name).join(', ')} as '${
      view.title
    }' says`,
    ...{ before: side('is'), after: side('should') },
    input: { is: side('is'), should: side('should') },
  };
}

/** Each path once, as the last standard leaves it. */
function filesOf(found: readonly FoundStandard[]): FileEdit[] {
  const files = new Map<string, FileEdit>();
  for (const edit of found.flatMap(({ drift }) => drift.edits)) {
    const executable = edit.executable || files.get(edit.path)?.executable;
    files.set(edit.path, { ...edit, executable });
  }
  return [...files.values()];
}

function canBeBroughtIn({ edits, settings }: StandardDrift): boolean {
  return edits.length > 0 || settings.length > 0;
}

function conflictOf({ reason }: StandardDrift): Reason[] {
  return reason?.code === 'conflict' ? [reason] : [];
}

/** What can be brought in is; the rest stays a drift that is told. */
function unmendedOf(
  { standard, drift }: FoundStandard,
  problems: readonly StepProblem[],
): { key: string; reason: string }[] {
  const { reason } = drift;
  if (!reason) return [];
  return problems
    .filter(one => one.drift?.standard === standard.view.id)
    .map(({ key }) => ({ key, reason: reason.message }));
}

/** Files would be merged before a setting turns out to be out of reach. */
async function settingObstacles({
  host: { keeper },
  repository,
  signal,
}: PlanContext<Parameters>): Promise<Obstacle[]> {
  if (!keeper?.applySettings) return [notSupported(repository)];
  return keeper.check(repository, { signal, what: 'settings' });
}

function notSupported({ name }: RepositoryLocation): Obstacle {
  return {
    code: 'not-supported',
    message: `Nothing in this portal can change settings of ${name}.`,
    action:
      'Add the module of its host, or take the settings out of the standard.',
  };
}

function noteOf({ view }: LoadedStandard, { state, reason }: StandardDrift) {
  const why = reason ? ` ${reason.message}` : '';
  return `${view.title} ${view.version}: ${state}.${why}`;
}

async function applySettings(
  { host, repository, signal }: StepContext<Parameters>,
  input: JsonValue,
  side: 'is' | 'should',
): Promise<void> {
  if (!host.keeper?.applySettings) {
    const { message, action } = notSupported(repository);
    throw new SourceError('failed', message, action);
  }
  const given = settingsSchema.parse((input as Record<string, unknown>)[side]);
  const settings: Record<string, unknown> = {};
  const protection: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(given)) {
    if (name.startsWith('protection.')) protection[name.slice(11)] = value;
    else settings[name] = value;
  }
  await host.keeper.applySettings(
    repository,
    {
      ...settings,
      ...(Object.keys(protection).length > 0 ? { protection } : {}),
    } as RepositorySettings,
    { signal },
  );
}
