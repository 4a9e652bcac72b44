import type { MergeStrategy } from './MergeStrategy';

/** How a line is made a comment, by the end of the file's name; all others have `#`. */
const COMMENTS: readonly [RegExp, (text: string) => string][] = [
  [/\.(md|html?|xml|svg|vue)$/i, text => `<!-- ${text} -->`],
  [/\.(css|scss)$/i, text => `/* ${text} */`],
  [
    /\.([cm]?[jt]sx?|java|kt|kts|go|rs|c|h|cc|cpp|cs|swift|dart|php|scala|gradle|groovy|jsonc|proto)$/i,
    text => `// ${text}`,
  ],
  [/\.(sql|lua|hs|elm)$/i, text => `-- ${text}`],
  [/\.(ini|el|clj)$/i, text => `; ${text}`],
];

/** A part of the file between two marks is the standard's; all around it is the repository's own. */
export const managedBlock: MergeStrategy = {
  id: 'managed-block',
  merge({ path, current, wanted, standardId }) {
    const comment =
      COMMENTS.find(([end]) => end.test(path))?.[1] ?? (text => `# ${text}`);
    const begin = comment(`fettle: begin ${standardId}`);
    const end = comment(`fettle: end ${standardId}`);
    const inner =
      wanted.endsWith('\n') || wanted === '' ? wanted : `${wanted}\n`;
    const block = `${begin}\n${inner}${end}\n`;
    if (current === null || current === '') return { content: block };
    const lines = current.split('\n');
    const first = lines.indexOf(begin);
    const last = lines.indexOf(end);
    if (first === -1 && last === -1) {
      const gap = current.endsWith('\n') ? '\n' : '\n\n';
      return { content: `${current}${gap}${block}` };
    }
    const isOdd =
      first === -1 ||
      last < first ||
      lines.lastIndexOf(begin) !== first ||
      lines.lastIndexOf(end) !== last;
    if (isOdd) {
      return {
        conflict: `Its marks '${begin}' and '${end}' are not one pair.`,
      };
    }
    const after = lines.slice(last + 1).join('\n');
    const before = lines.slice(0, first).map(line => `${line}\n`);
    return { content: `${before.join('')}${block}${after}` };
  },
};
