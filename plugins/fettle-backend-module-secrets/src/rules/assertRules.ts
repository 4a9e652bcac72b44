import { InputError } from '@backstage/errors';
import { RE2JS } from 're2js';
import type { Allowlist, RuleSet } from './RuleSet';

/**
 * A rule that cannot work is found at the start, not at the first scan.
 *
 * @throws InputError with the file, the rule and what is wrong with it
 */
export function assertRules(
  { rules, allowlists }: RuleSet,
  name: string,
): void {
  for (const { id, regex, path, secretGroup, ...rule } of rules) {
    const where = `${name}, rule '${id}'`;
    if (!regex && !path) {
      throw new InputError(`${where} has neither regex nor path.`);
    }
    if (path) compile(path, `${where}, path`);
    const groups = regex ? compile(regex, `${where}, regex`).groupCount() : 0;
    if (regex && secretGroup > groups) {
      throw new InputError(
        `${where} has the secretGroup ${secretGroup}, and its regex ${groups} groups.`,
      );
    }
    assertAllowlists(rule.allowlists, where);
  }
  assertAllowlists(allowlists, name);
  if (rules.length === 0) {
    throw new InputError(
      `${name} has no rules. Add some, or [extend] useDefault = true.`,
    );
  }
}

function assertAllowlists(lists: readonly Allowlist[], where: string): void {
  for (const { regexes, paths } of lists) {
    for (const one of [...regexes, ...paths]) {
      compile(one, `${where}, allowlist`);
    }
  }
}

function compile(expression: string, where: string): RE2JS {
  try {
    return RE2JS.compile(expression);
  } catch (error) {
    const told = error instanceof Error ? error.message : String(error);
    throw new InputError(
      `${where} cannot be compiled: ${told.slice(
        0,
        300,
      )}. Use the syntax of RE2, which has neither lookaround nor backreferences.`,
    );
  }
}
