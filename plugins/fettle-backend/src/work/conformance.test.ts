import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { ended, until, Workplace } from './__testUtils__/Workplace';

jest.setTimeout(90_000);

const address =
  process.env.BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING;

function count(place: Workplace, beginning: string): number {
  return place.lines().filter(line => line.startsWith(beginning)).length;
}

function conforms(server?: string) {
  const on = (scenario: (place: Workplace) => Promise<void>) => async () => {
    const place = await Workplace.open(server);
    try {
      await scenario(place);
    } finally {
      await place.dispose();
    }
  };

  it.concurrent(
    'a run killed in its third step goes on there after a restart',
    on(async place => {
      const engine = await place.engine({ idle: true });
      const first = place.child({ holds: true });
      const { journal } = place;
      const { runId } = await engine.start('five-steps', { journal });
      await place.written(`begin three ${first.pid}`);
      first.kill('SIGKILL');
      await once(first, 'exit');
      const second = place.child();

      const status = await ended(engine, runId);

      const [a, b] = [first.pid, second.pid];
      expect(status).toEqual({ state: 'succeeded', output: [a, a, b, b, b] });
      expect(count(place, 'begin one')).toBe(1);
      expect(count(place, 'begin two')).toBe(1);
      expect(count(place, 'begin three')).toBe(2);
    }),
  );

  it.concurrent(
    'another live process takes over a killed one',
    on(async place => {
      const child = place.child({ holds: true });
      const idle = await place.engine({ idle: true });
      const { journal } = place;
      const { runId } = await idle.start('five-steps', { journal });
      await place.written(`begin three ${child.pid}`);
      await idle.run();
      child.kill('SIGKILL');

      const [a, b] = [child.pid, process.pid];
      expect((await ended(idle, runId)).output).toEqual([a, a, b, b, b]);
    }),
  );

  it.concurrent(
    'a stopped process that wakes up cannot write any more',
    on(async place => {
      const child = place.child({ holds: true });
      const engine = await place.engine({ idle: true });
      const { journal } = place;
      const { runId } = await engine.start('five-steps', { journal });
      await place.written(`begin three ${child.pid}`);
      child.kill('SIGSTOP');
      await engine.run();
      const expected = {
        state: 'succeeded',
        output: [child.pid, child.pid, process.pid, process.pid, process.pid],
      };
      expect(await ended(engine, runId)).toEqual(expected);

      place.release();
      child.kill('SIGCONT');
      await place.written(`end three ${child.pid}`);
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      await exit;

      expect(child.exitCode).toBe(0);
      expect(await engine.status(runId)).toEqual(expected);
      expect(place.lines()).not.toContain(`begin four ${child.pid}`);
    }),
  );

  it.concurrent(
    'a live process keeps its run far beyond one lease',
    on(async place => {
      const child = place.child({ holds: true });
      const engine = await place.engine({ idle: true });
      const { journal } = place;
      const { runId } = await engine.start('five-steps', { journal });
      await place.written(`begin three ${child.pid}`);
      await engine.run();
      await delay(4_000);
      place.release();

      const { output } = await ended(engine, runId);
      expect((output as number[]).slice(0, 3)).toEqual(
        Array(3).fill(child.pid),
      );
      expect(count(place, 'begin three')).toBe(1);
    }),
  );

  it.concurrent(
    'a step that kills its process is given up after three starts',
    on(async place => {
      const engine = await place.engine({ idle: true });
      const { journal } = place;
      const { runId } = await engine.start('poison', { journal });
      for (let start = 1; start <= 3; start++) {
        const child = place.child();
        await once(child, 'exit');
        expect(child.signalCode).toBe('SIGKILL');
      }
      await engine.run();

      const status = await ended(engine, runId);
      expect(status.state).toBe('failed');
      expect(status.error).toContain('"drink" was started 3 times');
      expect(count(place, 'drink')).toBe(3);
    }),
  );

  it.concurrent(
    'a signal that comes before its run waits is not lost',
    on(async place => {
      const engine = await place.engine();
      const { runId } = await engine.start('ask', {
        ...{ pauseSeconds: 1, timeoutSeconds: 60, journal: place.journal },
      });
      await engine.signal(runId, 'answer', { yes: true });
      await engine.signal(runId, 'answer', { yes: false });
      expect(await ended(engine, runId)).toEqual({
        state: 'succeeded',
        output: { answer: { yes: true } },
      });
    }),
  );

  it.concurrent(
    'a signal wakes the run that waits for it',
    on(async place => {
      const engine = await place.engine();
      const { runId } = await engine.start('ask', {
        ...{ timeoutSeconds: 600, journal: place.journal },
      });
      await place.written('asked');
      await until(
        async () => (await engine.status(runId))?.state === 'waiting',
        'the wait',
      );
      await engine.signal(runId, 'answer', null);
      expect((await ended(engine, runId)).state).toBe('succeeded');
    }),
  );

  it.concurrent(
    'a wait ends when its time is up',
    on(async place => {
      const engine = await place.engine();
      const { runId } = await engine.start('ask', {
        ...{ timeoutSeconds: 1, journal: place.journal },
      });
      expect((await ended(engine, runId)).output).toEqual({ answer: 'none' });
    }),
  );

  it.concurrent(
    'a workflow that swallows errors still waits',
    on(async place => {
      const engine = await place.engine();
      const { runId } = await engine.start('swallow', {});
      await until(
        async () => (await engine.status(runId))?.state === 'waiting',
        'the wait',
      );
      await engine.signal(runId, 'answer', 1);
      expect((await ended(engine, runId)).output).toEqual([
        'fulfilled',
        'fulfilled',
      ]);
    }),
  );

  it.concurrent(
    'a cancelled run ends before its next step',
    on(async place => {
      const child = place.child({ holds: true });
      const engine = await place.engine({ idle: true });
      const { journal } = place;
      const { runId } = await engine.start('five-steps', { journal });
      await place.written(`begin three ${child.pid}`);
      await engine.cancel(runId);
      place.release();
      await place.written(`end three ${child.pid}`);
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      await exit;

      expect(await engine.status(runId)).toEqual({ state: 'cancelled' });
      expect(count(place, 'begin four')).toBe(0);
      await expect(engine.cancel(runId)).resolves.toBeUndefined();
      await expect(engine.cancel('no-such-run')).rejects.toThrow('No run');
    }),
  );

  it.concurrent(
    'the same key gives the same run, another key another',
    on(async place => {
      const engine = await place.engine();
      const start = (key?: string) => engine.start('double', { n: 1 }, { key });
      const runs = await Promise.all([start('a'), start('a'), start('a')]);
      const other = await start('b');
      expect(new Set(runs.map(run => run.runId)).size).toBe(1);
      expect(other.runId).not.toBe(runs[0].runId);
      await ended(engine, runs[0].runId);
      expect(await start('a')).toEqual(runs[0]);
      expect((await start()).runId).not.toBe((await start()).runId);
    }),
  );

  it.concurrent(
    'two hundred runs are all done',
    on(async place => {
      const engine = await place.engine();
      const numbers = Array.from({ length: 200 }, (_, n) => n);
      const runs = await Promise.all(
        numbers.map(n => engine.start('double', { n })),
      );
      const results = await Promise.all(
        runs.map(async ({ runId }) => (await ended(engine, runId)).output),
      );
      expect(results).toEqual(numbers.map(n => n * 2));
    }),
  );

  it.concurrent(
    'several engines open a new database at once',
    on(async place => {
      const engines = await Promise.all(
        Array.from({ length: 6 }, () => place.engine()),
      );
      const { runId } = await engines[0].start('double', { n: 4 });
      expect((await ended(engines[5], runId)).output).toBe(8);
    }),
  );

  it.concurrent(
    'an unknown or late workflow is refused',
    on(async place => {
      const engine = await place.engine();
      await expect(engine.start('unheard-of', {})).rejects.toThrow(
        'No workflow "unheard-of"; there are five-steps, ',
      );
      const late = { id: 'late', run: async () => 1 };
      expect(() => engine.register(late)).toThrow('after the start');
      expect(await engine.status('no-such-run')).toBeUndefined();
    }),
  );

  it.concurrent(
    'a failing step is tried again and then reported with its message',
    on(async place => {
      const engine = await place.engine();
      const { journal } = place;
      const { runId } = await engine.start('fail', { journal });
      expect(await ended(engine, runId)).toEqual({
        state: 'failed',
        error: 'Step "break" failed (started 2 times): the bridge is out',
      });
      expect(count(place, 'break')).toBe(2);
    }),
  );

  it.concurrent(
    'a workflow can cope with a failed step, which is not done again',
    on(async place => {
      const engine = await place.engine();
      const { journal } = place;
      const { runId } = await engine.start('cope', { journal });
      expect((await ended(engine, runId)).output).toContain(
        'the bridge is out',
      );
      expect(count(place, 'break')).toBe(1);
    }),
  );

  it.concurrent(
    'what ended is pruned, what runs is kept',
    on(async place => {
      const engine = await place.engine();
      const done = await engine.start('double', { n: 1 });
      const input = { timeoutSeconds: 60, journal: place.journal };
      const asked = await engine.start('ask', input);
      const waiting = await engine.start('ask', input);
      await engine.signal(asked.runId, 'answer', 'yes');
      await ended(engine, done.runId);
      await ended(engine, asked.runId);

      await engine.prune(new Date(Date.now() - 60_000));
      expect(await engine.status(done.runId)).toBeDefined();
      await engine.prune(new Date(Date.now() + 1_000));
      expect(await engine.status(done.runId)).toBeUndefined();
      expect(await engine.status(asked.runId)).toBeUndefined();

      await engine.signal(waiting.runId, 'answer', 'late');
      expect((await ended(engine, waiting.runId)).output).toEqual({
        answer: 'late',
      });
    }),
  );

  it.concurrent(
    'stopping waits no longer than it is told',
    on(async place => {
      const engine = await place.engine({ idle: true });
      const { journal } = place;
      let finish = () => {};
      engine.register({
        id: 'endless',
        run: context =>
          context.step('hang', async () => {
            place.note('hangs');
            await new Promise<void>(resolve => (finish = resolve));
          }),
      });
      await engine.run();
      await engine.start('endless', { journal });
      await place.written('hangs');
      const before = performance.now();
      await engine.stop(0.2);
      expect(performance.now() - before).toBeLessThan(3_000);
      finish();
    }),
  );
}

describe('durable work on SQLite', () => {
  conforms();
});

(address ? describe : describe.skip)('durable work on PostgreSQL', () => {
  conforms(address);

  it.concurrent('lost connections cost no run', async () => {
    const place = await Workplace.open(address);
    try {
      const engine = await place.engine();
      const numbers = Array.from({ length: 100 }, (_, n) => n);
      const runs = await Promise.all(
        numbers.map(n => engine.start('double', { n })),
      );
      let killed = 0;
      for (const nth of [5, 20, 40, 60, 80]) {
        await ended(engine, runs[nth].runId);
        killed += await place.cutConnections();
      }
      await Promise.all(runs.map(({ runId }) => ended(engine, runId)));
      const states = await Promise.all(
        runs.map(async ({ runId }) => engine.status(runId)),
      );
      expect(killed).toBeGreaterThan(4);
      expect(states).toEqual(
        numbers.map(n => ({ state: 'succeeded', output: n * 2 })),
      );
    } finally {
      await place.dispose();
    }
  });
});
