import { FAILSAFE_SCHEMA, load } from 'js-yaml';
import { Unreadable } from '../Format';

/**
 * A mapping in YAML. Every scalar is text: `1.10` is a version, not a number.
 * No tool writes anchors into a lockfile, and by their aliases a small file
 * can stand for a huge one, so a file with anchors is refused.
 */
export function readYaml(text: string): any {
  let value: unknown;
  try {
    value = load(text, {
      schema: FAILSAFE_SCHEMA,
      listener(_, state) {
        // The types tell nothing of it.
        const { anchorMap } = state as { anchorMap?: object };
        if (anchorMap && Object.keys(anchorMap).length > 0) {
          throw new Unreadable('It uses the anchors of YAML.');
        }
      },
    });
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    const { mark, reason } = error as {
      mark?: { line: number };
      reason?: string;
    };
    const line = mark ? `, in line ${mark.line + 1}` : '';
    const told = reason ? `: ${reason.slice(0, 100)}` : '';
    throw new Unreadable(`It is no YAML${line}${told}.`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Unreadable('It holds no mapping.');
  }
  return value;
}
