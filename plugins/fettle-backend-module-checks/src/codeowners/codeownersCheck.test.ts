import {
  checkContract,
  factCollectorContract,
  factInput,
} from 'backstage-plugin-fettle-node/testUtils';
import fc from 'fast-check';
import { goodness, judge } from '../testing/judge';
import { codeownersCheck } from './codeownersCheck';
import { codeownersFactCollector } from './codeownersFact';
import { parseCodeowners } from './parseCodeowners';

const verdict = (files: object) =>
  judge(codeownersFactCollector, codeownersCheck, files as any);

factCollectorContract(codeownersFactCollector, {
  inputs: [factInput({ CODEOWNERS: '* @ada\nx y\n'.repeat(500) })],
});
checkContract(codeownersCheck, {
  facts: [
    { codeowners: { file: null, other: null } },
    { codeowners: { file: null, other: 'OWNERS' } },
  ],
});

describe('what parses', () => {
  it.each([
    ['a user', '* @ada'],
    ['a team', '/src/ @example/payments'],
    ['a nested group', '* @a/b/c'],
    ['an address', '*.js ada@example.com'],
    ['several owners', '* @a @b/c d@e.org'],
    ['a comment at the end', '* @ada # she knows'],
    ['a comment of several words', '* @ada #all of it is hers'],
    ['no owner', '/generated/'],
    ['an escaped space', '/my\\ folder/ @ada'],
    ['an escaped hash', '\\#notes.md @ada'],
    ['Windows line ends', '* @ada\r\n\r\n/x @b\r'],
    ['a byte order mark', '\uFEFF* @ada'],
    ['a role', '* @@maintainers'],
    ['a section', '[Docs]\n/docs @ada'],
    ['a section with spaces and owners', '[All the docs] @ada @b/c\n/docs'],
    ['an optional section with approvals', '^[Docs][2] @ada\n/docs'],
  ])('%s', (_, text) => {
    expect(parseCodeowners(text, 'any').errors).toEqual([]);
  });
});

describe('what does not', () => {
  it.each([
    ['an owner without @', '* ada', 'any', 1],
    ['a line after good ones', '* @ada\n# x\n\n/src payments team', 'any', 4],
    ['an owner in place of the pattern', '@ada', 'any', 1],
    ['an open section', '[Docs\n/docs @ada', 'gitlab', 1],
    ['a negation', '!/docs @ada', 'github', 1],
    ['a range', '*.[ch] @ada', 'github', 1],
    ['a section on a host without them', '[Docs] @ada', 'github', 1],
    ['a bare @', '* @', 'any', 1],
    ['an address without a domain', '* ada@', 'any', 1],
  ] as const)('%s', (_, text, dialect, line) => {
    expect(parseCodeowners(text, dialect).errors[0]).toMatchObject({ line });
  });
});

it.each([
  [
    { '.github/CODEOWNERS': '* @ada' },
    'pass',
    '1 rule in .github/CODEOWNERS, 1 with owners.',
  ],
  [{ CODEOWNERS: '* @ada' }, 'pass', '1 rule in CODEOWNERS, 1 with owners.'],
  [
    { 'docs/CODEOWNERS': '* @ada' },
    'pass',
    '1 rule in docs/CODEOWNERS, 1 with owners.',
  ],
  [
    { '.gitlab/CODEOWNERS': '[All] @ada\n*' },
    'pass',
    '1 rule in .gitlab/CODEOWNERS, 1 with owners.',
  ],
  [
    { '.github/CODEOWNERS': '', CODEOWNERS: '* @ada' },
    'warn',
    '.github/CODEOWNERS has no rules.',
  ],
  [
    { CODEOWNERS: '# nobody\n/x' },
    'warn',
    'CODEOWNERS has 1 rule, none with an owner.',
  ],
  [
    { CODEOWNERS: '* @ada\n*.js bob' },
    'warn',
    '1 error in CODEOWNERS; 1 rule can be read.',
  ],
  [
    { CODEOWNERS: '* bob' },
    'fail',
    '1 error in CODEOWNERS; 0 rules can be read.',
  ],
  [{ CODEOWNERS: Buffer.from([0, 1]) }, 'fail', 'CODEOWNERS is not text.'],
  [
    { CODEOWNERS: '#'.repeat(3 * 1024 * 1024 + 1) },
    'fail',
    'CODEOWNERS has 3145729 bytes; hosts do not load one over 3 MiB.',
  ],
  [
    { OWNERS: 'approvers: [ada]' },
    'warn',
    'There is no CODEOWNERS file; OWNERS names owners in a form on which hosts do not act.',
  ],
  [
    { 'src/CODEOWNERS': '* @ada' },
    'fail',
    'There is no CODEOWNERS file where hosts look for one.',
  ],
])('%#: %s', async (files, status, message) => {
  expect(await verdict(files)).toMatchObject({ status, message });
});

it('points at the lines, and counts those that are not listed', async () => {
  const text = `* @ada\n${'x bob\n'.repeat(80)}`;
  const { message, evidence } = await verdict({ CODEOWNERS: text });
  expect(message).toMatch(/^80 errors/);
  expect(evidence?.[0]).toMatchObject({ path: 'CODEOWNERS', line: 2 });
});

it('never gets better by a broken line', async () => {
  const line = fc.constantFrom<string>(
    '* @ada',
    '/x',
    '# c',
    '[S] @b',
    '',
    'a b',
    '*.js c@d.e',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(line), fc.nat(), async (lines, at) => {
      const worse = lines.slice();
      worse.splice(at % (lines.length + 1), 0, '/src nobody');
      const before = await verdict({ CODEOWNERS: lines.join('\n') });
      const after = await verdict({ CODEOWNERS: worse.join('\n') });
      expect(goodness(after)).toBeLessThanOrEqual(goodness(before));
    }),
  );
});
