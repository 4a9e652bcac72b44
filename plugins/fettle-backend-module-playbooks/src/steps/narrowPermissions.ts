import type {
  FileEdit,
  PlaybookStep,
  StepProblem,
} from 'backstage-plugin-fettle-node';
import { isMap, isScalar, parseDocument, type Pair } from 'yaml';
import { z } from 'zod';
import { workflowFiles } from '../workflows/workflowFiles';

const RIGHTS = [
  ...['actions', 'attestations', 'checks', 'contents', 'deployments'],
  ...['discussions', 'id-token', 'issues', 'packages', 'pages'],
  ...['pull-requests', 'security-events', 'statuses'],
] as const;

const parameters = z.strictObject({
  permissions: z
    .partialRecord(z.enum(RIGHTS), z.enum(['read', 'write', 'none']))
    .default({ contents: 'read' })
    .describe(
      'What a workflow gets that says nothing, or that may write everything. Jobs that name rights of their own keep them.',
    ),
  paths: z
    .enum(['problems', 'all'])
    .default('problems')
    .describe(
      'Workflows of the findings, or all. All where there is no finding.',
    ),
});

const RULES = ['missing-permissions', 'wide-permissions'];

export const narrowPermissions: PlaybookStep<z.output<typeof parameters>> = {
  id: 'narrow-permissions',
  title: 'Narrow the permissions of workflows',
  description:
    'Adds `permissions` to workflows that say nothing of them, and narrows `write-all`. Comments and all else stay as they are. What a job needs beyond reading is not known: its checks tell.',
  parameters,
  ...{ destructive: false, idempotent: true, reversible: true },
  async plan({ parameters: given, problems, tree }) {
    const concerned = problems.filter(({ finding }) =>
      RULES.includes(finding?.rule ?? ''),
    );
    const onlyThese =
      given.paths === 'problems' && concerned.length > 0
        ? concerned.map(({ finding }) => finding?.path)
        : undefined;
    const workflows = await workflowFiles(tree, { actions: false });
    const files: FileEdit[] = [];
    const unread: string[] = [];
    for (const [path, text] of workflows) {
      if (onlyThese && !onlyThese.includes(path)) continue;
      const content = narrow(text, given.permissions);
      if (content === undefined) unread.push(path);
      else if (content !== text) files.push({ path, content });
    }
    return {
      files,
      notes: [
        ...unread.map(path => `${path} cannot be read as YAML, and is left.`),
        ...(files.length === 0 ? ['No workflow asks for too much.'] : []),
      ],
      unmended: concerned.flatMap(problem => unmended(problem, files)),
    };
  },
};

function unmended(problem: StepProblem, files: readonly FileEdit[]) {
  const path = problem.finding?.path;
  return files.some(edit => edit.path === path)
    ? []
    : [{ key: problem.key, reason: `${path ?? 'It'} cannot be changed so.` }];
}

type Edit = [start: number, end: number, text: string];

/** The text with the rights narrowed; undefined where it is no workflow. */
function narrow(
  text: string,
  rights: Readonly<Record<string, string>>,
): string | undefined {
  let document;
  try {
    document = parseDocument(text);
    if (document.errors.length > 0) return undefined;
  } catch {
    return undefined;
  }
  const root = document.contents;
  if (!isMap(root) || root.flow) return undefined;
  const jobs = root.get('jobs', true);
  if (!isMap(jobs)) return undefined;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const edits: Edit[] = [];
  const jobNodes = jobs.items
    .map(({ value }) => value)
    .filter(value => isMap(value));
  const own = pairOf(root, 'permissions');
  if (own) replaceWide(own);
  for (const job of jobNodes) {
    const pair = pairOf(job, 'permissions');
    if (pair) replaceWide(pair);
  }
  const silent = jobNodes.some(job => !job.has('permissions'));
  if (!own && silent) {
    const key = root.items.find(
      item => isScalar(item.key) && item.key.value === 'jobs',
    )?.key;
    const at = isScalar(key) ? key.range?.[0] : undefined;
    if (at === undefined) return undefined;
    edits.push([at, at, block('permissions', '') + newline]);
  }
  return edits
    .sort(([a], [b]) => b - a)
    .reduce(
      (all, [from, to, by]) => all.slice(0, from) + by + all.slice(to),
      text,
    );

  function replaceWide({ value }: Pair): void {
    if (!isScalar(value) || value.value !== 'write-all' || !value.range) return;
    const entries = Object.entries(rights).map(
      ([name, to]) => `${name}: ${to}`,
    );
    const flow = entries.length > 0 ? `{ ${entries.join(', ')} }` : '{}';
    edits.push([value.range[0], value.range[1], flow]);
  }

  function block(name: string, indent: string): string {
    const entries = Object.entries(rights);
    if (entries.length === 0) return `${indent}${name}: {}${newline}`;
    const lines = entries.map(([key, to]) => `${indent}  ${key}: ${to}`);
    return [`${indent}${name}:`, ...lines, ''].join(newline);
  }
}

function pairOf(map: { items: Pair[] }, name: string): Pair | undefined {
  return map.items.find(({ key }) => isScalar(key) && key.value === name);
}
