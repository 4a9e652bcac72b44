import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { assertRules } from './assertRules';
import { extendRules } from './extendRules';
import { readRulesFile } from './readRulesFile';
import type { RuleSet } from './RuleSet';

// As deep as gitleaks follows them.
const MOST_EXTENSIONS = 2;

interface Loaded {
  rules: RuleSet;
  /** What is odd, and can be left out. */
  warnings: string[];
}

/**
 * The rules of a file with those that it extends, or the ones that come with
 * the module.
 *
 * @throws InputError with the file, the rule and what is wrong with it
 */
export async function loadRules(path?: string): Promise<Loaded> {
  const loaded =
    path === undefined
      ? await loadOwnRules()
      : await loadFile(resolve(path), 'fettle.secrets.rules', 0);
  assertRules(loaded.rules, path ?? 'The rules of the module');
  return loaded;
}

async function loadOwnRules(): Promise<Loaded> {
  const folder = resolvePackagePath(
    'backstage-plugin-fettle-backend-module-secrets',
    'rules',
  );
  let rules: RuleSet = { rules: [], allowlists: [] };
  for (const name of (await readdir(folder)).sort()) {
    const file = readRulesFile(
      await readFile(join(folder, name), 'utf8'),
      name,
    );
    ({ rules } = extendRules(file, name, rules));
  }
  return { rules, warnings: [] };
}

async function loadFile(
  path: string,
  askedBy: string,
  depth: number,
): Promise<Loaded> {
  if (depth > MOST_EXTENSIONS) {
    throw new InputError(
      `${askedBy} extends ${path}, which is more than ${MOST_EXTENSIONS} files deep. Join some of them.`,
    );
  }
  const file = readRulesFile(await readText(path, askedBy), path);
  const { usedefault, path: below } = file.extend;
  let base: Loaded | undefined;
  if (usedefault) base = await loadOwnRules();
  else if (below) {
    base = await loadFile(resolve(dirname(path), below), path, depth + 1);
  }
  const { rules, warnings } = extendRules(file, path, base?.rules);
  return { rules, warnings: [...(base?.warnings ?? []), ...warnings] };
}

async function readText(path: string, askedBy: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as { code?: string };
    throw new InputError(
      `${askedBy} names ${path}, which cannot be read (${code}). Give the path of a file with rules in gitleaks's format.`,
    );
  }
}
