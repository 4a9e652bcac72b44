/** What a source file of the demo knows: one line for each commit that touched it. */
export interface Rule {
  since: string;
  text: string;
}

/** How one language writes a table of rules. */
export interface RuleLanguage {
  path(topic: string): string;
  source(topic: string, rules: Rule[]): string;
}

export const typescriptRules = (folder: string): RuleLanguage => ({
  path: topic => `${folder}/${topic}.ts`,
  source: (topic, rules) =>
    `import type { Rule } from './Rule';

/** What was learned about ${words(topic)}, newest last. */
export const rules: Rule[] = [
${rules.map(r => `  { since: '${r.since}', text: '${r.text}' },`).join('\n')}
];
`,
});

export const pythonRules = (folder: string): RuleLanguage => ({
  path: topic => `${folder}/${snake(topic)}.py`,
  source: (topic, rules) =>
    `"""What was learned about ${words(topic)}, newest last."""

RULES = [
${rules.map(r => `    ("${r.since}", "${r.text}"),`).join('\n')}
]
`,
});

export const goRules = (folder: string): RuleLanguage => ({
  path: topic => `${folder}/${snake(topic)}.go`,
  source: (topic, rules) =>
    `package proxy

// ${pascal(topic)} is what was learned about ${words(topic)}, newest last.
var ${pascal(topic)} = []Rule{
${rules.map(r => `\t{Since: "${r.since}", Text: "${r.text}"},`).join('\n')}
}
`,
});

export const javaRules = (folder: string, pkg: string): RuleLanguage => ({
  path: topic => `${folder}/${pascal(topic)}.java`,
  source: (topic, rules) =>
    `package ${pkg};

import java.util.List;

/** What was learned about ${words(topic)}, newest last. */
final class ${pascal(topic)} {
  static final List<Rule> RULES = List.of(
${rules.map(r => `      new Rule("${r.since}", "${r.text}")`).join(',\n')});
}
`,
});

export const rustRules = (folder: string): RuleLanguage => ({
  path: topic => `${folder}/${snake(topic)}.rs`,
  source: (topic, rules) =>
    `//! What was learned about ${words(topic)}, newest last.

use crate::rule::Rule;

pub const RULES: &[Rule] = &[
${rules
  .map(r => `    Rule { since: "${r.since}", text: "${r.text}" },`)
  .join('\n')}
];
`,
});

function words(topic: string): string {
  return topic.replace(/-/g, ' ');
}

function snake(topic: string): string {
  return topic.replace(/-/g, '_');
}

function pascal(topic: string): string {
  return topic.replace(/(^|-)(\w)/g, (_, __, letter) => letter.toUpperCase());
}
