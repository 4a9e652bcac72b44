import {
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Node,
  type YAMLMap,
} from 'yaml';

/** A piece of a workflow with where it stands. */
export interface Placed<T> {
  value: T;
  line: number;
}

export interface Step {
  /** By name, id, action, or number: what people call it. */
  name: string;
  line: number;
  uses?: Placed<string>;
  run?: Placed<string>;
  with: ReadonlyMap<string, Placed<string>>;
}

export interface Job {
  id: string;
  line: number;
  /** `write-all`, `read-all` or single rights; undefined where nothing is said. */
  permissions?: string | string[];
  runsOn: string[];
  /** A workflow that it calls. */
  uses?: Placed<string>;
  /** Its `secrets`, where that is one word. */
  secrets?: Placed<string>;
  steps: Step[];
}

/** A workflow, or an action of several steps, as far as rules look at it. */
export interface Workflow {
  /** What starts it; empty for an action. */
  events: string[];
  isAction: boolean;
  permissions?: string | string[];
  permissionsLine?: number;
  jobs: Job[];
  /** The values of every `env`, by name. */
  env: ReadonlyMap<string, Placed<string>>;
}

/** Aliases may make a small file large. */
const MOST_ALIASES = 100;

/** Parses a workflow; throws where it is no YAML. */
export function readWorkflow(text: string): Workflow {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) throw document.errors[0];
  // Throws where aliases are too many.
  document.toJS({ maxAliasCount: MOST_ALIASES });
  // What an alias stands for counts where it is used.
  visit(document, { Alias: (_, node) => node.resolve(document) });
  const root = document.contents;
  const lineOf = (node: unknown) =>
    lines.linePos((node as Node | undefined)?.range?.[0] ?? 0).line || 1;
  const placed = (node: unknown): Placed<string> | undefined =>
    isScalar(node)
      ? { value: String(node.value), line: lineOf(node) }
      : undefined;
  const env = new Map<string, Placed<string>>();
  const collect = (of: unknown) => {
    for (const [name, node] of pairs(get(of, 'env'))) {
      const value = placed(node);
      if (value) env.set(name, value);
    }
  };

  const readStep = (node: unknown, index: number): Step => {
    collect(node);
    const uses = placed(get(node, 'uses'));
    const name =
      placed(get(node, 'name'))?.value ??
      placed(get(node, 'id'))?.value ??
      uses?.value.replace(/@.*$/, '') ??
      `step ${index + 1}`;
    const given = pairs(get(node, 'with')).flatMap(([key, value]) => {
      const one = placed(value);
      return one ? [[key, one] as const] : [];
    });
    const run = placed(get(node, 'run'));
    return { name, line: lineOf(node), uses, run, with: new Map(given) };
  };
  const stepsOf = (of: unknown) => items(get(of, 'steps')).map(readStep);

  collect(root);
  const jobs = pairs(get(root, 'jobs')).map(([id, node]): Job => {
    collect(node);
    return {
      ...{ id, line: lineOf(node), uses: placed(get(node, 'uses')) },
      secrets: placed(get(node, 'secrets')),
      permissions: permissionsOf(get(node, 'permissions')),
      runsOn: wordsOf(get(node, 'runs-on')),
      steps: stepsOf(node),
    };
  });
  const runs = get(root, 'runs');
  if (runs) {
    const steps = stepsOf(runs);
    jobs.push({ id: 'action', line: lineOf(runs), runsOn: [], steps });
  }
  const permissions = get(root, 'permissions');
  return {
    // YAML 1.1 took `on` for true, and so do some who write it.
    events: wordsOf(get(root, 'on') ?? get(root, 'true')),
    isAction: runs !== undefined,
    permissions: permissionsOf(permissions),
    permissionsLine: permissions ? lineOf(permissions) : undefined,
    ...{ jobs, env },
  };
}

function get(node: unknown, key: string): unknown {
  return isMap(node) ? (node as YAMLMap).get(key, true) : undefined;
}

function pairs(node: unknown): [string, unknown][] {
  return isMap(node)
    ? node.items.map(({ key, value }): [string, unknown] => [
        String(isScalar(key) ? key.value : key),
        value,
      ])
    : [];
}

function items(node: unknown): unknown[] {
  return isSeq(node) ? node.items : [];
}

/** A word, a list of words, or the keys of a map. */
function wordsOf(node: unknown): string[] {
  if (isScalar(node)) return [String(node.value)];
  if (isSeq(node)) return node.items.flatMap(wordsOf);
  const labels = get(node, 'labels');
  return labels ? wordsOf(labels) : pairs(node).map(([key]) => key);
}

function permissionsOf(node: unknown): string | string[] | undefined {
  if (node === undefined) return undefined;
  if (isScalar(node)) return String(node.value ?? '');
  return pairs(node).map(
    ([right, value]) => `${right}: ${isScalar(value) ? value.value : ''}`,
  );
}
