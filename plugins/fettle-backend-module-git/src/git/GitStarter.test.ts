import { gitStarter } from './GitStarter';
import { gitEnvironment } from './gitEnvironment';

/** Ends only when it is ended. */
const WAITING = ['-c', 'alias.wait=!sleep 60', 'wait'];

function start(args: readonly string[]) {
  const run = { args, cwd: '/', env: gitEnvironment({}) };
  let signal: (name: NodeJS.Signals) => void = () => {};
  const ended = new Promise<string>(resolve => {
    let bytes = 0;
    signal = gitStarter.start(run, {
      onOutput: chunk => (bytes += chunk.length),
      onEnd: (code, remarks) => resolve(`${code} ${bytes} ${remarks}`),
      onFailure: (kind, message) => resolve(`${kind}: ${message}`),
    });
  });
  return { ended, signal };
}

it('gives all that git writes, however much, before its end', async () => {
  const print = ['-c', 'alias.p=!head -c 1000000 /dev/zero', 'p'];
  expect(await start(print).ended).toBe('0 1000000 ');
});

it('ends all that a run started, and no other run', async () => {
  const [one, other] = [start(WAITING), start(['--version'])];
  one.signal('SIGTERM');
  expect(await one.ended).toMatch(/^null 0/);
  expect(await other.ended).toMatch(/^0 \d+ $/);
});

it('tells of runs that are lost with their starter, and starts the next with another', async () => {
  const { ended } = start(WAITING);
  // What git runs knows what started it.
  const parent = ['-c', 'alias.k=!kill -9 $(ps -o ppid= -p $PPID)', 'k'];
  const killer = start(parent);
  expect(await ended).toBe('lost: its starter ended (SIGKILL)');
  await killer.ended;
  expect(await start(['--version']).ended).toMatch(/^0 \d+ $/);
});
