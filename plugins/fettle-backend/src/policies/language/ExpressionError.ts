import { InputError } from '@backstage/errors';
import type { SourceRange } from '@marcbachmann/cel-js';
import {
  PROBLEM_VARIABLES,
  VARIABLES,
  fieldsOf,
  typesOf,
  type Fields,
  type ProblemVariable,
  type TypeName,
  type VariableName,
} from './words';

/** An expression that is wrong: where, and what there is instead. */
export class ExpressionError extends InputError {
  /** Of the expression; first line is 1. */
  readonly line: number;

  constructor(
    /** Whose expression it is, for example `The condition of the policy 'x'`. */
    whose: string,
    given: {
      expression: string;
      problem: string;
      range?: SourceRange;
      hint?: string;
    },
  ) {
    const { expression, problem, range, hint } = given;
    const where = range ? place(expression, range) : `\n  ${expression}`;
    super(`${whose} is wrong: ${problem}.${where}${hint ? `\n${hint}` : ''}`);
    this.line = expression.slice(0, range?.start ?? 0).split('\n').length;
  }
}

function place(expression: string, { start, end }: SourceRange): string {
  const before = expression.slice(0, start).split('\n');
  const line = expression.split('\n')[before.length - 1];
  const column = before[before.length - 1].length;
  const width = Math.max(1, Math.min(end - start, line.length - column));
  const at = `line ${before.length}, column ${column + 1}`;
  return ` At ${at}:\n  ${line}\n  ${' '.repeat(column)}${'^'.repeat(width)}`;
}

/** What there is, for a problem that the type checker tells of. */
export function hintFor(
  code: string,
  summary: string,
  variables: readonly (VariableName | ProblemVariable)[],
): string | undefined {
  if (code === 'unknown_variable') {
    return `There is: ${variables.join(', ')}.`;
  }
  const [, field] = /^No such key: (.+)$/.exec(summary) ?? [];
  if (field === undefined) return undefined;
  const types = typesOf(variables);
  const names = types.flatMap(type => Object.keys(fieldsOf(type)));
  const list = types.map(type => `  ${type}: ${fieldNames(type)}`).join('\n');
  const known: Fields = { ...VARIABLES, ...PROBLEM_VARIABLES };
  const lists = variables
    .map(name => `${name} is ${known[name][0]}`)
    .join(', ');
  return `${meant(field, names)}There is (${lists}):\n${list}`;
}

/** Asks for the name that a wrong one is nearest to; empty where none is near. */
export function meant(wrong: string, names: readonly string[]): string {
  const [like] = names
    .map(name => ({
      name,
      distance: distance(name.toLowerCase(), wrong.toLowerCase()),
    }))
    .filter(one => one.distance <= 2)
    .sort((a, b) => a.distance - b.distance);
  return like ? `Did you mean '${like.name}'? ` : '';
}

function fieldNames(type: TypeName): string {
  return Object.keys(fieldsOf(type)).join(', ');
}

/** How many letters differ. */
function distance(a: string, b: string): number {
  let row = [...Array(b.length + 1).keys()];
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, row[j] + 1, next[j - 1] + 1));
    }
    row = next;
  }
  return row[b.length];
}
