import {
  checkContract,
  factCollectorContract,
  factInput,
} from 'backstage-plugin-fettle-node/testUtils';
import fc from 'fast-check';
import { goodness, judge } from '../testing/judge';
import { readmeCheck } from './readmeCheck';
import { readmeFactCollector } from './readmeFact';

const prose = (count: number) => Array(count).fill('word').join(' ');
const verdict = (files: object, options?: object) =>
  judge(readmeFactCollector, readmeCheck, files as any, options as any);

factCollectorContract(readmeFactCollector, {
  inputs: [factInput({ 'README.md': `# T\n\n${prose(60)}` })],
});
checkContract(readmeCheck, {
  facts: [
    { readme: { readme: null } },
    {
      readme: {
        readme: {
          path: 'README.md',
          words: 60,
          headingWords: 1,
          omitted: null,
          template: null,
        },
      },
    },
  ],
});

describe('where a README is found', () => {
  it.each([
    'README.md',
    'Readme.md',
    'readme.markdown',
    'README.mdown',
    'README.rst',
    'README.adoc',
    'README.asciidoc',
    'README.org',
    'README.textile',
    'README.rdoc',
    'README.pod',
    'README.creole',
    'README.mediawiki',
    'README.txt',
    'README',
    'ReadMe',
    '.github/README.md',
    'docs/README.md',
    'Docs/readme.rst',
    'README.ja.md',
    'README-zh_CN.md',
  ])('takes %s', async path => {
    const { status, evidence } = await verdict({ [path]: prose(60) });
    expect({ status, path: evidence?.[0].path }).toEqual({
      status: 'pass',
      path,
    });
  });

  it.each([
    'README.py',
    'READMEs/a.md',
    'src/README.md',
    'README.md.erb',
    'NOTREADME.md',
  ])('passes %s over', async path => {
    expect((await verdict({ [path]: prose(60) })).status).toBe('fail');
  });

  it('judges the one that every host shows', async () => {
    const files = { '.github/README.md': prose(99), 'README.md': '# Ledger\n' };
    expect((await verdict(files)).status).toBe('fail');
  });

  it('wants one in the folder itself where a folder is judged', async () => {
    const input = { subpath: 'services/pay' };
    const below = await verdict({ 'docs/README.md': prose(60) }, { input });
    expect(below.status).toBe('fail');
    const own = await verdict({ 'README.md': prose(60) }, { input });
    expect(own.evidence?.[0].path).toBe('services/pay/README.md');
  });
});

describe('symlinks', () => {
  it.each([
    [
      'inside the tree',
      {
        'README.md': { symlink: 'pkg/a/README.md' },
        'pkg/a/README.md': prose(60),
      },
      'pass',
    ],
    [
      'through two links',
      {
        'README.md': { symlink: './b' },
        b: { symlink: 'c.md' },
        'c.md': prose(60),
      },
      'pass',
    ],
    [
      'from a folder',
      { 'docs/README.md': { symlink: '../c.md' }, 'c.md': prose(60) },
      'pass',
    ],
    [
      'out of the tree',
      { 'README.md': { symlink: '../../etc/passwd' } },
      'unknown',
    ],
    [
      'to an absolute path',
      { 'README.md': { symlink: '/etc/passwd' } },
      'unknown',
    ],
    ['in a circle', { 'README.md': { symlink: 'README.md' } }, 'unknown'],
  ])('%s', async (_, files, status) => {
    expect((await verdict(files)).status).toBe(status);
  });
});

describe('substance', () => {
  it.each([
    ['nothing', '', 'fail'],
    [
      'a title',
      '# The ledger of all our payments in one place for you all\n',
      'fail',
    ],
    [
      'an underlined title',
      'The ledger of all our payments in one place for all\n====\n',
      'fail',
    ],
    [
      'badges',
      `# L\n${'[![build](https://ci/x.svg)](https://ci/x)\n'.repeat(60)}`,
      'fail',
    ],
    ['a comment', `<!-- ${prose(60)} -->`, 'fail'],
    ['an open comment', `<!-- ${prose(60)}`, 'fail'],
    ['code', `# L\n\`\`\`sh\n${prose(60)}\n\`\`\`\n`, 'fail'],
    [
      'link targets',
      `# L\n${'[a]: https://example.com/x\n'.repeat(60)}`,
      'fail',
    ],
    [
      'images in reStructuredText',
      `L\n=\n\n${'.. image:: https://x/y.svg\n   :target: https://x\n'.repeat(
        30,
      )}`,
      'fail',
    ],
    ['a sentence', `# L\n\n${prose(20)}`, 'warn'],
    ['enough', `# L\n\n${prose(50)}`, 'pass'],
    [
      'enough in HTML',
      `<h1>L</h1>\n<p align="center">${prose(50)}</p>`,
      'pass',
    ],
    ['enough in a list', `# L\n${'* one two three\n'.repeat(20)}`, 'pass'],
    [
      'enough in Japanese',
      '# 台帳\n\n'.concat('これは支払いの台帳です。'.repeat(12)),
      'pass',
    ],
    ['enough in AsciiDoc', `= L\n:toc:\n\n${prose(50)}`, 'pass'],
    [
      'the text of a generator',
      `# X\n\nThis project was bootstrapped with [Create React App](https://x). ${prose(
        80,
      )}`,
      'warn',
    ],
    ['bytes', Buffer.from([0, 1, 2]), 'unknown'],
  ])('%s', async (_, text, status) => {
    expect(await verdict({ 'README.md': text })).toMatchObject({ status });
  });

  it('counts with the parameters given', async () => {
    const parameters = { minWords: 5, failBelow: 2 };
    const result = await verdict(
      { 'README.md': 'one two three' },
      { parameters },
    );
    expect(result).toMatchObject({
      status: 'warn',
      message: 'README.md has 3 words of prose; 5 are wanted.',
    });
  });

  it('never gets better by losing words', async () => {
    const line = fc.oneof(
      fc.lorem({ maxCount: 12 }),
      fc.constantFrom(
        '# Title',
        '- item',
        '',
        '> quote',
        '![x](y)',
        '| a | b |',
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 12 }),
        fc.nat(),
        async (lines, at) => {
          const words = lines.map(l => l.split(' '));
          const index = words.findIndex(
            (w, i) =>
              i >= at % (lines.length || 1) && w.length > 1 && /^\w/.test(w[1]),
          );
          fc.pre(index >= 0);
          const fewer = words.map((w, i) => (i === index ? w.slice(0, -1) : w));
          const text = (all: string[][]) =>
            all.map(w => w.join(' ')).join('\n');
          const before = await verdict({ 'README.md': text(words) });
          const after = await verdict({ 'README.md': text(fewer) });
          expect(goodness(after)).toBeLessThanOrEqual(goodness(before));
        },
      ),
    );
  });
});
