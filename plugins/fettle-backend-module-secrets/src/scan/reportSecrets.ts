import type { FindingReport, ScanFile } from 'backstage-plugin-fettle-node';
import { createHmac } from 'node:crypto';
import type { CompiledRule } from './CompiledRules';
import type { Found } from './findSecrets';
import { redact } from './redact';

const MOST_LINES = 10;

const FIX =
  'Rotate it first: revoke it where it was issued and issue another, as whoever can read this repository may have it. Then take it out of the file, and have the new one come from the environment or a store of secrets. It stays in the history of Git, which is why the order counts. If it is no secret, write fettle:allow in a comment on its line.';
const WHY =
  'Everyone who can read the repository, a copy of it or its history can use it, also after it is removed here.';

/** One finding for each secret in a file, however often it stands there. Nothing in it tells the secret. */
export function reportSecrets(
  { path, text }: ScanFile,
  found: readonly Found[],
  key: string,
): FindingReport[] {
  if (found.length === 0) return [];
  const bySecret = new Map<string, Found[]>();
  for (const one of found) {
    const places = bySecret.get(one.secret);
    if (places) places.push(one);
    else bySecret.set(one.secret, [one]);
  }
  const lineOf = countLines(text);
  return [...bySecret].map(([secret, places]) => {
    const lines = [...new Set(places.map(({ start }) => lineOf(start)))];
    const { rule } = places[0];
    return {
      ...describe(rule),
      path,
      line: lines[0],
      keys: [`hmac:${fingerprint(secret, key)}`],
      message: `${
        redact(secret) ?? 'It is too short to show any of it'
      }${alsoIn(lines.slice(1))}.`,
      fix: FIX,
    };
  });
}

/** Files that are secrets by their names. */
export function reportNames(
  { path, commit }: ScanFile,
  rules: readonly CompiledRule[],
): FindingReport[] {
  return rules
    .filter(
      ({ regex, path: paths, allowances }) =>
        !regex && paths?.test(path) && !allowances.allowFile(path, commit),
    )
    .map(rule => ({
      ...describe(rule),
      path,
      keys: [`file:${rule.rule.id}`],
      message: 'The file is one by its name.',
      fix: FIX,
    }));
}

function describe({ rule, severity, certain }: CompiledRule) {
  const [title] = rule.description.trim().split('\n');
  return {
    kind: 'secret' as const,
    rule: rule.id,
    title: title.slice(0, 200) || rule.id,
    ...{ severity, certain, description: WHY },
  };
}

/** Without the key nobody can try secrets against it. */
function fingerprint(secret: string, key: string): string {
  return createHmac('sha256', key).update(secret).digest('hex').slice(0, 16);
}

function alsoIn(lines: readonly number[]): string {
  if (lines.length === 0) return '';
  const told = lines.slice(0, MOST_LINES).join(', ');
  const rest = lines.length - MOST_LINES;
  return `; again in line ${told}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** Gives the line of a position. */
function countLines(text: string): (position: number) => number {
  const starts = [0];
  for (
    let at = text.indexOf('\n');
    at !== -1;
    at = text.indexOf('\n', at + 1)
  ) {
    starts.push(at + 1);
  }
  return position => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (starts[middle] <= position) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}
