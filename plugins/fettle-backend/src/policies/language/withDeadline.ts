import { createContext, Script } from 'node:vm';

/** The work took longer than it may. */
class DeadlineError extends Error {
  name = 'DeadlineError';
}

const script = new Script('run()');
const context = createContext({ run: undefined as unknown });

/**
 * Runs something that does not wait, and stops it where it takes too long: a
 * regular expression that a policy applies to text out of a repository may
 * never come to its end. The engine stops it wherever it is.
 */
export function withDeadline<T>(ms: number, run: () => T): T {
  const outer = context.run;
  context.run = run;
  try {
    return script.runInContext(context, { timeout: ms }) as T;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw new DeadlineError(`It took longer than ${ms} ms.`);
  } finally {
    context.run = outer;
  }
}
