import type { JsonObject, JsonValue } from '@backstage/types';
import { z } from 'zod';
import type {
  PlanContext,
  PlaybookStep,
  StepHost,
  StepPlan,
} from '../contracts/PlaybookStep';
import type { RepositoryTree } from '../contracts/RepositoryTree';
import { SourceError } from '../contracts/SourceError';
import type { MemoryFile } from './MemoryTree';
import { planContext } from './planContext';

const line = z.string().regex(/^[^\n]{1,500}$/);
const planSchema = z.strictObject({
  files: z
    .array(
      z.strictObject({
        path: z
          .string()
          .min(1)
          .refine(path => !/(^|\/)(\.{0,2})(\/|$)/.test(path)),
        content: z.string().nullable(),
        executable: z.boolean().optional(),
      }),
    )
    .optional(),
  actions: z
    .array(
      z.strictObject({
        ...{ summary: line, before: z.json(), after: z.json() },
        input: z.json(),
      }),
    )
    .optional(),
  obstacles: z
    .array(
      z.strictObject({
        code: z.string().regex(/^[a-z][a-z-]*$/),
        ...{ message: z.string().min(1), action: z.string().min(1) },
      }),
    )
    .optional(),
  notes: z.array(z.string().min(1)).optional(),
  unmended: z
    .array(z.strictObject({ key: z.string(), reason: z.string().min(1) }))
    .optional(),
});

/** Of a host, whatever may be called while planning. */
const READS = /^(covers|hostOf|check|find|list\w*|read\w*)$/;

/**
 * A repository in which a step has something to do, made anew for each test.
 *
 * @public
 */
export interface PlaybookStepSample<P> {
  files: Readonly<Record<string, MemoryFile>>;
  context?: Partial<PlanContext<P>>;
  /** What its actions change, as it is now. Needed by steps with actions. */
  state?: () => unknown;
}

/**
 * What every step of playbooks must keep. Call it at the top of a test file.
 *
 * @public
 */
export function playbookStepContract<P>(
  step: PlaybookStep<P>,
  options: {
    /** As they stand in `with` of a playbook. Default none. */
    parameters?: unknown;
    sample: () => PlaybookStepSample<P> | Promise<PlaybookStepSample<P>>;
  },
): void {
  const given = options.parameters ?? {};
  const contextOf = (
    { context = {} }: PlaybookStepSample<P>,
    files: Readonly<Record<string, MemoryFile>>,
    more: Partial<PlanContext<P>> = {},
  ) =>
    planContext(step.parameters.parse(given), files, {
      ...context,
      host: readOnly(context.host ?? {}),
      ...more,
    });
  const plan = async (context: PlanContext<P>) =>
    check(await step.plan(context));

  describe(`the step '${step.id}' keeps the contract`, () => {
    it('says what it is and does', () => {
      expect(step.id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
      expect(step.title.trim()).not.toBe('');
      expect(step.description).toMatch(/^[A-Z].*[.]$/s);
      for (const flag of [
        ...[step.destructive, step.idempotent, step.reversible],
      ]) {
        expect(typeof flag).toBe('boolean');
      }
      expect([undefined, 'before', 'opened', 'merged']).toContain(step.phase);
      const mends = step.mends?.(step.parameters.parse(given));
      expect([undefined, true, false]).toContain(mends);
    });

    it('describes every parameter, and refuses others', () => {
      const schema = z.toJSONSchema(step.parameters, { io: 'input' });
      expect(schema.type).toBe('object');
      expect(undescribed(schema as JsonObject)).toEqual([]);
      step.parameters.parse(given);
      const odd = { ...(given as object), 'no such key': 1 };
      expect(step.parameters.safeParse(odd).success).toBe(false);
    });

    it('plans the same each time, and changes nothing', async () => {
      const sample = await options.sample();
      const before = sample.state?.();
      const context = contextOf(sample, sample.files);
      const first = await plan(context);
      expect(first.obstacles ?? []).toEqual([]);
      const does = [...(first.files ?? []), ...(first.actions ?? [])];
      expect(does).not.toEqual([]);
      // An edit is no word to anybody.
      const onlyTells = step.mends?.(context.parameters) === false;
      expect(onlyTells ? first.files ?? [] : []).toEqual([]);
      expect(await plan(contextOf(sample, sample.files))).toEqual(first);
      expect(sample.state?.()).toEqual(before);
    });

    it('plans for an empty repository', async () => {
      const sample = await options.sample();
      const {
        obstacles = [],
        notes = [],
        ...rest
      } = await plan(contextOf(sample, {}));
      const does = [...(rest.files ?? []), ...(rest.actions ?? [])];
      const told = [...obstacles, ...notes, ...(rest.unmended ?? [])];
      // Whoever looks at it sees why nothing is done.
      expect([...does, ...told]).not.toEqual([]);
    });

    it('lets no failure of the source pass for an empty repository', async () => {
      const sample = await options.sample();
      const context = contextOf(sample, sample.files);
      const usual = await plan(context);
      const outcome = await step
        .plan({ ...context, tree: failingTree(context.tree.commit) })
        .then(
          planned => planned,
          error => error,
        );
      // One that looks at no file does the same without them.
      expect([usual, FAILURE]).toContainEqual(outcome);
    });

    it.each<[string, (text: string) => MemoryFile]>([
      ['nothing', () => ''],
      ['a half', text => text.slice(0, text.length / 2)],
      [
        'a merge that was not finished',
        text => `<<<<<<< ours\n${text}\n=======\n${text}\n>>>>>>> theirs\n`,
      ],
      ['nonsense', () => '\ufffd{{{[[["__proto__": \n\t- %%%'],
      ['an odd name', text => text.replace(/[a-z]{4,}/, '__proto__')],
      ['deep nesting', () => '{"a":['.repeat(20_000)],
      ['one long line', () => 'a'.repeat(500_000)],
      ['bytes', () => Buffer.from([0, 1, 2, 255])],
      ['a link that leads out', () => ({ symlink: '../../../etc/passwd' })],
    ])('plans for files that hold %s', async (_, change) => {
      const sample = await options.sample();
      const files = Object.fromEntries(
        Object.entries(sample.files).map(([path, file]) => [
          path,
          change(typeof file === 'string' ? file : ''),
        ]),
      );
      const outcome = await plan(contextOf(sample, files)).catch(
        error => error,
      );
      if (outcome instanceof Error && !(outcome instanceof SourceError)) {
        throw outcome;
      }
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
      for (const key of ['version', 'dependencies', 'a']) {
        expect(Object.prototype).not.toHaveProperty(key);
      }
    });

    it('applies what it planned, twice as once and back where it says so', async () => {
      const sample = await options.sample();
      const context = contextOf(sample, sample.files);
      const { actions = [] } = await plan(context);
      if (actions.length === 0) return;
      expect(step.apply).toBeInstanceOf(Function);
      expect(sample.state).toBeInstanceOf(Function);
      const host = sample.context?.host ?? {};
      const before = structuredClone(sample.state?.());
      const apply = (input: JsonValue, index: number) =>
        step.apply!({
          ...{ ...context, host, input },
          idempotencyKey: `key-${index}`,
          change: CHANGE,
          decision: DECISION,
        });
      const results = [];
      for (const [index, { input }] of actions.entries()) {
        const stored = JSON.parse(JSON.stringify(input)) as JsonValue;
        const result = await apply(stored, index);
        expect(result.message).toMatch(/^[^\n]+$/);
        results.push(result);
        if (!step.idempotent) continue;
        const after = structuredClone(sample.state?.());
        const again = await apply(stored, index);
        expect(again.state).toBe(result.state);
        expect(sample.state?.()).toEqual(after);
      }
      if (!step.rollback) return;
      expect(step.reversible).toBe(true);
      for (const [index, { input }] of [...actions.entries()].reverse()) {
        const output = results[index].output ?? null;
        await step.rollback({ ...context, host, input, output });
      }
      expect(sample.state?.()).toEqual(before);
    });
  });
}

const CHANGE = {
  ...{ id: '1', branch: 'fettle/mend/0123456789ab' },
  ...{ headCommit: 'd'.repeat(40), url: 'https://git.example.com/changes/1' },
};
const DECISION = { approved: true, actor: 'user:default/ada', reason: 'Yes.' };
const FAILURE = new SourceError('unreachable', 'No answer.', 'Try again.');

function check(plan: StepPlan): StepPlan {
  planSchema.parse(plan);
  const paths = (plan.files ?? []).map(({ path }) => path);
  expect(new Set(paths).size).toBe(paths.length);
  expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  return plan;
}

/** A host of which only what reads can be called. */
function readOnly({ changes, keeper, issues, pipelines }: StepHost): StepHost {
  return {
    changes: changes && onlyReads(changes),
    keeper: keeper && onlyReads(keeper),
    issues: issues && onlyReads(issues),
    pipelines: pipelines && onlyReads(pipelines),
  };
}

function onlyReads<T extends object>(part: T): T {
  return new Proxy(part, {
    get(target, key) {
      const value = Reflect.get(target, key, target);
      if (typeof value !== 'function') return value;
      if (READS.test(String(key))) return value.bind(target);
      return () => {
        throw new Error(`${String(key)} was called to plan`);
      };
    },
  });
}

function failingTree(commit: string): RepositoryTree {
  const fail = async () => {
    throw FAILURE;
  };
  return { commit, list: fail, read: fail, findLines: fail };
}

/** Paths of the properties of a JSON schema that say nothing of themselves. */
function undescribed(schema: JsonObject, at = ''): string[] {
  const properties = (schema.properties ?? {}) as Record<string, JsonObject>;
  return Object.entries(properties).flatMap(([name, property]) => [
    ...(property.description ? [] : [`${at}${name}`]),
    ...undescribed(property, `${at}${name}.`),
    ...(property.items
      ? undescribed(property.items as JsonObject, `${at}${name}[].`)
      : []),
  ]);
}
