import type {
  FindingReport,
  Scan,
  ScanProblem,
} from 'backstage-plugin-fettle-node';
import type { RuleSet } from '../rules/RuleSet';
import { CompiledRules } from './CompiledRules';
import { findSecrets } from './findSecrets';
import { reportNames, reportSecrets } from './reportSecrets';

/** What the scanner gives its program. */
export interface SecretsOptions {
  rules: RuleSet;
  /** Only told so that a change of it has every repository scanned again. */
  allowPaths: readonly string[];
}

/** Of one file; more of them are data, and would hide all else. */
const MOST_FINDINGS = 100;

/** Looks for secrets in each file. */
export const scan: Scan = ({ files, options, key }) => {
  const { rules } = options as SecretsOptions;
  const compiled = compileOnce(rules);
  const findings: FindingReport[] = [];
  const problems: ScanProblem[] = [];
  for (const file of files) {
    if (compiled.allowances.allowFile(file.path, file.commit)) continue;
    const found = reportSecrets(file, findSecrets(file, compiled), key);
    const reports = [...reportNames(file, compiled.rules), ...found];
    for (const one of reports.slice(0, MOST_FINDINGS)) findings.push(one);
    if (reports.length > MOST_FINDINGS)
      problems.push(tooMany(file.path, reports.length));
  }
  return { findings, problems };
};

function tooMany(path: string, count: number): ScanProblem {
  return {
    path,
    message: `It has ${count} secrets, or what looks like them; the first ${MOST_FINDINGS} are shown.`,
    action:
      'If they are none, add the file to fettle.secrets.allowPaths; otherwise rotate them all.',
  };
}

let last: { text: string; compiled: CompiledRules } | undefined;

/** The process is used again for other repositories, with the same rules. */
function compileOnce(rules: RuleSet): CompiledRules {
  const text = JSON.stringify(rules);
  if (last?.text !== text) last = { text, compiled: new CompiledRules(rules) };
  return last.compiled;
}
