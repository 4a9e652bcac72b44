import type { VerdictStatus } from 'backstage-plugin-fettle-common';
import type {
  Check,
  CheckResult,
  FactCollector,
  FactInput,
  RepositorySnapshot,
} from 'backstage-plugin-fettle-node';
import {
  factInput,
  type MemoryFile,
} from 'backstage-plugin-fettle-node/testUtils';

const NOW = new Date('2026-06-01T12:00:00Z');

/** Collects a check's one fact from files and judges it. */
export async function judge(
  collector: FactCollector<any>,
  check: Check<any, any>,
  files: Record<string, MemoryFile>,
  options: { parameters?: object; input?: Partial<FactInput> } = {},
): Promise<CheckResult> {
  const value = await collector.collect(factInput(files, options.input));
  const [[name, ref]] = Object.entries<any>(check.facts);
  return check.evaluate({
    facts: { [name]: ref.schema.parse(JSON.parse(JSON.stringify(value))) },
    parameters: check.parameters.parse(options.parameters ?? {}),
    now: NOW,
  });
}

/** A snapshot whose default branch was committed to so many days ago. */
export function snapshotOf(
  options: {
    daysAgo?: number;
    branches?: { name: string; daysAgo: number; merged?: boolean }[];
    branchCount?: number;
  } = {},
): RepositorySnapshot {
  const { daysAgo = 1, branches = [] } = options;
  const at = (days: number) =>
    new Date(NOW.getTime() - days * 24 * 60 * 60 * 1000).toISOString();
  const commit = 'a'.repeat(40);
  const all = [
    { name: 'main', commit, committedAt: at(daysAgo) },
    ...branches.map(({ name, daysAgo: days, merged }) => ({
      name,
      commit,
      committedAt: at(days),
      merged,
    })),
  ];
  return {
    defaultBranch: 'main',
    head: { commit, committedAt: at(daysAgo), author: 'Ada', subject: 'Work' },
    branches: all,
    branchCount: options.branchCount ?? all.length,
    recent: { commits: 3, authors: 2 },
    shallow: false,
  };
}

const RANK: Record<VerdictStatus, number> = {
  fail: 0,
  unknown: 1,
  warn: 2,
  pass: 3,
  'not-applicable': 3,
};

/** How good a verdict is, to compare two. What does not apply has no defect. */
export function goodness(result: CheckResult): number {
  return RANK[result.status];
}
