import type {
  FindingReport,
  RepositorySnapshot,
  ScanProblem,
  ThreatDetector,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';

type Protection = NonNullable<RepositorySnapshot['protection']>;

/** The strongest that was seen, field by field; `forcePushes` and `deletions`: whether they are let through. */
const memorySchema = z.object({
  protected: z.boolean(),
  reviews: z.number().optional(),
  requiredChecks: z.array(z.string()).optional(),
  forcePushes: z.boolean().optional(),
  deletions: z.boolean().optional(),
});
type Memory = z.output<typeof memorySchema>;

/** What protected the default branch protects it less. */
export const weakenedProtection: ThreatDetector = {
  id: 'weakened-protection',
  title: 'Weakened protection',
  version: 2,
  async detect({ snapshot, memory }) {
    const parsed = memorySchema.safeParse(memory);
    const best: Memory = parsed.success ? parsed.data : { protected: false };
    const now = snapshot.protection;
    if (!now) {
      if (!parsed.success) return undefined;
      return { memory: best, findings: [], problems: [unseen('at all')] };
    }
    const findings = !now.protected
      ? removed(best)
      : [...reviews(best, now), ...checks(best, now), ...writes(best, now)];
    return {
      memory: strongest(best, now),
      findings,
      problems: now.protected ? hidden(best, now) : [],
    };
  },
};

function removed(best: Memory): FindingReport[] {
  if (!best.protected) return [];
  return [
    finding({
      rule: 'protection-removed',
      title: 'Protection of the default branch was removed',
      severity: 'high',
      message: 'The default branch was protected, and is not any more.',
      was: best,
    }),
  ];
}

function reviews(best: Memory, now: Protection): FindingReport[] {
  const was = best.reviews ?? 0;
  const is = now.reviews;
  if (is === undefined || is >= was) return [];
  return [
    finding({
      rule: 'reviews-lowered',
      title: 'Fewer reviews are asked for',
      severity: is === 0 ? 'high' : 'medium',
      message: `A change needed ${was} ${
        was === 1 ? 'review' : 'reviews'
      }, and needs ${is} now.`,
      was: { reviews: was },
    }),
  ];
}

function checks(best: Memory, now: Protection): FindingReport[] {
  const is = now.requiredChecks;
  if (!is) return [];
  const gone = (best.requiredChecks ?? []).filter(name => !is.includes(name));
  return gone.map(name => ({
    ...finding({
      rule: 'required-check-removed',
      title: 'A required check was removed',
      severity: 'medium',
      message: `'${name}' had to pass before a change was merged, and does not have to any more.`,
      // With those that came later: all of them are set at once.
      was: { requiredChecks: strongest(best, now).requiredChecks },
    }),
    keys: [`required-check-removed:${name}`],
  }));
}

function writes(best: Memory, now: Protection): FindingReport[] {
  const found: FindingReport[] = [];
  if (best.forcePushes === false && now.forcePushes === true) {
    found.push(
      finding({
        rule: 'force-pushes-allowed',
        title: 'Pushes by force are allowed',
        severity: 'high',
        message: 'The default branch could not be rewritten, and can be now.',
        was: { forcePushes: false },
      }),
    );
  }
  if (best.deletions === false && now.deletions === true) {
    found.push(
      finding({
        rule: 'deletion-allowed',
        title: 'The default branch may be deleted',
        severity: 'medium',
        message: 'The default branch could not be deleted, and can be now.',
        was: { deletions: false },
      }),
    );
  }
  return found;
}

function finding({
  was,
  ...given
}: Pick<FindingReport, 'rule' | 'title' | 'severity' | 'message'> & {
  was: Partial<Memory>;
}): FindingReport {
  return {
    ...{ ...given, was: { protection: was } },
    kind: 'threat',
    path: null,
    keys: [given.rule],
    description:
      'Who weakens a protection can bring in what nobody looked at, or take out what was there.',
    fix: 'Ask who changed it, and why. Set it as it was; if it was meant, accept it.',
  };
}

/** Each field as strong as it ever was; what is hidden now keeps what was known. */
function strongest(best: Memory, now: Protection): Memory {
  const most = Math.max(best.reviews ?? 0, now.reviews ?? 0);
  const names = new Set([
    ...(best.requiredChecks ?? []),
    ...(now.requiredChecks ?? []),
  ]);
  const allows = (field: 'forcePushes' | 'deletions') => {
    const told = [best[field], now[field]].filter(one => one !== undefined);
    return told.length > 0 ? { [field]: !told.includes(false) } : {};
  };
  return {
    protected: best.protected || now.protected,
    ...(most > 0 ? { reviews: most } : {}),
    ...(names.size > 0 ? { requiredChecks: [...names].sort() } : {}),
    ...allows('forcePushes'),
    ...allows('deletions'),
  };
}

/** What was known of the protection once, and is not told any more. */
function hidden(best: Memory, now: Protection): ScanProblem[] {
  const fields = ['reviews', 'requiredChecks', 'forcePushes', 'deletions'];
  const gone = (fields as (keyof Memory & keyof Protection)[]).filter(
    field => best[field] !== undefined && now[field] === undefined,
  );
  return gone.length > 0 ? [unseen(`(${gone.join(', ')})`)] : [];
}

function unseen(what: string): ScanProblem {
  return {
    path: null,
    message: `The host does not show how the default branch is protected ${what}; it did before.`,
    action: 'Give its credentials the right to read settings again.',
  };
}
