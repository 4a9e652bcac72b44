import type { FindingReport } from 'backstage-plugin-fettle-node';
import { createSecretsScanner } from '../createSecretsScanner';
import { extendRules } from '../rules/extendRules';
import { readRulesFile } from '../rules/readRulesFile';
import type { RuleSet } from '../rules/RuleSet';
import { runScan } from 'backstage-plugin-fettle-node/testUtils';

/** Rules as a file of its own has them. */
export function rulesOf(toml: string): RuleSet {
  return extendRules(readRulesFile(toml, 'rules.toml'), 'rules.toml').rules;
}

/** What these rules find in one file. */
export async function findWith(
  rules: RuleSet,
  text: string,
  path = 'config.txt',
): Promise<readonly FindingReport[]> {
  const { findings, problems } = await runScan(createSecretsScanner(rules), {
    [path]: text,
  });
  expect(problems).toEqual([]);
  return findings ?? [];
}
