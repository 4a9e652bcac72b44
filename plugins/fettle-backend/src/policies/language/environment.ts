import { Environment } from '@marcbachmann/cel-js';
import {
  PROBLEM_VARIABLES,
  TYPES,
  VARIABLES,
  fieldsOf,
  type ProblemVariable,
  type TypeName,
  type VariableName,
} from './words';

/** What an expression may look like: more than anyone writes by hand. */
const LIMITS = {
  maxAstNodes: 1_000,
  maxDepth: 40,
  maxListElements: 500,
  maxMapEntries: 100,
  maxCallArguments: 16,
};

/** An object of one of the types; what is not known is absent. */
export type Typed = Readonly<Record<string, unknown>>;

const CLASSES = Object.fromEntries(
  Object.keys(TYPES).map(name => [name, class {} as new () => object]),
) as Record<TypeName, new () => object>;

/** Makes an object of a type. Null and undefined leave a field out. */
export function make(
  type: TypeName,
  fields: Readonly<Record<string, unknown>>,
): Typed {
  const made = new CLASSES[type]() as Record<string, unknown>;
  for (const [name, value] of Object.entries(fields)) {
    if (value !== null && value !== undefined) made[name] = value;
  }
  return made;
}

function createEnvironment(names: readonly AnyVariable[]): Environment {
  const environment = new Environment({ limits: LIMITS });
  // A type is registered before those that name it.
  const order: TypeName[] = ['Scan', 'Repository', 'Entity'];
  for (const type of new Set([...order, ...Object.keys(TYPES)])) {
    environment.registerType(type, {
      ctor: CLASSES[type as TypeName],
      fields: fieldsOf(type as TypeName),
    });
  }
  for (const name of names) {
    environment.registerVariable(name, KNOWN[name][0]);
  }
  return environment;
}

type AnyVariable = VariableName | ProblemVariable;

const KNOWN = { ...VARIABLES, ...PROBLEM_VARIABLES };
const ALL = Object.keys(VARIABLES) as VariableName[];
const OF_SCOPE: VariableName[] = ['repository', 'entities', 'now'];

/** What conditions are written in. */
export const CONDITIONS = createEnvironment(ALL);

/** What the `when` of a scope is written in: who a repository is, not how it stands. */
export const SCOPES = createEnvironment(OF_SCOPE);

/** What the conditions of playbooks are written in, by the variable of their trigger. */
const PLAYBOOKS = Object.fromEntries(
  (Object.keys(PROBLEM_VARIABLES) as ProblemVariable[]).map(name => [
    name,
    createEnvironment([name, ...OF_SCOPE]),
  ]),
) as Record<ProblemVariable, Environment>;

/** What the condition of a playbook is written in: no problem of another kind can be named. */
export function conditionsOf(variable: ProblemVariable | null): Environment {
  return variable === null ? SCOPES : PLAYBOOKS[variable];
}

export function variablesOf(environment: Environment): AnyVariable[] {
  return (Object.keys(KNOWN) as AnyVariable[]).filter(name =>
    environment.hasVariable(name),
  );
}
