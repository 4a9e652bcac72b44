import type { ASTNode } from '@marcbachmann/cel-js';
import { asLoop, childrenOf } from './walk';
import type { VariableName } from './words';

/** How many elements each list has. */
export type Sizes = Readonly<Partial<Record<VariableName, number>>>;

/** What lists inside of elements hold at most: aliases, versions and the like are cut there. */
export const MOST_INNER = 50;

/** More than a list ever holds: where the size of a list cannot be told. */
const UNTOLD = 10_000;

/** Steps that an evaluation takes at most: nested loops multiply. */
export function costOf(node: ASTNode, sizes: Sizes): number {
  const loop = asLoop(node);
  if (!loop) {
    return childrenOf(node).reduce(
      (sum, child) => sum + costOf(child, sizes),
      1,
    );
  }
  const each = loop.bodies.reduce((sum, body) => sum + costOf(body, sizes), 1);
  return costOf(loop.list, sizes) + sizeOf(loop.list, sizes) * each;
}

function sizeOf(list: ASTNode, sizes: Sizes): number {
  if (list.op === 'id') return sizes[list.args as VariableName] ?? UNTOLD;
  if (list.op === '.') return MOST_INNER;
  if (list.op === 'list') return list.args.length;
  if (list.op === '+') {
    return sizeOf(list.args[0], sizes) + sizeOf(list.args[1], sizes);
  }
  const loop = asLoop(list);
  return loop ? sizeOf(loop.list, sizes) : UNTOLD;
}
