import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logLevels } from './logLevels.mjs';

test('each line has its level, and what follows a line has that of the line', () => {
  const lines = [];
  const read = logLevels((line, level) => lines.push([line, level]));
  const output = [
    'Loading config from MergedConfigSource{}',
    '\x1b[2m2026-11-22T21:01:33.072Z\x1b[22m \x1b[34mfettle\x1b[39m \x1b[33mwarn\x1b[39m Cannot read it',
    '    because it is gone',
    '2026-11-22T21:01:34.072Z catalog info Locations processed',
    'TypeError: x is not a function',
    '    at file.ts:1',
    '',
  ].join('\n');
  // A chunk may end anywhere.
  for (const character of output) {
    read(Buffer.from(character));
  }
  assert.deepEqual(
    lines.map(([, level]) => level),
    ['info', 'warn', 'warn', 'info', 'error', 'error'],
  );
  assert.equal(
    lines[1][0],
    '2026-11-22T21:01:33.072Z fettle warn Cannot read it',
  );
});
