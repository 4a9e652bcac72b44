const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  '#39': "'",
  nbsp: ' ',
};

/** Each is linear in the length of the text: what is read here was written by strangers. */
const REPLACEMENTS: readonly [RegExp, string][] = [
  [/\r\n?/g, '\n'],
  [/<!--[^>]{0,500}-->/g, ' '],
  // Fences of code, rules and underlines of headings; what is between them stays.
  [/^[ \t]{0,3}(?:`{3,}|~{3,})[^\n]{0,100}$/gm, ''],
  [/^[ \t]{0,3}(?:={3,}|-{3,}|\*{3,}|_{3,})[ \t]*$/gm, ''],
  [/^[ \t]{0,8}#{1,6}[ \t]+/gm, ''],
  [/^[ \t]{0,8}>[ \t]?/gm, ''],
  [/^([ \t]{0,8})[*+][ \t]+/gm, '$1- '],
  [/!?\[([^\][\n]{0,300})\]\([^()\n]{0,600}\)/g, '$1'],
  [/<((?:https?|mailto):[^<>\s]{1,600})>/g, '$1'],
  [
    /<\/?(?:a|abbr|b|code|em|i|kbd|s|small|span|strong|sub|sup|u)(?:\s[^<>]{0,600})?>/gi,
    '',
  ],
  [/<\/?[a-zA-Z][^<>]{0,600}>/g, ' '],
  [/(\*\*|__)(?=\S)([^*_\n]{1,300})\1/g, '$2'],
  [/(?<![\w*])\*(?=\S)([^*\n]{1,300})\*(?![\w*])/g, '$1'],
  [/`+([^`\n]{1,300})`+/g, '$1'],
  [/[ \t]+$/gm, ''],
  [/\n{3,}/g, '\n\n'],
];

/** Text without the marks of HTML and Markdown, cut where it gets long. */
export function plainText(text: string, maxLength: number): string {
  // What marks take is made up for, so that the cut is where it is asked for.
  let plain = text.slice(0, maxLength * 2);
  for (const [pattern, replacement] of REPLACEMENTS) {
    plain = plain.replace(pattern, replacement);
  }
  plain = plain
    .replace(/&(#39|[a-z]{2,4});/g, (all, name) =>
      Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : all,
    )
    .trim();
  return cut(plain, maxLength);
}

/** At the end of a word where there is one near. */
function cut(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const head = text.slice(0, maxLength - 1);
  const space = head.search(/\s\S{0,40}$/);
  return `${(space > 0 ? head.slice(0, space) : head).replace(
    /[\ud800-\udbff]$/,
    '',
  )}…`;
}

/** The first line, or the first sentence of a long one. */
export function oneLine(text: string, maxLength: number): string {
  const [line] = text.split('\n', 1);
  const sentence =
    line.length > maxLength ? line.split(/(?<=[.!?]) /, 1)[0] : line;
  return cut(sentence.replace(/\s+/g, ' ').trim(), maxLength);
}
