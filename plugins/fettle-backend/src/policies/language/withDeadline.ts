import { createContext, Script } from 'node:vm';

/** The work took longer than it may. */
export class DeadlineError extends Error {
  name = 'DeadlineError';
}

const script = new Script('run()');
const context = createContext({ run: undefined as unknown });
let isInside = false;

/** A machine that is busy with other things is no fault of the work: it is begun again so often. */
const MOST_TRIES = 10;

/**
 * Runs something that does not wait, and stops it where it takes too long: a
 * regular expression that a policy applies to text out of a repository may
 * never come to its end. The engine stops it wherever it is. What runs inside of
 * another shares its deadline: each costs a thread.
 */
export function withDeadline<T>(ms: number, run: () => T): T {
  if (isInside) return run();
  isInside = true;
  context.run = run;
  try {
    for (let tries = 1; ; tries += 1) {
      const before = process.cpuUsage();
      try {
        return script.runInContext(context, { timeout: ms }) as T;
      } catch (error) {
        const { code } = error as { code?: string };
        if (code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
        const { user, system } = process.cpuUsage(before);
        const hadItsTime = (user + system) / 1000 > ms / 2;
        if (hadItsTime || tries === MOST_TRIES) {
          throw new DeadlineError(`It took longer than ${ms} ms.`);
        }
      }
    }
  } finally {
    isInside = false;
    context.run = undefined;
  }
}
