import type { Severity } from 'backstage-plugin-fettle-common';
import { RE2JS } from 're2js';
import type { Rule, RuleSet } from '../rules/RuleSet';
import { Allowances } from './Allowances';
import { Keywords } from './Keywords';

/** A rule, ready to be used. */
export interface CompiledRule {
  rule: Rule;
  regex?: RE2JS;
  path?: RE2JS;
  allowances: Allowances;
  severity: Severity;
  /** False where people have to look. */
  certain: boolean;
  /** One of last resort: what another rule finds in its place is told instead. */
  generic: boolean;
  /** Its secrets are in one line with a keyword; the rest of a file need not be read. */
  byLine: boolean;
}

const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;

/** A rule set, ready to be used. */
export class CompiledRules {
  /** The most specific first. */
  readonly rules: readonly CompiledRule[];
  readonly allowances: Allowances;
  readonly keywords: Keywords;
  /** By the number of a keyword: the numbers of its rules. */
  readonly rulesOfKeyword: readonly (readonly number[])[];
  /** Rules for any file. */
  readonly always: readonly number[];

  constructor(set: RuleSet) {
    this.rules = set.rules
      .map(compileRule)
      .sort((a, b) => Number(a.generic) - Number(b.generic));
    this.allowances = new Allowances(set.allowlists);
    const words = new Map<string, number[]>();
    const always: number[] = [];
    this.rules.forEach(({ rule: { keywords } }, index) => {
      if (!isFiltered(keywords)) always.push(index);
      else {
        for (const word of new Set(keywords)) {
          words.set(word, [...(words.get(word) ?? []), index]);
        }
      }
    });
    this.keywords = new Keywords([...words.keys()]);
    this.rulesOfKeyword = [...words.values()];
    this.always = always;
  }
}

function compileRule(rule: Rule): CompiledRule {
  const severity = SEVERITIES.find(one => one === severityOf(rule.tags));
  return {
    rule,
    regex: rule.regex ? RE2JS.compile(rule.regex) : undefined,
    path: rule.path ? RE2JS.compile(rule.path) : undefined,
    allowances: new Allowances(rule.allowlists),
    severity: severity ?? 'high',
    certain: !rule.tags.includes('uncertain'),
    generic: rule.id.toLowerCase().includes('generic'),
    byLine: rule.tags.includes('by-line') && isFiltered(rule.keywords),
  };
}

function severityOf(tags: readonly string[]): string | undefined {
  const prefix = 'severity:';
  return tags.find(tag => tag.startsWith(prefix))?.slice(prefix.length);
}

/** Words of other alphabets have cases that are not looked at here: their rules are for any file. */
function isFiltered(keywords: readonly string[]): boolean {
  return (
    keywords.length > 0 && keywords.every(word => /^\p{ASCII}+$/u.test(word))
  );
}
