import {
  SourceError,
  type FileEdit,
  type Obstacle,
  type PlanContext,
  type PlaybookStep,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { DependencyConfig } from '../config/StepsConfig';
import { collectUpdates } from '../dependencies/collectUpdates';
import type { ToolResult } from '../dependencies/EcosystemTool';
import { tools } from '../dependencies/tools';
import type { Update } from '../dependencies/Update';

const parameters = z.strictObject({
  coolDownDays: z
    .number()
    .int()
    .min(0)
    .max(365)
    .default(3)
    .describe(
      'Days that a version has to be out before it is taken. What mends a vulnerability does not wait.',
    ),
  packages: z
    .array(
      z.strictObject({
        ecosystem: z
          .string()
          .min(1)
          .describe('As OSV calls it: `npm`, `PyPI`.'),
        name: z.string().min(1).max(300).describe('As the registry calls it.'),
        version: z
          .string()
          .min(1)
          .max(100)
          .optional()
          .describe(
            'To update to. Default: the newest that is out long enough.',
          ),
      }),
    )
    .max(200)
    .default([])
    .describe('Packages to update besides those of the findings.'),
  allBehind: z
    .boolean()
    .default(false)
    .describe(
      'Also every package that manifests ask for and that is not at its newest release.',
    ),
  ecosystems: z
    .array(z.string().min(1))
    .default([])
    .describe('Only packages of these, as OSV calls them. Empty for all.'),
  major: z
    .boolean()
    .default(false)
    .describe(
      'Whether updates that mend nothing may go to another major version.',
    ),
  overrides: z
    .boolean()
    .default(false)
    .describe(
      'Whether a package that a parent holds back is overruled in the manifest, where its tool has that.',
    ),
});
const OF_FILES: readonly string[] = ['corrupt', 'invalid'];

export type UpdateParameters = z.output<typeof parameters>;

/** Updates packages, each in the way of its ecosystem. */
export function updateDependency(
  config: DependencyConfig,
): PlaybookStep<UpdateParameters> {
  return {
    id: 'update-dependency',
    title: 'Update dependencies',
    description:
      'Brings packages with known vulnerabilities to a version that fixes them, and others to their newest release, lockfile included. The tool of the ecosystem does it, in an empty folder, without scripts and without settings of the repository.',
    parameters,
    ...{ destructive: false, idempotent: true, reversible: true },
    plan: context => plan(context, config),
  };
}

async function plan(
  context: PlanContext<UpdateParameters>,
  config: DependencyConfig,
) {
  const { tree, repository, signal } = context;
  const entries = await tree.list();
  const paths = entries
    .filter(({ type }) => type === 'file')
    .map(({ path }) => path);
  const common = {
    ...{ paths, config, signal, remote: repository.remote },
    overrides: context.parameters.overrides,
    before: undefined,
    read: async (path: string) => {
      const maxBytes = 32 * 1024 * 1024;
      const read = await tree.read([path], { maxBytes });
      return read.get(path)?.text;
    },
  };
  const projects = tools.flatMap(tool =>
    tool.find(paths).map(folder => ({ tool, folder })),
  );
  const asked = await collectUpdates(
    context,
    projects.map(({ tool, folder }) => ({
      ...{ tool, folder },
      asked: () => tool.asked({ ...common, folder }),
    })),
  );
  const files = new Map<string, FileEdit>();
  const obstacles: Obstacle[] = [];
  const changed: string[] = [];
  const notes: string[] = [...asked.notes];
  const failures = new Map<string, string>();
  const mended = new Set<string>();
  for (const { tool, folder } of projects) {
    const updates = asked.of(tool, folder);
    if (updates.length === 0) continue;
    const result = await readable(updates, () =>
      tool.update({
        ...{ ...common, folder, updates },
        before: beforeOf(updates, context),
      }),
    );
    for (const edit of result.files) files.set(edit.path, edit);
    for (const { update, from, to } of result.changed) {
      changed.push(`${update.name} ${from} → ${to}`);
      for (const key of update.problems) mended.add(key);
    }
    obstacles.push(...(result.obstacles ?? []));
    notes.push(...(result.notes ?? []));
    const failed = new Map(
      result.failed.map(({ update, reason }) => [update, reason]),
    );
    for (const update of updates) {
      const reason = failed.get(update);
      if (reason && update.problems.length === 0) notes.push(reason);
      if (!reason) continue;
      for (const key of update.problems) failures.set(key, reason);
    }
  }
  const unmended = [...asked.unmended];
  for (const [key, reason] of failures) unmended.push({ key, reason });
  const told = new Set(unmended.map(({ key }) => key));
  for (const { key, finding } of context.problems) {
    if (told.has(key) || mended.has(key)) continue;
    const reason = finding?.package
      ? `Fettle finds no version of ${finding.package} that it could change.`
      : 'It is not about a package.';
    unmended.push({ key, reason });
  }
  const nothing =
    files.size === 0 && obstacles.length === 0
      ? ['Nothing is to be updated.']
      : [];
  return {
    files: [...files.values()],
    obstacles: distinct(obstacles),
    notes: [...new Set([...changed, ...notes, ...nothing])],
    unmended,
  };
}

/** What can wait takes nothing along that came out just now. */
function beforeOf(
  updates: readonly Update[],
  { parameters: { coolDownDays }, now }: PlanContext<UpdateParameters>,
): Date | undefined {
  return coolDownDays === 0 || updates.some(({ security }) => security)
    ? undefined
    : new Date(now.getTime() - coolDownDays * 24 * 60 * 60 * 1000);
}

/** What cannot be read keeps no other project from its updates. */
async function readable(
  updates: readonly Update[],
  work: () => Promise<ToolResult>,
): Promise<ToolResult> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SourceError) || !OF_FILES.includes(error.code)) {
      throw error;
    }
    const reason = `${error.message} ${error.action}`;
    const failed = updates.map(update => ({ update, reason }));
    return { files: [], changed: [], failed };
  }
}

function distinct(obstacles: readonly Obstacle[]): Obstacle[] {
  return [
    ...new Map(obstacles.map(one => [JSON.stringify(one), one])).values(),
  ];
}
