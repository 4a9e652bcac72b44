import type { Reason } from 'backstage-plugin-fettle-common';
import type { RepositorySettings } from 'backstage-plugin-fettle-node';
import {
  evaluateStandard,
  type StandardDrift,
  type StandardTarget,
} from './evaluateStandard';
import type { LoadedStandard } from './LoadedStandard';

/** A standard, and what brings a repository to it beside the others. */
export interface FoundStandard {
  standard: LoadedStandard;
  drift: StandardDrift;
}

/**
 * Pure. What brings a repository to several standards: each is held against
 * what those before it make of the repository. A file or setting on which they
 * do not agree is left alone, as a conflict.
 */
export function evaluateTogether(
  standards: readonly LoadedStandard[],
  target: Omit<StandardTarget, 'bases'>,
  bases: ReadonlyMap<string, ReadonlyMap<string, string>>,
): FoundStandard[] {
  const files = new Map(target.files);
  const together = { ...target, files };
  const evaluate = (standard: LoadedStandard) =>
    evaluateStandard(standard, {
      ...together,
      bases: bases.get(standard.view.id) ?? new Map(),
    });
  const found = standards.map(standard => {
    const drift = evaluate(standard);
    for (const { path, content } of drift.edits) files.set(path, content);
    for (const { name, should } of drift.settings) {
      together.settings = withSetting(together.settings, name, should);
    }
    return { standard, drift };
  });
  // One that is not followed any more was overruled by one behind it.
  const overruled = new Set(
    standards.flatMap(standard => namesOf(evaluate(standard))),
  );
  return found.map(({ standard, drift }) => ({
    standard,
    drift: without(drift, overruled),
  }));
}

function namesOf({ edits, settings }: StandardDrift): string[] {
  return [...edits.map(({ path }) => path), ...settings.map(one => one.name)];
}

function without(
  drift: StandardDrift,
  names: ReadonlySet<string>,
): StandardDrift {
  const left = namesOf(drift).filter(name => names.has(name));
  if (left.length === 0) return drift;
  const reason: Reason = {
    code: 'conflict',
    message: `Standards do not agree on ${left.join(', ')}.`,
    action: 'Let one of them say it, or opt the repository out of the others.',
  };
  return {
    ...{ ...drift, reason },
    edits: drift.edits.filter(({ path }) => !names.has(path)),
    settings: drift.settings.filter(({ name }) => !names.has(name)),
  };
}

function withSetting(
  settings: RepositorySettings = {},
  name: string,
  value: unknown,
): RepositorySettings {
  const [, inner] = /^protection\.(.+)$/.exec(name) ?? [];
  return inner === undefined
    ? { ...settings, [name]: value }
    : { ...settings, protection: { ...settings.protection, [inner]: value } };
}
