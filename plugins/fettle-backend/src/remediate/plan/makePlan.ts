import type { FileDiff } from 'backstage-plugin-fettle-common';
import {
  SourceError,
  type Obstacle,
  type RepositoryTree,
  type StepPlan,
  type TreeFile,
} from 'backstage-plugin-fettle-node';
import type { LoadedStep } from '../../playbooks/LoadedPlaybook';
import { checkHost } from './checkHost';
import { diffFile } from './diffFile';
import { hashPlan } from './hashPlan';
import type { MadePlan, StoredAction } from './MadePlan';
import { OverlayTree } from './OverlayTree';
import type { PlanInput } from './PlanInput';
import { sizeObstacles } from './sizeObstacles';
import { digestFile, RecordingTree } from './RecordingTree';
import { toldOnly } from '../verify/toldOnly';

const READ_BYTES = 16 * 1024 * 1024;

/** Asks the steps of a playbook, each over the edits of those before it, what they would do. Changes nothing. */
export async function makePlan(input: PlanInput): Promise<MadePlan> {
  const { playbook, snapshot } = input;
  const recording = new RecordingTree(input.tree);
  const overlay = new OverlayTree(recording);
  const obstacles: Obstacle[] = [];
  const actions: StoredAction[] = [];
  const notes: string[] = [];
  const unmended: { key: string; reason: string }[] = [];

  for (const loaded of playbook.steps) {
    const made = await askStep(loaded, input, overlay);
    obstacles.push(...(made.obstacles ?? []));
    notes.push(...(made.notes ?? []));
    unmended.push(...(made.unmended ?? []));
    actions.push(...(made.actions ?? []).map(one => toAction(loaded, one)));
    const wrong = (made.files ?? []).filter(
      ({ path, content }) => !isSafe(path) || !isText(content),
    );
    obstacles.push(
      ...wrong.map(({ path }) =>
        isSafe(path) ? notText(loaded, path) : unsafePath(loaded, path),
      ),
    );
    overlay.edit((made.files ?? []).filter(edit => !wrong.includes(edit)));
    // The steps behind it would build on what is not there.
    if (obstacles.length > 0) break;
  }

  const old = await readOld(recording, overlay);
  obstacles.push(
    ...overlay.edits.flatMap(({ path }) =>
      old.get(path)?.omitted === 'not-a-file' ? [noFile(path)] : [],
    ),
  );
  const files: FileDiff[] = [];
  const edits = overlay.edits.filter(edit => {
    const diff = diffFile(old.get(edit.path), edit);
    if (diff) files.push(diff);
    return diff !== undefined;
  });
  const linesChanged = files.reduce((n, f) => n + f.added + f.removed, 0);
  obstacles.push(...sizeObstacles(files, edits, playbook.view));
  unmended.push(
    ...toldOnly(playbook.steps, { edits, actions, unmended }, input.problems),
  );
  const acts = files.length > 0 || actions.length > 0;
  if (acts && obstacles.length === 0) {
    obstacles.push(...(await checkHost(input, files.length > 0)));
  }
  return {
    ...hashPlan({
      playbook: { id: playbook.view.id, digest: playbook.view.digest },
      repository: input.repository.remote,
      problems: input.problems.map(({ key }) => key),
      files: edits.map(edit => ({
        ...edit,
        was: digestFile(old.get(edit.path)),
      })),
      actions,
    }),
    state: stateOf(acts, obstacles),
    commit: snapshot.head?.commit ?? null,
    base: snapshot.defaultBranch,
    ...{ files, edits, filesChanged: files.length, linesChanged },
    ...{ actions, obstacles, notes, unmended },
    inputs: recording.inputs,
    reversible:
      actions.every(({ reversible }) => reversible) &&
      edits.every(({ path }) => old.get(path)?.omitted === undefined),
  };
}

function stateOf(acts: boolean, obstacles: readonly Obstacle[]) {
  if (obstacles.length > 0) return 'impossible';
  return acts ? 'possible' : 'empty';
}

async function askStep(
  { id, step, parameters }: LoadedStep,
  input: PlanInput,
  tree: RepositoryTree,
): Promise<StepPlan> {
  const { playbook, repository, entities, problems, host, snapshot } = input;
  const { stepMs, lookups } = input;
  const signal = AbortSignal.any([input.signal, AbortSignal.timeout(stepMs)]);
  const name = `Step '${id}' (${step.id}) of '${playbook.view.title}'`;
  try {
    return await unlessAborted(
      step.plan({
        ...{ parameters, repository, entities, problems, host, snapshot, tree },
        ...lookups,
        playbook: {
          ...{ id: playbook.view.id, title: playbook.view.title, stepId: id },
        },
        ...{ signal, now: input.now },
      }),
      signal,
    );
  } catch (error) {
    // A stop of the portal says nothing of the repository.
    if (input.signal.aborted) throw error;
    if (signal.aborted) {
      return {
        obstacles: [
          {
            code: 'timeout',
            message: `${name} did not say what it would do in ${
              repository.name
            } within ${stepMs / 1000} seconds.`,
            action: 'Plan again; if it stays so, look at what the step asks.',
          },
        ],
      };
    }
    if (error instanceof SourceError) return { obstacles: [error.toReason()] };
    return {
      obstacles: [
        {
          code: 'step-failed',
          message: `${name} failed in ${repository.name}: ${
            error instanceof Error ? error.message : error
          }`,
          action: 'Correct its parameters, or report the step.',
        },
      ],
    };
  }
}

/** A step that does not heed its signal is not waited for. */
export async function unlessAborted<T>(
  work: Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  let stop: () => void = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function toAction(
  { id, step }: LoadedStep,
  action: Pick<StoredAction, 'summary' | 'before' | 'after' | 'input'>,
): StoredAction {
  return {
    ...{ stepId: id, uses: step.id, phase: step.phase ?? 'before' },
    ...{ destructive: step.destructive, idempotent: step.idempotent },
    reversible: step.reversible && step.rollback !== undefined,
    ...{ summary: action.summary, before: action.before },
    ...{ after: action.after, input: action.input },
  };
}

async function readOld(
  tree: RecordingTree,
  overlay: OverlayTree,
): Promise<Map<string, TreeFile>> {
  const paths = overlay.edits.map(({ path }) => path);
  if (paths.length === 0) return new Map();
  return tree.read(paths, { maxBytes: READ_BYTES });
}

/** No path leads out of the repository, or into Git's own folder. */
function isSafe(path: string): boolean {
  const parts = path.split('/');
  return (
    !/[\0\\]/.test(path) &&
    parts.every(part => part !== '' && part !== '.' && part !== '..') &&
    parts.every(part => part.toLocaleLowerCase('en-US') !== '.git')
  );
}

/** Databases take neither; what is kept would be something else than what was hashed. */
function isText(content: string | null): boolean {
  return content === null || !/\0|\p{Cs}/u.test(content);
}

function notText({ id }: LoadedStep, path: string): Obstacle {
  return {
    code: 'not-text',
    message: `Step '${id}' would write something to '${path}' that is no text.`,
    action: 'Correct what it writes in the playbook or the standard.',
  };
}

function noFile(path: string): Obstacle {
  return {
    code: 'not-a-file',
    message: `'${path}' is a link or a submodule, and not a file that could be changed.`,
    action: 'Make it a file, or take it out of the playbook or the standard.',
  };
}

function unsafePath({ id }: LoadedStep, path: string): Obstacle {
  return {
    code: 'unsafe-path',
    message: `Step '${id}' would write to '${path}', which is not a path inside the repository.`,
    action: 'Correct the path in the playbook or the standard.',
  };
}
