import type { Policy } from 'backstage-plugin-fettle-common';
import { compile, type Expression } from './language/compile';
import { CONDITIONS, SCOPES } from './language/environment';
import type { VariableName } from './language/words';

/** A policy whose expressions are right. */
export interface CompiledPolicy {
  /** As the API shows it. */
  described: Policy;
  condition: Expression;
  when: Expression | null;
  /** What its condition reads. */
  reads: VariableName[];
}

/** Throws ExpressionError, which names the policy, the place, and what there is. */
export function compilePolicy(given: Omit<Policy, 'reads'>): CompiledPolicy {
  const { id, scope } = given;
  const name = `the policy '${id}'`;
  const condition = compile(
    ...([given.condition, CONDITIONS, `The condition of ${name}`] as const),
  );
  const when =
    scope.when === null
      ? null
      : compile(scope.when, SCOPES, `'scope.when' of ${name}`);
  const reads = condition.reads.variables;
  return { described: { ...given, reads }, condition, when, reads };
}
