import { cpus, loadavg, release, totalmem } from 'node:os';

/** What a bench found. Numbers by name, units in the name. */
interface BenchResult {
  bench: string;
  figures: Record<string, number>;
  anchors: Record<string, number>;
  ratios: Record<string, number>;
  /** The lowest and highest of the runs, for figures that are medians of runs. */
  spread?: Record<string, [number, number]>;
  /** How it was measured, where a number alone could mislead. */
  notes?: string[];
}

/** What ran it: figures of different machines do not compare, ratios do. */
export function describeMachine() {
  return {
    cores: cpus().length,
    processor: cpus()[0]?.model.trim(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${release()}`,
    node: process.version,
    load: Math.round(loadavg()[0] * 100) / 100,
  };
}

/** Prints the result as the bench's last line. */
export function printResult(
  machine: ReturnType<typeof describeMachine>,
  { bench, ...result }: BenchResult,
): void {
  console.log(JSON.stringify({ bench, machine, ...result }));
}
