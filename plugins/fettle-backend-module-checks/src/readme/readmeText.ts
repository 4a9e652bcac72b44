/** More than this of a README is not looked at: it is long enough. */
const MAX_CHARS = 64 * 1024;

/** What is left of a README without its markup. */
export interface ReadmeText {
  /** Words of prose: no headings, code, badges, comments, addresses or tags. */
  words: number;
  /** Words of headings. */
  headingWords: number;
  /** How the prose begins, at most 400 characters. */
  opening: string;
}

const FENCE =
  /^ {0,3}(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^ {0,3}\1[`~]*[ \t]*$|(?![\s\S]))/gm;
const ADOC_BLOCK =
  /^(-{4,}|\.{4,}|\/{4,})[ \t]*\n[\s\S]*?(?:^\1[ \t]*$|(?![\s\S]))/gm;
const UNDERLINE = /^[ \t]*([=\-~^"'#*+`:.])\1{2,}[ \t]*$/;
const CONTINUOUS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu;

/** Takes the markup of any of the usual kinds out of a text. */
export function readmeText(source: string): ReadmeText {
  const lines = source
    .slice(0, MAX_CHARS)
    .replace(/\r\n?/g, '\n')
    .replace(/<!--[\s\S]*?(-->|$)/g, '')
    .replace(FENCE, '\n')
    .replace(ADOC_BLOCK, '\n')
    .replace(/<(script|style|pre)\b[\s\S]*?<\/\1>/gi, ' ')
    .split('\n');
  const prose: string[] = [];
  const headings: string[] = [];
  for (const [index, line] of lines.entries()) {
    if (isMarkupOnly(line)) continue;
    const text = plain(line);
    const underlined =
      line.trim() !== '' &&
      /^([=\-~^])\1{2,}\s*$/.test(lines[index + 1]?.trim() ?? '') &&
      !line.includes('|');
    (underlined || isHeading(line) ? headings : prose).push(text);
  }
  return {
    words: countWords(prose.join('\n')),
    headingWords: countWords(headings.join('\n')),
    opening: prose.join(' ').replace(/\s+/g, ' ').trim().slice(0, 400),
  };
}

function isHeading(line: string): boolean {
  return /^ {0,3}(#{1,6}|={1,6}|\*+|h[1-6]\.|!{1,6})[ \t]+\S/.test(line)
    ? !/^ {0,3}\*[ \t]/.test(line)
    : /^\s*<h[1-6][^>]*>.*<\/h[1-6]>\s*$/i.test(line);
}

/** Directives, attributes, comments, link targets and rulers: no prose. */
function isMarkupOnly(line: string): boolean {
  return (
    UNDERLINE.test(line) ||
    /^\s*\.\. *(\S+:: *.*|\|[^|]+\| .*|_.*:.*|$)/.test(line) ||
    /^\s*:[A-Za-z-]+:/.test(line) ||
    /^\s*\[[^\]]+\]:\s*\S+/.test(line) ||
    /^(image|video|include|ifdef|ifndef|endif|ifeval|toc)::?\S*\[?/.test(
      line,
    ) ||
    /^#\+[a-z_]+/i.test(line) ||
    /^\/\/( |$)/.test(line)
  );
}

function plain(line: string): string {
  return line
    .replace(/!\[[^\]]*\](\([^)]*\)|\[[^\]]*\])/g, ' ')
    .replace(/image:\S+\[[^\]]*\]/g, ' ')
    .replace(/\[([^\]]*)\](\([^)]*\)|\[[^\]]*\])/g, '$1')
    .replace(/`([^`<]+) <[^>]+>`_+/g, '$1')
    .replace(/<[^>]{1,2000}>/g, ' ')
    .replace(/\|[^|\s]+\|/g, ' ')
    .replace(/\b[a-z][a-z+.-]*:\/\/[^\s)\]]+/gi, ' ')
    .replace(/&[a-z#0-9]+;/gi, ' ');
}

/** Scripts written without spaces count two characters as a word. */
function countWords(text: string): number {
  const continuous = text.match(CONTINUOUS)?.length ?? 0;
  const spaced = text
    .replace(CONTINUOUS, ' ')
    .match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’_.-]*/gu);
  return (spaced?.length ?? 0) + Math.ceil(continuous / 2);
}
