import type { RepositoryTree } from 'backstage-plugin-fettle-node';

const WORKFLOW = /^\.(?:github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml$/;
const ACTION = /^(?:.*\/)?action\.ya?ml$/;
const MOST = 200;

/** The texts of workflows, and of actions where those are asked for. */
export async function workflowFiles(
  tree: RepositoryTree,
  options: { actions: boolean },
): Promise<Map<string, string>> {
  const paths = (await tree.list())
    .filter(({ type }) => type === 'file')
    .map(({ path }) => path)
    .filter(
      path => WORKFLOW.test(path) || (options.actions && ACTION.test(path)),
    )
    .slice(0, MOST);
  const read = await tree.read(paths, { maxBytes: 512 * 1024 });
  return new Map(
    [...read].flatMap(([path, { text }]) =>
      // What is no UTF-8 would be written back as something else.
      text === undefined || text.includes('\ufffd') ? [] : [[path, text]],
    ),
  );
}
