import type { Ecosystem } from '../Ecosystem';

/** Go modules and workspaces. */
export const go: Ecosystem = {
  name: 'Go',
  manifests: ['go.mod'],
  lockfiles: ['go.sum', 'go.work.sum'],
  need({ text }) {
    const { required, local } = directives(text);
    return required.some(path => !local.has(path)) ? 'application' : 'none';
  },
  workspaceFiles: ['go.work'],
  isMember(root, { folder }) {
    const work = root.text('go.work') ?? '';
    const inside =
      root.folder === '' ? folder : folder.slice(root.folder.length + 1);
    return new RegExp(
      `^\\s*(use\\s+)?"?\\./${inside.replace(
        /[.*+?^${}()|[\]\\]/g,
        '\\$&',
      )}/?"?\\s*(//|$)`,
      'm',
    ).test(work);
  },
};

/** What a go.mod requires, and what it replaces by a folder, which has no sum. */
function directives(text: string) {
  const required: string[] = [];
  const local = new Set<string>();
  let block = '';
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.replace(/\/\/.*$/, '').trim();
    const opens = /^(\w+)\s*\($/.exec(line);
    if (opens) block = opens[1];
    else if (line === ')') block = '';
    else if (line !== '') {
      const words = (block ? `${block} ${line}` : line).split(/\s+/);
      if (words[0] === 'require') required.push(words[1]);
      const arrow = words.indexOf('=>');
      if (words[0] === 'replace' && /^\.{1,2}\//.test(words[arrow + 1] ?? '')) {
        local.add(words[1]);
      }
    }
  }
  return { required, local };
}
