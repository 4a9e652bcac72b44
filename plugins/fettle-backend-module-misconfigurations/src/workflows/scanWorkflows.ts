import type {
  FindingReport,
  Scan,
  ScanProblem,
} from 'backstage-plugin-fettle-node';
import { toReports } from '../Rule';
import { WORKFLOW_RULES } from './rules';
import { readWorkflow } from './Workflow';

/** Holds each workflow against every rule. */
export const scan: Scan = ({ files }) => {
  const findings: FindingReport[] = [];
  const problems: ScanProblem[] = [];
  for (const { path, text } of files) {
    try {
      const workflow = readWorkflow(text);
      for (const rule of WORKFLOW_RULES) {
        findings.push(...toReports(rule, workflow, path));
      }
    } catch (error) {
      const told = error instanceof Error ? error.message.split('\n')[0] : '';
      problems.push({
        path,
        message: `It is no YAML that can be read: ${told.slice(0, 200)}`,
        action: 'Correct the file; its host cannot run it either.',
      });
    }
  }
  return { findings, problems };
};
