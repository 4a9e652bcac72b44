import type { ASTNode, SourceRange } from '@marcbachmann/cel-js';
import { meant } from './ExpressionError';
import { allNodes } from './walk';
import { TYPES, valuesOf, type TypeName } from './words';

/** A comparison that can only come out one way, as an ExpressionError tells of it. */
export interface WrongLiteral {
  problem: string;
  range: SourceRange;
  hint: string;
}

/**
 * Finds the first text that a field is compared with by `==`, `!=` or `in`
 * and that it never has. Only of an expression whose types were checked.
 */
export function findWrongLiteral(ast: ASTNode): WrongLiteral | undefined {
  for (const [one, other] of allNodes(ast).flatMap(comparedBy)) {
    const field = closedField(one);
    if (!field || other.op !== 'value') continue;
    const { args: literal, range } = other;
    const { of, name, values } = field;
    if (typeof literal !== 'string' || values.includes(literal)) continue;
    return {
      problem: `the field '${name}' of ${of} is never ${JSON.stringify(
        literal,
      )}`,
      range,
      hint: `${meant(literal, values)}There is: ${values.join(', ')}.`,
    };
  }
  return undefined;
}

/** What a node compares with each other, in both orders. */
function comparedBy(node: ASTNode): [ASTNode, ASTNode][] {
  if (node.op !== '==' && node.op !== '!=' && node.op !== 'in') return [];
  const [left, right] = node.args;
  const inList = right.op === 'list' ? right.args : [];
  const rights = node.op === 'in' ? inList : [right];
  return rights.flatMap((one): [ASTNode, ASTNode][] => [
    [left, one],
    [one, left],
  ]);
}

/** A field of which all values are known: `f.state`, or `f["state"]`. */
function closedField(node: ASTNode) {
  if (node.op !== '.' && node.op !== '[]') return undefined;
  const [object, key] = node.args;
  const name = typeof key === 'string' ? key : key.op === 'value' && key.args;
  const of = checkedTypeOf(object);
  if (typeof name !== 'string' || !of) return undefined;
  const values = valuesOf(of, name);
  return values && { of, name, values };
}

/** The type checker leaves on each node what it found; the library's types do not tell. */
function checkedTypeOf(node: ASTNode): TypeName | undefined {
  const name = (node as { checkedType?: { name?: string } }).checkedType?.name;
  return name !== undefined && Object.hasOwn(TYPES, name)
    ? (name as TypeName)
    : undefined;
}
