import type {
  FindingReport,
  ThreatDetector,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';

/** Older ones are forgotten: what is still wanted of them would have been asked for. */
const MOST_LOST = 20;

const memorySchema = z.object({
  branch: z.string().nullable(),
  head: z.string(),
  /** Heads that the default branch had and has not in its history now. */
  lost: z.array(z.object({ head: z.string(), by: z.string() })),
});
type Memory = z.output<typeof memorySchema>;

/** Commits were taken out of the default branch: a push by force. */
export const rewrittenHistory: ThreatDetector = {
  id: 'rewritten-history',
  title: 'Rewritten history',
  version: 1,
  async detect({ snapshot, commit, memory, contains }) {
    const parsed = memorySchema.safeParse(memory);
    const before = parsed.success ? parsed.data : undefined;
    const branch = snapshot.defaultBranch;
    const lost: Memory['lost'] = [];
    // Of a cut history nobody can say what it has.
    if (snapshot.shallow) {
      if (!before) return undefined;
      return { memory: before, findings: [], problems: [cut()] };
    }
    for (const one of before?.lost ?? []) {
      const has = await contains(one.head);
      if (has === undefined) return undefined;
      if (!has) lost.push(one);
    }
    // Another default branch has another history.
    if (before && before.branch === branch && before.head !== commit) {
      const has = await contains(before.head);
      if (has === undefined) return undefined;
      const isKnown = lost.some(({ head }) => head === before.head);
      if (!has && !isKnown) lost.push({ head: before.head, by: commit });
    } else if (!before && (await contains(commit)) === undefined) {
      return undefined;
    }
    const kept = lost.slice(-MOST_LOST);
    return {
      memory: { branch, head: commit, lost: kept } satisfies Memory,
      findings: kept.map(one => toFinding(one, branch)),
    };
  },
};

function toFinding(
  { head, by }: Memory['lost'][number],
  branch: string | null,
): FindingReport {
  return {
    kind: 'threat',
    rule: 'history-rewritten',
    title: 'History of the default branch was rewritten',
    severity: 'medium',
    path: null,
    keys: [`history-rewritten:${head}`],
    message: `${branch ?? 'The default branch'} led to ${short(
      head,
    )}, which ${short(by)} took out of its history.`,
    description:
      'A push by force removes commits that others may have built on, reviewed or released, and can hide what was there.',
    fix: `Ask who pushed, and why. To undo it, bring ${short(
      head,
    )} back into the branch; if it was meant, accept it.`,
  };
}

function short(commit: string): string {
  return commit.slice(0, 8);
}

function cut() {
  return {
    path: null,
    message: 'The source holds only a part of the history now.',
    action: 'Fetch the whole history, so that it can be compared.',
  };
}
