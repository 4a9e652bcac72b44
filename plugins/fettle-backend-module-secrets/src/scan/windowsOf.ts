import type { CompiledRules } from './CompiledRules';

/** A part of a text, from `start` to before `end`. */
export interface Window {
  start: number;
  end: number;
}

/** Of a line that is longer than what people write, what is around a keyword. */
const BEFORE = 1_000;
const AFTER = 8_000;
/** Where the next window of such a line begins, so that no secret is cut in two. */
const OVERLAP = 4_000;

/** Where in a text each rule has to look, by the rule's number. Rules whose keywords are missing are missing. */
export function windowsOf(
  text: string,
  {
    rules,
    keywords,
    rulesOfKeyword,
    always,
  }: Pick<CompiledRules, 'rules' | 'keywords' | 'rulesOfKeyword' | 'always'>,
): Map<number, Window[]> {
  const whole = [{ start: 0, end: text.length }];
  const windows = new Map<number, Window[]>();
  for (const index of always) windows.set(index, whole);
  /** By rule: up to where it has looked. */
  const until = new Int32Array(rules.length).fill(-1);
  let line = { start: 0, end: -1 };
  keywords.find(text, (word, wordEnd) => {
    const at = wordEnd - 1;
    for (const index of rulesOfKeyword[word]) {
      if (at < until[index]) continue;
      if (!rules[index].byLine) {
        windows.set(index, whole);
        until[index] = text.length;
        continue;
      }
      if (at > line.end) line = lineAt(text, at);
      const start = Math.max(line.start, at - BEFORE);
      const end = Math.min(line.end, at + AFTER);
      const places = windows.get(index) ?? [];
      places.push({ start, end });
      windows.set(index, places);
      until[index] = end === line.end ? end : end - OVERLAP;
    }
  });
  return windows;
}

function lineAt(text: string, position: number): Window {
  const start = text.lastIndexOf('\n', position) + 1;
  const end = text.indexOf('\n', position);
  return { start, end: end === -1 ? text.length : end };
}
