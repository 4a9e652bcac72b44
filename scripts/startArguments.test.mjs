import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { dirname } from 'node:path';
import { readStartArguments } from './startArguments.mjs';

const here = fileURLToPath(import.meta.url);

test('npm start takes config files from where it was called, and a port', () => {
  const env = { INIT_CWD: dirname(here), FETTLE_PORT: '7100' };
  assert.deepEqual(
    readStartArguments(
      ['--config', 'startArguments.test.mjs', '--verbose'],
      env,
    ),
    { verbose: true, configFiles: [here], port: 7100 },
  );
  assert.deepEqual(readStartArguments([], {}), {
    verbose: false,
    configFiles: [],
    port: undefined,
  });
});

test('npm start says what is wrong with what it was given', () => {
  assert.throws(() => readStartArguments(['--quiet'], {}), /--verbose/);
  assert.throws(() => readStartArguments(['--config'], {}), /--config <file>/);
  assert.throws(
    () => readStartArguments(['--config', 'gone.yaml'], {}),
    /gone\.yaml, which does not exist/,
  );
  for (const port of ['0', '65536', '80x', '7.5']) {
    assert.throws(
      () => readStartArguments([], { FETTLE_PORT: port }),
      /from 1 to 65535/,
    );
  }
});
