import { serialize, type ASTNode } from '@marcbachmann/cel-js';

/** The nodes below a node. */
export function childrenOf({ args }: ASTNode): ASTNode[] {
  return nodesIn(args);
}

function nodesIn(value: unknown): ASTNode[] {
  if (Array.isArray(value)) return value.flatMap(nodesIn);
  return typeof value === 'object' && value !== null && 'op' in value
    ? [value as ASTNode]
    : [];
}

/** A node and all below it. */
export function allNodes(node: ASTNode): ASTNode[] {
  return [node, ...childrenOf(node).flatMap(allNodes)];
}

/** A node written anew: its range does not tell of all its parentheses. */
export function textOf(node: ASTNode): string {
  return serialize(node);
}

/** A macro over a list: `list.exists(name, body)`. */
export interface Loop {
  macro: string;
  list: ASTNode;
  name: string;
  /** What is evaluated for each element. */
  bodies: ASTNode[];
}

const MACROS = new Set(['all', 'exists', 'exists_one', 'map', 'filter']);

export function asLoop(node: ASTNode): Loop | undefined {
  if (node.op !== 'rcall') return undefined;
  const [macro, list, args] = node.args;
  if (!MACROS.has(macro) || args.length < 2) return undefined;
  const [variable, ...bodies] = args;
  if (variable.op !== 'id') return undefined;
  return { macro, list, name: variable.args, bodies };
}
