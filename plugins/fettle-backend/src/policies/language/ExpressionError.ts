import { InputError } from '@backstage/errors';
import type { SourceRange } from '@marcbachmann/cel-js';
import { TYPES, VARIABLES, fieldsOf, type TypeName } from './words';

/** An expression that is wrong: where, and what there is instead. */
export class ExpressionError extends InputError {
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
  variables: readonly string[],
): string | undefined {
  if (code === 'unknown_variable') {
    return `There is: ${variables.join(', ')}.`;
  }
  const [, field] = /^No such key: (.+)$/.exec(summary) ?? [];
  if (field === undefined) return undefined;
  const names = Object.keys(TYPES).flatMap(type =>
    Object.keys(fieldsOf(type as TypeName)),
  );
  const list = Object.keys(TYPES)
    .map(type => `  ${type}: ${fieldNames(type as TypeName)}`)
    .join('\n');
  const lists = Object.entries(VARIABLES)
    .map(([name, [type]]) => `${name} is ${type}`)
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
