import childProcess from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { GitRepositorySource } from '../../plugins/fettle-backend-module-git/src/GitRepositorySource';
import { ReaderAccess } from '../../plugins/fettle-backend/src/authorization/ReaderAccess';
import { Collector } from '../../plugins/fettle-backend/src/collect/Collector';
import { CollectQueue } from '../../plugins/fettle-backend/src/collect/CollectQueue';
import { LivePublisher } from '../../plugins/fettle-backend/src/live/LivePublisher';
import { DatabaseFettleStore } from '../../plugins/fettle-backend/src/store/DatabaseFettleStore';
import { now } from '../measure/clock';
import { MARKS, UNWATCHED, type Mark } from './Mark';

// The portal as it is, with a clock at the doors of its parts. Marks are kept
// in memory and told when nothing is going on.

let marks: Mark[] = [];
let timer: NodeJS.Timeout | undefined;

function mark(name: string, start: number, of?: string): void {
  marks.push({ name, start, end: now(), of });
  timer ??= setTimeout(() => {
    process.stdout.write(`${MARKS}${JSON.stringify(marks)}\n`);
    marks = [];
    timer = undefined;
  }, 250);
}

type Method = (...args: any[]) => any;

/** Times a method of a class, or of one object. */
function time(
  owner: object,
  method: string,
  name: string,
  of?: (args: any[]) => string | undefined,
): void {
  const methods = owner as Record<string, Method>;
  const original = methods[method];
  methods[method] = function timed(this: unknown, ...args) {
    const start = now();
    const done = () => mark(name, start, of?.(args));
    const result = original.apply(this, args);
    if (result instanceof Promise) result.then(done, done);
    else done();
    return result;
  };
}

const source = GitRepositorySource.prototype;
const remoteOf = ([location]: any[]) => location.remote;
time(source, 'snapshot', 'snapshot', remoteOf);
time(source, 'readTree', 'tree', remoteOf);

const readTree = source.readTree;
source.readTree = async function timed(location, ...rest) {
  const tree = await readTree.call(this, location, ...rest);
  time(tree, 'read', 'tree.read', () => location.remote);
  time(tree, 'findLines', 'tree.findLines', () => location.remote);
  return tree;
};

const watch = source.watch;
source.watch = function timed(locations, onChange) {
  const unwatched = process.env[UNWATCHED];
  return watch.call(
    this,
    locations.filter(({ remote }) => remote !== unwatched),
    location => {
      mark('watched', now(), location.remote);
      onChange(location);
    },
  );
};

// The part of a process's start that keeps everything else waiting.
time(childProcess, 'spawn', 'spawn');

const first = ([id]: string[]) => id;
time(CollectQueue.prototype, 'add', 'queue', first);
time(Collector.prototype, 'collect', 'collect', first);
const store = DatabaseFettleStore.prototype;
time(store, 'saveCollection', 'save', ([{ repositoryId }]) => repositoryId);
for (const read of [
  'getRepository',
  'getFacts',
  'getSummary',
  'getVerdicts',
  'getHistory',
  'getChanges',
  'getActivity',
  'getFleet',
]) {
  time(store, read, `store.${read}`);
}
time(LivePublisher.prototype, 'repositoryChanged', 'hint', ([{ id }]) => id);
time(ReaderAccess.prototype, 'visibility', 'visibility');
time(ReaderAccess.prototype, 'allows', 'allows');

const requests = new WeakMap<object, { start: number; name: string }>();
subscribe('http.server.request.start', message => {
  const { request } = message as { request: IncomingMessage };
  // Routers shorten the address on its way.
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const name = `${request.method} ${pathname}`;
  requests.set(request, { start: now(), name });
});
subscribe('http.server.response.finish', message => {
  const { request } = message as { request: IncomingMessage };
  const began = requests.get(request);
  if (began) mark(began.name, began.start);
});

require('../../packages/backend/src/index');
