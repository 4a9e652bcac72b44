import { InputError } from '@backstage/errors';
import { parse } from 'smol-toml';
import { rulesFileSchema, type RulesFile } from './rulesFileSchema';

/**
 * Reads rules in gitleaks's format.
 *
 * @throws InputError with the file, the rule and what is wrong with it
 */
export function readRulesFile(text: string, name: string): RulesFile {
  let raw: unknown;
  try {
    raw = parse(text);
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error);
    throw new InputError(`${name} is no TOML: ${told.split('\n')[0]}`);
  }
  const read = rulesFileSchema.safeParse(lowerKeys(raw));
  if (!read.success) {
    const [{ path, message }] = read.error.issues;
    throw new InputError(`${name}, ${placeOf(path, raw)}: ${message}`);
  }
  const seen = new Set<string>();
  for (const { id } of read.data.rules) {
    if (seen.has(id)) {
      throw new InputError(`${name} has the rule '${id}' twice.`);
    }
    seen.add(id);
  }
  return read.data;
}

function lowerKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowerKeys);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key.toLowerCase(),
      lowerKeys(one),
    ]),
  );
}

/** People look for a rule by its id, not by its number. */
function placeOf(path: PropertyKey[], raw: unknown): string {
  const [list, index, ...rest] = path;
  if (list !== 'rules' || typeof index !== 'number') {
    return path.map(String).join('.') || 'the whole';
  }
  const { rules } = raw as { rules?: ({ id?: unknown } | undefined)[] };
  const id = rules?.[index]?.id;
  const rule =
    typeof id === 'string' && id ? `rule '${id}'` : `rule ${index + 1}`;
  return rest.length > 0 ? `${rule}, ${rest.map(String).join('.')}` : rule;
}
