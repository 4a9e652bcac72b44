import { median, rounded } from '../measure/summarize';
import type { Target } from './LivePortal';
import type { Mark } from './Mark';
import type { Seen } from './ScoreWatch';

/** Where the time of one event went, in milliseconds. */
export interface Phases {
  total: number;
  /** Of the total, what the source took: to notice, for the snapshot, for the tree. */
  source: number;
  /** In the order in which they come. */
  steps: [name: string, ms: number][];
}

/** Takes one event apart, from the marks of the portal and what the page saw. */
export function phasesOf(
  at: number,
  seen: Seen,
  marks: readonly Mark[],
  target: Target,
): Phases {
  const mine = marks
    .filter(({ start, of }) => start >= at && (!of || isOf(of, target)))
    .sort((a, b) => a.start - b.start);
  const find = (name: string) => {
    const found = mine.find(mark => mark.name === name);
    if (!found) throw new Error(`The portal told of no '${name}'`);
    return found;
  };
  const watched = mine.find(({ name }) => name === 'watched');
  const queued = find('queue');
  const collect = find('collect');
  const snapshot = find('snapshot');
  const tree = find('tree');
  const save = find('save');
  const hint = find('hint');
  const reads = mine.filter(
    ({ name, end }) => name.startsWith('tree.') && end <= save.start,
  );
  const readUntil = Math.max(tree.end, ...reads.map(({ end }) => end));
  const heard = seen.hints.find(time => time >= hint.start) ?? hint.end;
  const asked = seen.requests
    .filter(({ start, end }) => start >= hint.start && end <= seen.at)
    .sort((a, b) => a.start - b.start);
  const request = asked[0];
  const served = mine.find(
    ({ name, start }) => name === `GET ${request?.path}` && start >= hint.start,
  );
  const inside = (name: string) =>
    mine.filter(
      mark =>
        mark.name === name &&
        mark.start >= (served?.start ?? 0) &&
        mark.end <= (served?.end ?? 0),
    );
  const longest = (...names: string[]) =>
    Math.max(0, ...names.flatMap(inside).map(mark => mark.end - mark.start));
  const sum = (name: string) =>
    mine
      .filter(mark => mark.name === name && mark.end <= save.start)
      .reduce((total, { start, end }) => total + end - start, 0);
  const answered = asked.at(-1)?.end ?? heard;

  const notice = watched ? watched.start - at : 0;
  const busy = union([snapshot, tree, ...reads]);
  return {
    total: seen.at - at,
    source: notice + busy,
    steps: [
      [
        watched ? 'source: notices the push' : 'route: POST to queue',
        queued.start - at,
      ],
      ['queue', collect.start - queued.start],
      ['store: repository', snapshot.start - collect.start],
      ['source: snapshot', snapshot.end - snapshot.start],
      ['source: list of files', tree.end - tree.start],
      ['source: contents, facts', readUntil - tree.end],
      [' of source: starting processes', sum('spawn')],
      ['facts: rest, evaluate', save.start - readUntil],
      ['store: save', save.end - save.start],
      ['hint: sent', hint.start - save.end],
      ['hint: to the page', heard - hint.start],
      ['page: asks', (request?.start ?? heard) - heard],
      ['page: waits for answer', answered - (request?.start ?? heard)],
      [' of it: in the portal', served ? served.end - served.start : 0],
      ['  of it: permissions', longest('visibility', 'allows')],
      [
        '  of it: store',
        longest('store.getSummary', 'store.getVerdicts', 'store.getChanges'),
      ],
      ['page: renders', seen.at - answered],
    ],
  };
}

function isOf(of: string, { id, remote }: Target): boolean {
  return of === id || of === remote;
}

/** How long at least one of them was going on. */
function union(marks: readonly Mark[]): number {
  let until = -Infinity;
  let sum = 0;
  for (const { start, end } of [...marks].sort((a, b) => a.start - b.start)) {
    sum += Math.max(0, end - Math.max(start, until));
    until = Math.max(until, end);
  }
  return sum;
}

/** A table of medians: a line a phase, a column a kind of event. */
export function printPhases(phases: ReadonlyMap<string, Phases[]>): void {
  const kinds = [...phases.keys()];
  const names = phases
    .get(kinds[0])!
    .at(0)!
    .steps.map((_, i) => i);
  console.log(`\n${''.padEnd(32)}${kinds.map(k => k.padStart(18)).join('')}`);
  for (const i of names) {
    const label = phases.get(kinds[0])!.at(0)!.steps[i][0];
    const cells = kinds.map(kind =>
      String(
        rounded(median(phases.get(kind)!.map(({ steps }) => steps[i][1]))),
      ).padStart(18),
    );
    console.log(`${label.padEnd(32)}${cells.join('')}`);
  }
  console.log();
}
