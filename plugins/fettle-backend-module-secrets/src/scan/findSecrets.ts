import type { ScanFile } from 'backstage-plugin-fettle-node';
import type { CompiledRule, CompiledRules } from './CompiledRules';
import { shannonEntropy } from './shannonEntropy';
import { windowsOf, type Window } from './windowsOf';

/** A secret in a text, from `start` to before `end`. */
export interface Found {
  rule: CompiledRule;
  secret: string;
  start: number;
  end: number;
  /** All that the rule's expression took. */
  matchStart: number;
  matchEnd: number;
}

const NEAR = 2_000;
const ALLOWED = /(?:gitleaks|fettle):allow/;

/** Every secret in the text of a file, each told by one rule, in the order of the text. */
export function findSecrets(
  file: ScanFile,
  { rules, allowances, ...compiled }: CompiledRules,
): Found[] {
  const { path, text, commit } = file;
  const found: Found[] = [];
  const windows = windowsOf(text, { rules, ...compiled });
  for (const [index, places] of [...windows].sort(([a], [b]) => a - b)) {
    const rule = rules[index];
    if (!rule.regex || (rule.path && !rule.path.test(path))) continue;
    if (rule.allowances.allowFile(path, commit)) continue;
    for (const place of places) {
      for (const one of matches(text, place, rule)) {
        const {
          rule: { entropy },
        } = rule;
        if (entropy > 0 && shannonEntropy(one.secret) <= entropy) continue;
        const line = linesOf(text, one.matchStart, one.matchEnd);
        if (ALLOWED.test(line)) continue;
        const match = text.slice(one.matchStart, one.matchEnd);
        const candidate = { path, commit, match, line, secret: one.secret };
        if (allowances.allowSecret(candidate)) continue;
        if (rule.allowances.allowSecret(candidate)) continue;
        found.push(one);
      }
    }
  }
  return distinct(found);
}

function* matches(
  text: string,
  { start, end }: Window,
  rule: CompiledRule,
): Iterable<Found> {
  const whole = start === 0 && end === text.length;
  const part = whole ? text : text.slice(start, end);
  // Whether there is any is found much faster than where.
  if (!rule.regex!.test(part)) return;
  const matcher = rule.regex!.matcher(part);
  while (matcher.find()) {
    const group = groupOf(matcher, rule);
    const match = matcher.group(0) ?? '';
    const value = matcher.group(group) ?? '';
    const secret = group === 0 ? value.replace(/^\n+|\n+$/g, '') : value;
    if (secret === '') continue;
    const from = start + matcher.start(group);
    const at = group === 0 ? from + value.search(/[^\n]/) : from;
    const matchStart = start + matcher.start(0) + match.search(/[^\n]|$/);
    const matchEnd = Math.max(
      matchStart,
      start + matcher.start(0) + match.replace(/\n+$/, '').length,
    );
    yield {
      ...{ rule, secret, start: at, end: at + secret.length },
      ...{ matchStart, matchEnd },
    };
  }
}

function groupOf(
  matcher: { groupCount(): number; group(index: number): string | null },
  { rule: { secretGroup } }: CompiledRule,
): number {
  if (secretGroup > 0) return secretGroup;
  for (let group = 1; group <= matcher.groupCount(); group++) {
    if (matcher.group(group)) return group;
  }
  return 0;
}

/** The lines of a match, and of long ones what is near to it: a line of a megabyte may hold thousands. */
function linesOf(text: string, start: number, end: number): string {
  const before = text.slice(Math.max(0, start - NEAR), start);
  const after = text.slice(end, end + NEAR);
  const stop = after.indexOf('\n');
  return (
    before.slice(before.lastIndexOf('\n') + 1) +
    text.slice(start, end) +
    (stop === -1 ? after : after.slice(0, stop))
  );
}

/** Where several rules see one thing, the most specific tells it. */
function distinct(found: readonly Found[]): Found[] {
  const kept: Found[] = [];
  // By their starts, to look only at neighbours.
  const order = new Map(found.map((one, index) => [one, index]));
  const sorted = [...found].sort((a, b) => a.start - b.start);
  let group: Found[] = [];
  let groupEnd = -1;
  const close = () => {
    const chosen: Found[] = [];
    for (const one of [...group].sort(
      (a, b) => order.get(a)! - order.get(b)!,
    )) {
      if (!chosen.some(other => overlap(one, other))) chosen.push(one);
    }
    kept.push(...chosen.sort((a, b) => a.start - b.start));
  };
  for (const one of sorted) {
    if (one.start >= groupEnd && group.length > 0) {
      close();
      group = [];
    }
    group.push(one);
    groupEnd = Math.max(groupEnd, one.end);
  }
  close();
  return kept;
}

function overlap(a: Found, b: Found): boolean {
  return a.start < b.end && b.start < a.end;
}
