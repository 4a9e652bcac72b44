import type { JsonValue } from '@backstage/types';

const MOST = 20_000;
const MOST_DEPTH = 20;
const NAMES =
  /^(?:.*[-_])?(?:password|passwd|secret|token|api[-_]?key|authorization|cookie|private[-_]?key|credentials?)$/i;
const SHAPES =
  /\b(?:gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{15,}|xox[abpr]-[\w-]{10,}|AKIA[0-9A-Z]{16}|eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]*|-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?-----END [A-Z ]*PRIVATE KEY-----)/g;

/** What may be kept and shown of what somebody answered: without secrets, and not too long. */
export function redact(value: unknown, secrets: readonly string[]): JsonValue {
  const clean = cleanOf(
    value,
    secrets.filter(one => one.length >= 4),
    0,
  );
  const text = JSON.stringify(clean);
  return text.length > MOST ? `${text.slice(0, MOST)}…` : clean;
}

function cleanOf(
  value: unknown,
  secrets: readonly string[],
  depth: number,
): JsonValue {
  if (depth > MOST_DEPTH) return '…';
  if (typeof value === 'string') {
    return secrets
      .reduce(
        (text, secret) => text.replaceAll(secret, '…'),
        value.slice(0, MOST),
      )
      .replace(SHAPES, '…');
  }
  if (Array.isArray(value)) {
    return value.map(one => cleanOf(one, secrets, depth + 1));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [
        key,
        NAMES.test(key) ? '…' : cleanOf(inner, secrets, depth + 1),
      ]),
    );
  }
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
