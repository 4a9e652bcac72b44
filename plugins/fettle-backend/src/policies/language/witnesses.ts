import type { ASTNode } from '@marcbachmann/cel-js';
import { asLoop, textOf } from './walk';
import type { Values, VariableName } from './words';

/** Gives the elements of a list that break a condition. */
export interface Witness {
  input: VariableName;
  select: (values: Values) => unknown;
}

const LISTS = new Set(['findings', 'components', 'verdicts', 'entities']);

/**
 * What breaks a condition is told where its form tells it: in `!findings.exists(f,
 * p)` those for which `p` holds, in `findings.all(f, p)` those for which it does
 * not, also below `&&`, `||` and `!`, and before `.size() == 0`.
 */
export function witnessesOf(
  node: ASTNode,
  wanted = true,
): { input: VariableName; source: string }[] {
  if (node.op === '!_') return witnessesOf(node.args, !wanted);
  if (node.op === '&&' || node.op === '||') {
    return node.args.flatMap(part => witnessesOf(part, wanted));
  }
  if (node.op === '==' || node.op === '<=') {
    const [left, right] = node.args;
    const none = right.op === 'value' && Number(right.args) === 0;
    const counted = countedList(left);
    return none && wanted && counted ? filterOf(counted, '') : [];
  }
  const loop = asLoop(node);
  const single = loop?.macro === 'exists' && !wanted;
  if (!loop || !(single || (loop.macro === 'all' && wanted))) return [];
  const body = textOf(loop.bodies[0]);
  return filterOf(
    loop.list,
    `.filter(${loop.name}, ${single ? body : `!(${body})`})`,
  );
}

/** The list in `list.size()` and `size(list)`. */
function countedList(node: ASTNode): ASTNode | undefined {
  if (node.op === 'rcall' && node.args[0] === 'size') return node.args[1];
  if (node.op === 'call' && node.args[0] === 'size') return node.args[1][0];
  return undefined;
}

/** Only of whole inputs, or parts of them: of what is made from them nobody knows the id. */
function filterOf(list: ASTNode, suffix: string) {
  let root = list;
  for (let loop = asLoop(root); loop; loop = asLoop(root)) {
    if (loop.macro !== 'filter') return [];
    root = loop.list;
  }
  if (root.op !== 'id' || !LISTS.has(root.args)) return [];
  const source = `${textOf(list)}${suffix}`;
  return [{ input: root.args as VariableName, source }];
}
