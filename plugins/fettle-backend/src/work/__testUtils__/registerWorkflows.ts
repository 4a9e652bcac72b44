import { appendFileSync, existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { WorkContext, WorkEngine } from '../WorkEngine';

/** What the workflows of the conformance suite are told. */
export interface JournalInput {
  /** A file in which every step says that it was here, and in which process. */
  journal: string;
}

/**
 * The workflows that the suite and its child processes both know.
 *
 * @param holds - whether step three of five waits until `<journal>.go` exists
 */
export function registerWorkflows(engine: WorkEngine, holds: boolean) {
  engine.register({
    id: 'five-steps',
    async run(context: WorkContext, { journal }: JournalInput) {
      const pids: number[] = [];
      for (const name of ['one', 'two', 'three', 'four', 'five']) {
        pids.push(
          await context.step(name, async () => {
            note(journal, `begin ${name} ${process.pid}`);
            while (holds && name === 'three' && !existsSync(`${journal}.go`)) {
              await delay(20);
            }
            note(journal, `end ${name} ${process.pid}`);
            return process.pid;
          }),
        );
      }
      return pids;
    },
  });
  engine.register({
    id: 'poison',
    async run(context: WorkContext, { journal }: JournalInput) {
      await context.step('drink', async () => {
        note(journal, `drink ${process.pid}`);
        if (process.env.JEST_WORKER_ID === undefined) {
          process.kill(process.pid, 'SIGKILL');
        }
      });
    },
  });
  engine.register({
    id: 'ask',
    async run(
      context: WorkContext,
      input: JournalInput & { pauseSeconds?: number; timeoutSeconds: number },
    ) {
      await context.sleep('pause', input.pauseSeconds ?? 0);
      await context.step('ask', async () => note(input.journal, 'asked'));
      const answer = await context.waitFor('answer', input.timeoutSeconds);
      return { answer: answer ?? 'none' };
    },
  });
  engine.register({
    id: 'swallow',
    async run(context: WorkContext) {
      const [answer, step] = await Promise.allSettled([
        context.waitFor('answer', 60),
        context.step('beside', async () => 'done'),
      ]);
      return [answer.status, step.status];
    },
  });
  engine.register({
    id: 'fail',
    async run(context: WorkContext, { journal }: JournalInput) {
      await context.step(
        'break',
        async () => {
          note(journal, 'break');
          throw new Error('the bridge is out');
        },
        { starts: 2 },
      );
    },
  });
  engine.register({
    id: 'cope',
    async run(context: WorkContext, { journal }: JournalInput) {
      const outcome = await context
        .step(
          'break',
          async () => {
            note(journal, 'break');
            throw new Error('the bridge is out');
          },
          { starts: 1 },
        )
        .catch(error => error.message);
      await context.sleep('breathe', 0);
      return outcome;
    },
  });
  engine.register({
    id: 'double',
    async run(context: WorkContext, { n }: { n: number }) {
      const doubled = await context.step('double', async () => n * 2);
      return await context.step('tell', async () => doubled);
    },
  });
}

function note(journal: string, line: string) {
  appendFileSync(journal, `${line}\n`);
}
