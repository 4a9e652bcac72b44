import type {
  FileEdit,
  Obstacle,
  PlanContext,
  PlaybookStep,
  RepositoryTree,
  StepPlan,
  StepProblem,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';

const parameters = z.strictObject({
  most: z
    .number()
    .int()
    .min(1)
    .max(500)
    .default(100)
    .describe('A commit that changed more files is not reverted.'),
});
type Context = PlanContext<z.output<typeof parameters>>;

export const revertCommit: PlaybookStep<z.output<typeof parameters>> = {
  id: 'revert-commit',
  title: 'Revert the commit that broke the default branch',
  description:
    'Takes a commit back after which a pipeline failed that passed right before it, as long as nobody has changed its files since.',
  parameters,
  ...{ destructive: false, idempotent: true, reversible: true },
  async plan(context) {
    const runs = context.problems.filter(({ run }) => run);
    if (runs.length === 0) return { notes: ['There is no failed run.'] };
    const unmended: { key: string; reason: string }[] = [];
    const commits = new Set<string>();
    for (const problem of runs) {
      const reason = await reasonAgainst(problem, context);
      if (reason) unmended.push({ key: problem.key, reason });
      else commits.add(problem.run!.commit!);
    }
    if (commits.size === 0) return { unmended };
    if (commits.size > 1) {
      return {
        unmended,
        obstacles: [
          obstacle(context, 'Pipelines blame different commits.', 'several'),
        ],
      };
    }
    const [commit] = commits;
    return { ...(await revert(context, commit)), unmended };
  },
};

/** Why it is not known that this very commit broke it. */
async function reasonAgainst(
  { run }: StepProblem,
  { snapshot, readCommit }: Context,
): Promise<string | undefined> {
  const { branch, commit, cause, lastGreen } = run!;
  if (!commit) return 'The run does not say of which commit it is.';
  if (branch !== null && branch !== snapshot.defaultBranch) {
    return 'The run is not of the default branch.';
  }
  if (cause !== 'change') {
    return 'It is not known that the change made it fail.';
  }
  if (!lastGreen) return 'No run of this pipeline has passed before.';
  if (!readCommit) return 'The source of the repository does not tell commits.';
  const { parents } = await readCommit(commit);
  if (!parents) return 'The source does not tell what was before the commit.';
  return parents[0] === lastGreen
    ? undefined
    : 'Several commits came since it passed, and any of them may be to blame.';
}

async function revert(context: Context, commit: string): Promise<StepPlan> {
  const { treeAt, readCommit, tree } = context;
  const refuse = (why: string, code: string): StepPlan => ({
    obstacles: [obstacle(context, why, code)],
  });
  if (!treeAt || !readCommit) {
    return refuse('Older commits of it cannot be read.', 'not-supported');
  }
  const { paths, complete, parents, subject } = await readCommit(commit);
  if (!complete || paths.length > context.parameters.most) {
    return refuse('The commit changed too many files.', 'too-large');
  }
  const [before, after] = await Promise.all([
    treeAt(parents![0]),
    treeAt(commit),
  ]);
  const states = await Promise.all(
    [before, after, tree].map(one => statesOf(one, paths)),
  );
  const files: FileEdit[] = [];
  for (const path of paths) {
    const [was, became, is] = states.map(state => state.get(path) ?? ABSENT);
    if (key(is) === key(was)) continue;
    if (key(is) !== key(became)) {
      return refuse(`${path} was changed again since.`, 'moved');
    }
    const modes = was.content !== null && was.executable !== is.executable;
    if (was.odd || is.odd || (modes && is.content !== null)) {
      return refuse(`${path} is no plain text, or its mode changed.`, 'binary');
    }
    files.push({
      ...{ path, content: was.content },
      ...(was.executable ? { executable: true } : {}),
    });
  }
  if (files.length === 0) return { notes: ['It is taken back already.'] };
  return {
    files,
    notes: [`Takes back ${commit.slice(0, 12)}: ${subject}`],
  };
}

interface State {
  content: string | null;
  executable: boolean;
  /** It cannot be written back. */
  odd: boolean;
}
const ABSENT: State = { content: null, executable: false, odd: false };

async function statesOf(
  tree: RepositoryTree,
  paths: readonly string[],
): Promise<Map<string, State>> {
  const read = await tree.read(paths);
  const entries = new Map(
    (await tree.list()).map(entry => [entry.path, entry]),
  );
  return new Map(
    [...read].map(([path, { text, target, size }]) => [
      path,
      {
        content: text ?? `${target ?? ''}${size}`,
        executable: entries.get(path)?.executable ?? false,
        // What is no UTF-8 would be written back as something else.
        odd: text === undefined || text.includes('\ufffd'),
      },
    ]),
  );
}

function key(state: State): string {
  return JSON.stringify(state);
}

function obstacle(
  { repository }: Context,
  why: string,
  code: string,
): Obstacle {
  return {
    code,
    message: `No commit of ${repository.remote} can be reverted by itself: ${why}`,
    action: 'Look at the failed run, and revert or mend it by hand.',
  };
}
