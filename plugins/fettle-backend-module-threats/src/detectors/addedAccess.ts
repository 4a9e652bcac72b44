import type {
  FindingReport,
  RepositoryAccess,
  ScanProblem,
  ThreatDetector,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';

/** Each reading of a host costs calls, and who has access changes seldom. */
const AGAIN_AFTER_MS = 60 * 60_000;

const lastSchema = z.object({
  maintainers: z
    .array(z.object({ id: z.string(), name: z.string(), level: z.string() }))
    .optional(),
  deployKeys: z
    .array(
      z.object({ id: z.string(), title: z.string(), canWrite: z.boolean() }),
    )
    .optional(),
});
const memorySchema = z.object({
  askedAt: z.number(),
  last: lastSchema,
  /** Those that had access ever since, by id; left out where they were never shown. */
  people: z.array(z.string()).optional(),
  keys: z.array(z.string()).optional(),
});
type Memory = z.output<typeof memorySchema>;

/** A person or a key got access that it did not have. */
export const addedAccess: ThreatDetector = {
  id: 'added-access',
  title: 'Added access',
  version: 1,
  async detect({ access, memory, now }) {
    const parsed = memorySchema.safeParse(memory);
    const before = parsed.success ? parsed.data : undefined;
    const isFresh =
      before && Math.abs(now.getTime() - before.askedAt) < AGAIN_AFTER_MS;
    const last = isFresh ? before.last : await access();
    if (!last) return undefined;
    const { maintainers, deployKeys } = last;
    if (!before && !maintainers && !deployKeys) return undefined;
    const people = before?.people ?? maintainers?.map(({ id }) => id);
    const keys = before?.keys ?? deployKeys?.map(({ id }) => id);
    return {
      memory: {
        askedAt: isFresh ? before.askedAt : now.getTime(),
        last: lastSchema.parse(last),
        people: still(people, maintainers),
        keys: still(keys, deployKeys),
      } satisfies Memory,
      findings: [
        ...added(people, maintainers).map(ofPerson),
        ...added(keys, deployKeys).map(ofKey),
      ],
      problems: [
        ...unseen('may maintain the repository', people, maintainers),
        ...unseen('has a deploy key', keys, deployKeys),
      ],
    };
  },
};

type Person = NonNullable<RepositoryAccess['maintainers']>[number];
type Key = NonNullable<RepositoryAccess['deployKeys']>[number];

function added<T extends { id: string }>(
  known: string[] | undefined,
  now: readonly T[] | undefined,
): T[] {
  return now?.filter(({ id }) => known && !known.includes(id)) ?? [];
}

/** Who lost access has to be given it anew. */
function still(
  known: string[] | undefined,
  now: readonly { id: string }[] | undefined,
): string[] | undefined {
  if (!now) return known;
  return known?.filter(one => now.some(({ id }) => id === one));
}

function unseen(
  what: string,
  known: string[] | undefined,
  now: readonly unknown[] | undefined,
): ScanProblem[] {
  if (!known || now) return [];
  return [
    {
      path: null,
      message: `The host does not show who ${what}; it did before.`,
      action: 'Give its credentials the right to see that again.',
    },
  ];
}

function ofPerson({ id, name, level }: Person): FindingReport {
  return {
    ...COMMON,
    rule: 'maintainer-added',
    title: 'A maintainer was added',
    severity: 'medium',
    keys: [`maintainer-added:${id}`],
    message: `${name} is ${level}, and was not before.`,
  };
}

function ofKey({ id, title, canWrite }: Key): FindingReport {
  return {
    ...COMMON,
    rule: 'deploy-key-added',
    title: canWrite
      ? 'A deploy key that may write was added'
      : 'A deploy key was added',
    severity: canWrite ? 'high' : 'low',
    keys: [`deploy-key-added:${id}`],
    message: `The key '${title}' may ${canWrite ? 'write' : 'read'}.`,
  };
}

const COMMON = {
  kind: 'threat' as const,
  path: null,
  description:
    'Access that nobody asked for is how others come to change what a repository delivers.',
  fix: 'Ask who gave it, and why. Take it back; if it was meant, accept it.',
};
