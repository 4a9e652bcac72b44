/** Milliseconds of the machine's monotonic clock: the same in every process of it. */
export function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** Resolves after at least so many milliseconds. */
export function pause(ms: number): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, ms);
  });
}

/** How long each of `count` runs of something took, in milliseconds, one after the other. */
export async function timeEach(
  count: number,
  act: () => unknown,
): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const start = now();
    await act();
    times.push(now() - start);
  }
  return times;
}
