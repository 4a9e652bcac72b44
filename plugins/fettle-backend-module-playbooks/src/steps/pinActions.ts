import type {
  FileEdit,
  PlanContext,
  PlaybookStep,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import type { TagResolver } from '../pins/TagResolver';
import { workflowFiles } from '../workflows/workflowFiles';

const parameters = z.strictObject({
  trusted: z
    .array(z.string().min(1).max(100))
    .max(100)
    .default([])
    .describe(
      'Owners whose actions are left at their tags, for example `actions`.',
    ),
});
type Parameters = z.output<typeof parameters>;

const USES =
  /^(\s*(?:-\s+)?(?:"uses"|'uses'|uses)\s*:\s*)(["']?)([\w.-]+\/[\w.-]+)((?:\/[\w./-]+)?)@([\w.+/-]+)\2([ \t]*)(#.*)?$/;
const PINNED = /^[0-9a-f]{40,64}$/;

/** Names actions by the commits that their tags are at. */
export function pinActions(resolver: TagResolver): PlaybookStep<Parameters> {
  return {
    id: 'pin-actions',
    title: 'Pin actions',
    description:
      'Names each action of a workflow by the commit that its tag is at now, with the version as a comment.',
    parameters,
    ...{ destructive: false, idempotent: true, reversible: true },
    plan: context => plan(context, resolver),
  };
}

async function plan(
  {
    parameters: given,
    tree,
    repository,
    problems,
    signal,
  }: PlanContext<Parameters>,
  resolver: TagResolver,
) {
  const files: FileEdit[] = [];
  const notes: string[] = [];
  const left = new Map<string, string>();
  for (const [path, text] of await workflowFiles(tree, { actions: true })) {
    const lines = text.split('\n');
    for (const [index, raw] of lines.entries()) {
      if (raw.length > 1_000) continue;
      const end = raw.endsWith('\r') ? '\r' : '';
      const line = end ? raw.slice(0, -1) : raw;
      const [, start, quote, name, sub, ref, , comment = ''] =
        USES.exec(line) ?? [];
      if (!name || PINNED.test(ref)) continue;
      if (given.trusted.includes(name.split('/')[0])) continue;
      if (!resolver.isConfigured)
        return { obstacles: [notConfigured(repository.remote)] };
      const found = await resolver.resolve(name, ref, { signal });
      if (!found) {
        left.set(`${name}@${ref}`, path);
        continue;
      }
      const said = comment.replace(/^#\s*/, '');
      const words = said === '' ? found.version : `${found.version} ${said}`;
      lines[
        index
      ] = `${start}${quote}${name}${sub}@${found.commit}${quote} # ${words}${end}`;
      notes.push(
        `${name}@${ref} is ${found.version} at ${found.commit.slice(0, 12)}`,
      );
    }
    const content = lines.join('\n');
    if (content !== text) files.push({ path, content });
  }
  for (const [name, path] of left) {
    notes.push(`${name} in ${path} is on no host that Fettle may ask.`);
  }
  if (files.length === 0) notes.push('No action is to be pinned.');
  return {
    files,
    notes: [...new Set(notes)],
    unmended: problems.flatMap(({ key, finding }) =>
      finding?.path && [...left.values()].includes(finding.path)
        ? [{ key, reason: `An action in ${finding.path} cannot be looked up.` }]
        : [],
    ),
  };
}

function notConfigured(remote: string) {
  return {
    code: 'not-configured',
    message: `Fettle may ask no host which commits the actions of ${remote} are at.`,
    action: 'Name hosts in `fettle.steps.pinActions.hosts`.',
  };
}
