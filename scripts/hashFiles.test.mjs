import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { hashFiles } from './hashFiles.mjs';

describe('hashFiles', () => {
  let folder;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'fettle-hash-'));
    mkdirSync(join(folder, 'src', 'dist'), { recursive: true });
    writeFileSync(join(folder, 'src', 'a.ts'), 'a');
    writeFileSync(join(folder, 'src', 'b.test.ts'), 'b');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('changes with a content and with a name', () => {
    const before = hashFiles(folder, ['src']);
    assert.equal(hashFiles(folder, ['src']), before);
    writeFileSync(join(folder, 'src', 'a.ts'), 'b');
    const changed = hashFiles(folder, ['src']);
    assert.notEqual(changed, before);
    renameSync(join(folder, 'src', 'a.ts'), join(folder, 'src', 'c.ts'));
    assert.notEqual(hashFiles(folder, ['src']), changed);
  });

  it('leaves out what is missing, generated or not asked for', () => {
    const accept = path => !path.endsWith('.test.ts');
    const before = hashFiles(folder, ['src', 'gone'], accept);
    writeFileSync(join(folder, 'src', 'dist', 'a.js'), 'built');
    writeFileSync(join(folder, 'src', 'b.test.ts'), 'other');
    assert.equal(hashFiles(folder, ['src'], accept), before);
  });
});
