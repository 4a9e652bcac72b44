import type { Job, RunDetails } from 'backstage-plugin-fettle-common';
import { run } from '../testing/Portal';
import { RunReader } from './RunReader';

const job = (n: number, revision: number): Job => ({
  id: `job${n}`,
  name: `job ${n} at ${revision}`,
  state: 'succeeded',
  hostState: null,
  queuedAt: null,
  startedAt: null,
  finishedAt: null,
  runner: null,
  webUrl: null,
  steps: [],
  hasLog: false,
});

describe('RunReader', () => {
  const { signal } = new AbortController();
  let revision: number;
  let asked: number[];
  const getRun = async (
    _id: string,
    { offset = 0, limit = 200 }: { offset?: number; limit?: number } = {},
  ): Promise<RunDetails> => {
    asked.push(offset);
    const count = Math.max(0, Math.min(limit, 5000 - offset));
    return {
      run: run(1, { jobCount: 5000, revision }),
      jobs: Array.from({ length: count }, (_, n) => job(offset + n, revision)),
      attempts: [],
      revision,
    };
  };

  beforeEach(() => {
    revision = 1;
    asked = [];
  });

  it('reads only the pages of the jobs that are looked at', async () => {
    const reader = new RunReader({ getRun }, 'run1');
    await reader.load(signal);
    expect(asked).toEqual([0]);
    expect(reader.look(390, 430)).toBe(true);
    await reader.load(signal);
    expect(asked).toEqual([0, 200, 400]);
    expect(reader.value?.jobs.get(430)?.name).toBe('job 430 at 1');
    expect(reader.look(10, 40)).toBe(false);
    expect(reader.value?.jobs.has(600)).toBe(false);
  });

  it('reads a page again when the run changed since and it is looked at', async () => {
    const reader = new RunReader({ getRun }, 'run1');
    await reader.load(signal);
    reader.look(4990, 4999);
    await reader.load(signal);
    revision = 2;
    await reader.load(signal);
    expect(asked).toEqual([0, 4800, 4800]);
    expect(reader.value?.jobs.get(4999)?.name).toBe('job 4999 at 2');
    expect(reader.look(0, 20)).toBe(true);
    await reader.load(signal);
    expect(reader.value?.jobs.get(0)?.name).toBe('job 0 at 2');
  });
});
