import type { RepositoryTree } from 'backstage-plugin-fettle-node';
import {
  checkContract,
  factCollectorContract,
  factInput,
  MemoryTree,
} from 'backstage-plugin-fettle-node/testUtils';
import fc from 'fast-check';
import { goodness, judge } from '../testing/judge';
import { conflictsCheck } from './conflictsCheck';
import { conflictsFactCollector } from './conflictsFact';

const CONFLICT = '<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> feature\n';
const verdict = (files: object, options?: object) =>
  judge(conflictsFactCollector, conflictsCheck, files as any, options as any);

factCollectorContract(conflictsFactCollector, {
  inputs: [
    factInput(
      Object.fromEntries(
        Array.from({ length: 700 }, (_, i) => [`f${i}.ts`, CONFLICT]),
      ),
    ),
  ],
});
const NONE = { items: [], count: 0, restIgnored: true };
checkContract(conflictsCheck, {
  facts: [
    { conflicts: { files: NONE, shownIn: 0, unread: [], complete: true } },
    { conflicts: { files: NONE, shownIn: 0, unread: [], complete: false } },
  ],
});

describe('a conflict', () => {
  it.each([
    ['in code', 'src/app.ts', `a\n${CONFLICT}`, 2],
    ['in a README', 'README.md', `# A\n\n${CONFLICT}`, 3],
    [
      'with the base shown',
      'a.go',
      CONFLICT.replace('=======', '||||||| 1a2b\nbase\n======='),
      1,
    ],
    ['with Windows line ends', 'a.cs', CONFLICT.replace(/\n/g, '\r\n'), 1],
    ['after a closed code block', 'a.md', `\`\`\`\nx\n\`\`\`\n${CONFLICT}`, 4],
    ['in a source file with backticks', 'a.ts', `\`\`\`\n${CONFLICT}`, 2],
    ['in a lockfile', 'yarn.lock', CONFLICT, 1],
  ])('%s fails', async (_, path, text, line) => {
    const { status, evidence } = await verdict({ [path]: text });
    expect(status).toBe('fail');
    expect(evidence).toEqual([
      { path, line, message: "1 conflict, the first with 'HEAD'." },
    ]);
  });
});

describe('no conflict', () => {
  it.each([
    ['an underline', 'a.rst', 'Title\n=======\n'],
    ['indented markers', 'a.md', CONFLICT.replace(/^/gm, '    ')],
    ['a quotation in mail', 'a.txt', '>>>>>>> a\n=======\n<<<<<<< b\n'],
    ['no divider', 'a.c', CONFLICT.replace('=======\n', '')],
    ['a longer divider', 'a.c', CONFLICT.replace('=======', '==========')],
    ['markers without the last', 'a.c', '<<<<<<< HEAD\n=======\n'],
    ['longer markers', 'a.c', '<<<<<<<<<< HEAD\n=======\n>>>>>>>>>> x\n'],
    ['a code block', 'a.md', `\`\`\`diff\n${CONFLICT}\`\`\`\n`],
    ['an AsciiDoc listing', 'a.adoc', `----\n${CONFLICT}----\n`],
    ['a binary file', 'a.bin', Buffer.from(`\0${CONFLICT}`)],
    ['a fixture', 'src/__fixtures__/a.ts', CONFLICT],
    ['a test of a merge tool', 'src/merge.test.ts', CONFLICT],
    ["Git's own tests", 't/t6400/expect', CONFLICT],
    ['vendored code', 'vendor/x/a.c', CONFLICT],
  ])('%s passes', async (_, path, text) => {
    expect((await verdict({ [path]: text })).status).toBe('pass');
  });

  it('says what it left out', async () => {
    const files = { 'a.md': `\`\`\`\n${CONFLICT}\`\`\``, 'test/a': CONFLICT };
    expect((await verdict(files)).message).toBe(
      'No conflict is committed (1 file of tests or vendors left out; 1 document shows markers in a code block).',
    );
  });
});

describe('what cannot be told', () => {
  it('is unknown where not every marked line was seen', async () => {
    const memory = new MemoryTree({ 'a.ts': 'x' });
    const tree: RepositoryTree = {
      commit: memory.commit,
      list: () => memory.list(),
      read: paths => memory.read(paths),
      findLines: async () => ({ lines: [], complete: false }),
    };
    expect((await verdict({}, { input: { tree } })).status).toBe('unknown');
  });

  it('is unknown where a file with both markers is too large to read', async () => {
    const huge = `${'x'.repeat(9 * 1024 * 1024)}\n${CONFLICT}`;
    expect((await verdict({ 'dump.sql': huge })).status).toBe('unknown');
    expect((await verdict({ 'dump.sql': huge, 'a.ts': CONFLICT })).status).toBe(
      'fail',
    );
  });

  it('does not hide a conflict behind many in tests', async () => {
    const tests = Object.fromEntries(
      Array.from({ length: 600 }, (_, i) => [`a/test/${i}`, CONFLICT]),
    );
    expect((await verdict({ ...tests, 'z.ts': CONFLICT })).status).toBe('fail');
  });
});

it('puts the path into the repository', async () => {
  const input = { subpath: 'apps/web' };
  const { evidence } = await verdict({ 'a.ts': CONFLICT }, { input });
  expect(evidence?.[0].path).toBe('apps/web/a.ts');
});

it('never gets better by one more conflict', async () => {
  const path = fc.constantFrom('a.ts', 'b.md', 'test/c.ts', 'd/e.rst');
  const part = fc.constantFrom(
    'text\n',
    '=======\n',
    '```\n',
    '<<<<<<< x\n',
    '>>>>>>> y\n',
    CONFLICT,
  );
  const text = fc.array(part, { maxLength: 6 }).map(parts => parts.join(''));
  await fc.assert(
    fc.asyncProperty(fc.dictionary(path, text), path, async (files, at) => {
      const before = await verdict(files);
      const worse = { ...files, [at]: (files[at] ?? '') + CONFLICT };
      expect(goodness(await verdict(worse))).toBeLessThanOrEqual(
        goodness(before),
      );
    }),
  );
});
