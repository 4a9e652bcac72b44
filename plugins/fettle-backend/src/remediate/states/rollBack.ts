import type { FileEdit } from 'backstage-plugin-fettle-node';
import type { Transition } from '../../store/remediation/saveTransition';
import type { Progress } from '../../store/remediation/StoredRemediation';
import { unlessAborted } from '../plan/makePlan';
import { isGreen, seeChange } from './seeChange';
import { after, type State, type StateContext } from './StateContext';

type RollBack = NonNullable<Progress['rollBack']>;

const LOCKED_SECONDS = 30;
const LOOK_SECONDS = 10;
const READ_BYTES = 16 * 1024 * 1024;
/** Checks of the change that takes back may take this long. */
const TAKE_BACK_SECONDS = 3600;

/** Takes back what can be: one thing at a time, the last first. */
export const rollBack: State = async context => {
  const { remediation, services, now } = context;
  const { id, repositoryId, change, progress } = remediation;
  const state = progress.rollBack!;
  if (!(await services.store.takeLock(repositoryId, id, now))) {
    return { dueAt: after(now, LOCKED_SECONDS), reason: state.reason };
  }
  const taken = new Set(state.done);
  if (change && !taken.has('change') && !state.left.includes('change')) {
    return change.state === 'merged'
      ? revertChange(context, state)
      : closeChange(context, state);
  }
  const action = Object.keys(progress.done)
    .sort((a, b) => Number(b) - Number(a))
    .find(key => !taken.has(key) && !state.left.includes(key));
  if (action !== undefined) return undo(context, state, action);
  return conclude(context, state);
};

/** `what` of a rolled back remediation, and what the story says of it. */
function next(
  state: RollBack,
  part: Partial<RollBack>,
  message: string,
  rest: Transition = {},
): Transition {
  return {
    ...rest,
    reason: state.reason,
    progress: { rollBack: { ...state, ...part }, errors: 0 },
    events: [{ event: 'taken-back', message }],
  };
}

async function closeChange(
  context: StateContext,
  state: RollBack,
): Promise<Transition> {
  const { remediation, signal } = context;
  const { host, repository } = await context.place();
  const { branch } = remediation.change!;
  const found = await host.changes?.find(repository, branch, { signal });
  if (!found || found.state === 'closed') {
    return next(
      state,
      { done: [...state.done, 'change'] },
      'The change is closed.',
    );
  }
  if (found.state === 'merged') {
    return {
      ...{ change: found, reason: state.reason },
      progress: { mergeCommit: found.mergeCommit ?? null },
    };
  }
  if (found.edited) {
    return next(
      state,
      { left: [...state.left, 'change'] },
      'The change was left open: someone edits it.',
      { change: found },
    );
  }
  await context.permit('close-change', { branch, after: 'closed' });
  const closed = await host.changes!.close(
    repository,
    { branch, id: found.id, comment: state.reason.message },
    { signal },
  );
  return next(
    state,
    { done: [...state.done, 'change'] },
    'Closed the change.',
    { change: closed },
  );
}

/** A change that is in force is taken back by another. */
async function revertChange(
  context: StateContext,
  state: RollBack,
): Promise<Transition> {
  const { remediation, plan, playbook, signal, now } = context;
  const { host, repository } = await context.place();
  const leave = (message: string) =>
    next(state, { left: [...state.left, 'change'] }, message);
  const { change } = state;
  if (!change) {
    const { snapshot } = await context.target();
    const edits = await oldContents(context);
    if (!edits || !host.changes || !snapshot.head) {
      return leave(
        'The change was left in force: the files were changed since, or what was there before is not text.',
      );
    }
    const { nth } = remediation.progress;
    const name = nth > 1 ? `-${nth}` : '';
    const branch = `fettle/revert/${plan.hash.slice(0, 12)}${name}`;
    await context.permit('open-change', { branch, after: 'reverting' });
    const opened = await host.changes.open(
      repository,
      {
        ...{ branch, base: plan.base!, baseCommit: snapshot.head.commit },
        ...{ files: edits, title: `Revert "${plan.title}"`.slice(0, 120) },
        body: 'The target, read again, was not right.',
        marker: `fettle-revert: ${plan.hash}${name}`,
      },
      { signal },
    );
    return next(
      state,
      { change: opened, openedAt: now.toISOString() },
      'Opened a change that takes it back.',
    );
  }
  const found = await seeChange(context, change.branch);
  if (found?.state === 'merged') {
    return next(
      state,
      { done: [...state.done, 'change'] },
      'It is taken back.',
    );
  }
  const since = new Date(state.openedAt ?? remediation.stateSince);
  const late = after(since, TAKE_BACK_SECONDS) <= now;
  const isOurs = playbook.view.level === 'enforce' && !found?.edited;
  if (!found || found.state === 'closed' || late || !isOurs) {
    return leave(
      `The change that takes it back waits for a person: ${
        found?.url ?? change.branch
      }`,
    );
  }
  if (!(await isGreen(context, found)) || found.mergeable === false) {
    return { dueAt: after(now, LOOK_SECONDS), reason: state.reason };
  }
  await context.permit('merge-change', {
    ...{ branch: found.branch, after: 'reverted' },
  });
  await host.changes!.merge(repository, found, { signal });
  return next(state, { done: [...state.done, 'change'] }, 'It is taken back.');
}

/** What was there before; undefined where that is not known, or the files are not as they were left. */
async function oldContents({
  plan,
  remediation,
  services,
  target,
  signal,
}: StateContext): Promise<FileEdit[] | undefined> {
  const { repository, openTree, snapshot } = await target();
  const { baseCommit } = remediation.progress;
  const source = services.registry.sources.get(repository.sourceId);
  if (!source || !baseCommit || !snapshot.head) return undefined;
  const paths = plan.edits.map(({ path }) => path);
  const size = { maxBytes: READ_BYTES };
  const before = await source.readTree(repository, baseCommit, { signal });
  const [old, is] = await Promise.all([
    before.read(paths, size),
    (await openTree()).read(paths, size),
  ]);
  const executable = new Set(
    plan.edits.some(({ content }) => content === null)
      ? (await before.list()).flatMap(one => (one.executable ? one.path : []))
      : [],
  );
  const edits: FileEdit[] = [];
  for (const { path, content } of plan.edits) {
    const was = old.get(path);
    const untouched = (is.get(path)?.text ?? null) === content;
    if (!untouched || (was && was.text === undefined)) return undefined;
    edits.push({
      ...{ path, content: was?.text ?? null },
      ...(executable.has(path) ? { executable: true } : {}),
    });
  }
  return edits;
}

async function undo(
  context: StateContext,
  state: RollBack,
  key: string,
): Promise<Transition> {
  const { remediation, plan, playbook, signal, now } = context;
  const action = plan.actions[Number(key)];
  const loaded = playbook.steps.find(({ id }) => id === action.stepId);
  if (!loaded?.step.rollback) {
    return next(
      state,
      { left: [...state.left, key] },
      `'${action.summary}' cannot be taken back.`,
    );
  }
  const { host, repository, entities } = await context.place();
  await context.permit('roll-back-step', {
    ...{ step: action.stepId, before: action.after, after: action.before },
  });
  await unlessAborted(
    loaded.step.rollback({
      parameters: loaded.parameters,
      ...{ repository, entities, host, signal, now },
      problems: plan.problems.map(({ id, ...problem }) => problem),
      playbook: {
        ...{ id: playbook.view.id, title: playbook.view.title },
        stepId: action.stepId,
      },
      ...{ input: action.input, output: remediation.progress.done[key].output },
    }),
    signal,
  );
  return next(
    state,
    { done: [...state.done, key] },
    `Took back: ${action.summary}`,
  );
}

function conclude(
  { remediation }: StateContext,
  { done, left, reason, cancelled }: RollBack,
): Transition {
  const { change } = remediation;
  if (cancelled !== null) {
    return {
      ...{ state: 'cancelled', reason, breaker: { kind: 'ended' } },
      ...(change && { closed: { actor: cancelled, url: change.url ?? null } }),
      events: [
        { event: 'cancelled', message: reason.message, actor: cancelled },
      ],
    };
  }
  // What never came into force was not reverted: it failed.
  const hadEffect =
    change?.state === 'merged' ||
    Object.keys(remediation.progress.done).length > 0;
  const state =
    hadEffect && left.length === 0 && done.length > 0 ? 'reverted' : 'failed';
  return {
    ...{ state, reason, breaker: { kind: 'failed', reason } },
    events: [{ event: state, message: reason.message }],
  };
}
