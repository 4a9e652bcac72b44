import picomatch from 'picomatch';
import { z } from 'zod';

/** Globs over paths or names in config, with `**`, `*`, `?`, `{a,b}` and `[a-z]`. */
export const globsSchema = z.array(z.string().min(1).max(500)).max(100);

/** Whether a path fits one of the globs. Case does not matter; dots are letters. */
export function matcher(globs: readonly string[]): (path: string) => boolean {
  return globs.length === 0
    ? () => false
    : picomatch([...globs], { dot: true, nocase: true });
}
