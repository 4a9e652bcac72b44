import { spawnSync } from 'node:child_process';

/** `describe` for a tool that need not be installed where tests run; what is skipped says why. */
export function withProgram(program: string, tests: () => void): void {
  const { error } = spawnSync(program, ['--help'], { stdio: 'ignore' });
  const [run, name] = error
    ? [describe.skip, `with ${program}, which is not installed`]
    : [describe, `with ${program}`];
  run(name, () => tests());
}
