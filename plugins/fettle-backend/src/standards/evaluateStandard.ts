import type { DriftState, Reason } from 'backstage-plugin-fettle-common';
import type {
  FileEdit,
  RepositorySettings,
} from 'backstage-plugin-fettle-node';
import type { Values } from '../policies/language/words';
import type { LoadedStandard, StandardFile } from './LoadedStandard';
import { mergeFile } from './merge/mergeFile';
import { compareSettings, type SettingDrift } from './compareSettings';
import {
  MissingVariableError,
  renderTemplate,
} from './template/renderTemplate';

/** A repository as standards look at it. */
export interface StandardTarget {
  /** For templates. */
  values: Record<string, unknown>;
  /** For conditions. */
  conditions: Values;
  /** By path; null where there is no such file, an action where it cannot be read. */
  files: ReadonlyMap<string, string | null | { unreadable: string }>;
  /** What the standard said when the repository followed it last, by path. */
  bases: ReadonlyMap<string, string>;
  /** Undefined where they are not known. */
  settings: RepositorySettings | undefined;
}

/** How a repository stands against a standard. */
export interface StandardDrift {
  state: Exclude<DriftState, 'exempt'>;
  /** Why it is unknown. */
  reason: Reason | null;
  /** What would put it right. */
  edits: FileEdit[];
  settings: SettingDrift[];
  /** What the standard says here, by path. */
  rendered: Map<string, string>;
}

/** Pure. Where one file cannot be judged, the others still are, and the whole is unknown. */
export function evaluateStandard(
  standard: LoadedStandard,
  target: StandardTarget,
): StandardDrift {
  const edits: FileEdit[] = [];
  const rendered = new Map<string, string>();
  const reasons: Reason[] = [];
  for (const file of standard.files) {
    try {
      if (file.when && !file.when.evaluate(target.conditions)) continue;
      const wanted = file.template
        ? renderTemplate(file.content, {
            ...target.values,
            parameters: standard.parameters,
          })
        : file.content;
      const edit = editOf(standard, file, wanted, target);
      if ('code' in edit) reasons.push(edit);
      else {
        rendered.set(file.path, wanted);
        if (edit.content !== undefined) {
          const { path, executable } = file;
          edits.push({ path, content: edit.content, executable });
        }
      }
    } catch (error) {
      reasons.push(explain(file, error as Error));
    }
  }
  const settings = compareSettings(standard.settings, target.settings);
  if (settings.hidden.length > 0) {
    reasons.push({
      code: 'settings-not-shown',
      message: `The host does not show ${settings.hidden.join(', ')}.`,
      action: 'Give its credentials the right to read settings.',
    });
  }
  return {
    state: stateOf(reasons, edits.length + settings.drifts.length),
    reason: reasons[0] ?? null,
    ...{ edits, rendered, settings: settings.drifts },
  };
}

/** A conflict is a difference, though nobody knows yet how to mend it. */
function stateOf(
  reasons: readonly Reason[],
  differences: number,
): StandardDrift['state'] {
  if (differences > 0 || reasons.some(({ code }) => code === 'conflict')) {
    return 'drifted';
  }
  return reasons.length > 0 ? 'unknown' : 'follows';
}

function editOf(
  standard: LoadedStandard,
  file: StandardFile,
  wanted: string,
  { files, bases }: StandardTarget,
): Reason | { content?: string | null } {
  const { path, strategy, lists } = file;
  const current = files.get(path) ?? null;
  if (typeof current === 'object' && current !== null) {
    return {
      code: 'unreadable',
      message: `'${path}' cannot be read: ${current.unreadable}.`,
      action: 'Make it a text file of at most 1 MiB.',
    };
  }
  const merged = mergeFile(strategy, {
    ...{ path, current, wanted, lists },
    base: bases.get(path) ?? null,
    standardId: standard.view.id,
  });
  if ('conflict' in merged) {
    return {
      code: 'conflict',
      message: `'${path}' cannot be brought in by '${strategy}'. ${merged.conflict}`,
      action:
        'Bring it in by hand, opt the repository out, or choose another strategy.',
    };
  }
  return merged.content === current ? {} : { content: merged.content };
}

function explain({ path }: StandardFile, error: Error): Reason {
  if (error instanceof MissingVariableError) {
    return {
      code: 'variable-unknown',
      message: `'${path}' asks for '${error.variable}', of which nothing is known here.`,
      action:
        'Say it in the catalog or as a parameter, or make that part of the template depend on it.',
    };
  }
  return {
    code: 'failed',
    message: `'${path}' cannot be judged. ${error.message}`,
    action: 'Correct the standard.',
  };
}
