import type { ASTNode } from '@marcbachmann/cel-js';
import { findingKindSchema } from 'backstage-plugin-fettle-common';
import { allNodes } from './walk';
import type { VariableName } from './words';

/** What an expression reads, as far as its text tells. */
export interface Reads {
  variables: VariableName[];
  /** Fields of the repository. */
  repository: string[];
  /** Those that it reads without asking `has()` anywhere. */
  taken: string[];
  /** The kinds of findings that it is about; null where it looks at all of them. */
  kinds: string[] | null;
  /** The checks that it names; null where it looks at all of them. */
  checks: string[] | null;
  /** It says itself what an unknown verdict means. */
  judgesUnknown: boolean;
  /** Its value may change while nothing else does. */
  changesWithTime: boolean;
}

const FINDING_KINDS = new Set<string>(findingKindSchema.options);
/** Only vulnerabilities have these. */
const OF_VULNERABILITIES = new Set(['exploited', 'epss', 'cvss']);
const WITH_TIME = new Set(['overdue', 'due', 'openDays']);

export function readsOf(
  ast: ASTNode,
  variables: readonly VariableName[],
): Reads {
  const nodes = allNodes(ast);
  const ids = new Set(
    nodes.flatMap(node => (node.op === 'id' ? [node.args] : [])),
  );
  const fields = nodes.flatMap(node =>
    node.op === '.' ? [{ of: node.args[0], name: node.args[1] }] : [],
  );
  const checks = literalsBeside(nodes, 'check');
  // Entities have kinds, too.
  const kinds = literalsBeside(nodes, 'kind').filter(
    kind => !ids.has('entities') || FINDING_KINDS.has(kind),
  );
  if (fields.some(({ name }) => OF_VULNERABILITIES.has(name))) {
    kinds.push('vulnerability');
  }
  const repository = fieldsOfRepository(nodes);
  const asked = fieldsOfRepository(
    nodes.flatMap(node =>
      node.op === 'call' && node.args[0] === 'has' ? node.args[1] : [],
    ),
  );
  return {
    variables: variables.filter(name => ids.has(name)),
    repository,
    taken: repository.filter(field => !asked.includes(field)),
    kinds: kinds.length > 0 ? [...new Set(kinds)] : null,
    checks: checks.length > 0 ? checks : null,
    judgesUnknown: literalsBeside(nodes, 'status').includes('unknown'),
    changesWithTime:
      ids.has('now') || fields.some(({ name }) => WITH_TIME.has(name)),
  };
}

function fieldsOfRepository(nodes: readonly ASTNode[]): string[] {
  return nodes.flatMap(node => {
    if (node.op !== '.') return [];
    const [of, field] = node.args;
    return of.op === 'id' && of.args === 'repository' ? [field] : [];
  });
}

/** The texts that a field is compared with. */
function literalsBeside(nodes: readonly ASTNode[], field: string): string[] {
  return nodes.flatMap(node => {
    if (node.op !== '==' && node.op !== '!=' && node.op !== 'in') return [];
    const [left, right] = node.args;
    const isField = (one: ASTNode) => one.op === '.' && one.args[1] === field;
    if (isField(left)) return literals(right);
    return node.op !== 'in' && isField(right) ? literals(left) : [];
  });
}

function literals(node: ASTNode): string[] {
  if (node.op === 'list') return node.args.flatMap(literals);
  return node.op === 'value' && typeof node.args === 'string'
    ? [node.args]
    : [];
}
