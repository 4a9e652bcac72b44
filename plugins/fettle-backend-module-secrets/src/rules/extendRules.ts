import { InputError } from '@backstage/errors';
import type { Allowlist, Rule, RuleSet } from './RuleSet';
import type { RulesFile } from './rulesFileSchema';

const NOTHING: RuleSet = { rules: [], allowlists: [] };

/**
 * The rules of a file over those that it extends: what it says of a rule that
 * is there replaces that, lists are joined.
 *
 * @throws InputError for an allowlist of a rule that is nowhere
 */
export function extendRules(
  file: RulesFile,
  name: string,
  base: RuleSet = NOTHING,
): { rules: RuleSet; warnings: string[] } {
  const disabled = new Set(file.extend.disabledrules);
  const warnings = [...disabled]
    .filter(id => !base.rules.some(rule => rule.id === id))
    .map(id => `${name} disables the rule '${id}', which there is not.`);
  const rules = new Map<string, Rule>(
    base.rules
      .filter(({ id }) => !disabled.has(id))
      .map(rule => [rule.id, rule]),
  );
  for (const { skipReport, ...own } of file.rules) {
    const below = rules.get(own.id);
    if (skipReport) rules.delete(own.id);
    else rules.set(own.id, below ? extendRule(own, below) : own);
  }
  const allowlists: Allowlist[] = [];
  for (const { targetRules, ...allowlist } of file.allowlists) {
    if (targetRules.length === 0) allowlists.push(allowlist);
    for (const id of targetRules) {
      const rule = rules.get(id);
      if (!rule) {
        throw new InputError(
          `${name} has an allowlist for the rule '${id}', which there is not.`,
        );
      }
      rules.set(id, { ...rule, allowlists: [...rule.allowlists, allowlist] });
    }
  }
  return {
    rules: {
      rules: [...rules.values()],
      allowlists: [...base.allowlists, ...allowlists],
    },
    warnings,
  };
}

function extendRule(own: Rule, below: Rule): Rule {
  return {
    id: own.id,
    description: own.description || below.description,
    regex: own.regex ?? below.regex,
    path: own.path ?? below.path,
    entropy: own.entropy || below.entropy,
    secretGroup: own.secretGroup || below.secretGroup,
    // The first of two tags that contradict each other counts.
    tags: [...own.tags, ...below.tags],
    keywords: [...below.keywords, ...own.keywords],
    allowlists: [...below.allowlists, ...own.allowlists],
  };
}
