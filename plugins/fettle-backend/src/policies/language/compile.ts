import {
  ParseError,
  type ASTNode,
  type Environment,
  type ParseResult,
  type TypeError as CelTypeError,
} from '@marcbachmann/cel-js';
import { costOf, type Sizes } from './cost';
import { variablesOf } from './environment';
import { ExpressionError, hintFor } from './ExpressionError';
import { findWrongLiteral } from './literals';
import { readsOf, type Reads } from './reads';
import { allNodes, textOf } from './walk';
import { VARIABLES, type Values, type VariableName } from './words';
import { witnessesOf, type Witness } from './witnesses';

/** An expression that is right, ready to be evaluated. */
export interface Expression {
  text: string;
  reads: Reads;
  /** Throws EvaluationError. */
  evaluate: (values: Values) => boolean;
  /** Steps that an evaluation takes at most. */
  cost: (sizes: Sizes) => number;
  /** How to single out what breaks it. */
  witnesses: Witness[];
}

/** Parses and type-checks; throws ExpressionError, which says whose it is, where it is wrong, and what there is. */
export function compile(
  text: string,
  environment: Environment,
  whose: string,
): Expression {
  const parsed = parse(text, environment, whose);
  const failed = (error: CelTypeError | ParseError, range = error.range) =>
    new ExpressionError(whose, {
      ...{ expression: text, problem: error.summary, range },
      hint: hintFor(error.code, error.summary, variablesOf(environment)),
    });
  const result = parsed.check();
  if (!result.valid) throw failed(result.error!);
  const [wrong] = checkHas(text, parsed.ast, environment);
  if (wrong) throw failed(wrong.error, wrong.range);
  const never = findWrongLiteral(parsed.ast);
  if (never) throw new ExpressionError(whose, { expression: text, ...never });
  if (result.type !== 'bool') {
    throw new ExpressionError(whose, {
      expression: text,
      problem: `it gives a value of type ${result.type}, not true or false`,
    });
  }
  const { ast } = parsed;
  return {
    text,
    reads: readsOf(ast, variablesOf(environment).filter(isOfPolicies)),
    evaluate: values => parsed(values) === true,
    cost: sizes => costOf(ast, sizes),
    witnesses: witnessesOf(ast).map(({ source, ...witness }) => ({
      ...witness,
      select: environment.parse(source),
    })),
  };
}

function isOfPolicies(name: string): name is VariableName {
  return Object.hasOwn(VARIABLES, name);
}

function parse(
  text: string,
  environment: Environment,
  whose: string,
): ParseResult {
  try {
    return environment.parse(text);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    throw new ExpressionError(whose, {
      ...{ expression: text, problem: error.summary, range: error.range },
    });
  }
}

/**
 * The library takes any field inside `has()`; one that does not exist would
 * make a policy that is always kept. So each is checked outside of it.
 */
function checkHas(text: string, ast: ASTNode, environment: Environment) {
  const calls = allNodes(ast).filter(
    node => node.op === 'call' && node.args[0] === 'has',
  );
  return calls.flatMap(call => {
    const [field] = (call.args as [string, ASTNode[]])[1];
    const { start, end } = call.range;
    const checked = `(type(${textOf(field)}) == type(1))`;
    const { valid, error } = environment.check(
      text.slice(0, start) + checked + text.slice(end),
    );
    return valid ? [] : [{ error: error!, range: field.range }];
  });
}
