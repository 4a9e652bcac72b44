import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

const GENERATED = new Set(['node_modules', 'dist', 'dist-types', 'coverage']);

/**
 * One hash over the names and contents of files, folders included, so that work
 * which depends on them is only done again when one of them changed. What is
 * missing or generated is left out.
 */
export function hashFiles(root, paths, accept = () => true) {
  const hash = createHash('sha256');
  const add = path => {
    const stat = statSync(path);
    if (stat.isDirectory()) {
      for (const name of readdirSync(path).sort()) {
        if (!GENERATED.has(name)) {
          add(join(path, name));
        }
      }
    } else if (accept(path)) {
      hash.update(`${relative(root, path)}\0${stat.size}\0`);
      hash.update(readFileSync(path));
    }
  };
  for (const path of paths) {
    if (existsSync(join(root, path))) {
      add(join(root, path));
    }
  }
  return hash.digest('hex');
}
