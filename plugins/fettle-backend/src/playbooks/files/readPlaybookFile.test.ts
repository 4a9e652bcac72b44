import { known } from '../testPlaybooks';
import { FileError, readPlaybookFile } from './readPlaybookFile';

const RIGHT = `# Ours
id: pin
trigger:
  on: finding
  with: { rules: [unpinned-action] }
steps:
  - id: pin
    uses: pin-actions
`;
const options = {
  ...{ repository: 'https://git.example.com/p', path: 'p.yaml', commit: 'c1' },
  known: known(),
};
const read = (text: string) => readPlaybookFile(text, options);
const failure = (text: string) => {
  try {
    read(text);
  } catch (error) {
    if (error instanceof FileError) {
      return `${error.line}: ${error.reason.message}`;
    }
    throw error;
  }
  return undefined;
};

describe('readPlaybookFile', () => {
  it('reads a playbook of each document, with its place', () => {
    const other = RIGHT.replace('id: pin\n', 'id: other\nenabled: false\n');
    const read2 = read(`${RIGHT}---\n${other}---\n`);
    expect(
      read2.map(({ playbook, enabled }) => [
        ...[playbook.view.id, playbook.view.origin.line, enabled],
      ]),
    ).toEqual([
      ['pin', 2, true],
      ['other', 11, false],
    ]);
    expect(read2[0].playbook.view.origin).toMatchObject({
      ...{ kind: 'file', path: 'p.yaml', commit: 'c1' },
    });
  });

  it.each([
    ['a key', RIGHT.replace('trigger:', 'triger:'), /^3: 'triger': Unrec/],
    [
      'a trigger',
      RIGHT.replace('on: finding', 'on: fund'),
      /^4: 'trigger\.on'/,
    ],
    [
      'its parameter',
      RIGHT.replace('rules', 'ruls'),
      /^5: 'trigger\.with\.ruls'/,
    ],
    [
      'a step',
      RIGHT.replace('pin-actions', 'pin'),
      /^8: 'steps\.0\.uses': There is no step 'pin'/,
    ],
    ['a level', `${RIGHT}level: high\n`, /^9: 'level'/],
    ['what is missing', RIGHT.replace(/^id: pin$/m, ''), /^3: 'id'/],
    [
      'a condition',
      `${RIGHT}condition: findin.exploited\n`,
      /^9: 'condition': .*Unknown variable: findin/s,
    ],
    [
      'a condition of several lines',
      `${RIGHT}condition: |\n  finding.exploited &&\n  finding.severty == "high"\n`,
      /^11: 'condition': .*severty/s,
    ],
    [
      'a limit of the second document',
      `${RIGHT}---\n${RIGHT}limits:\n  openChanges: many\n`,
      /^19: 'limits\.openChanges'/,
    ],
    ['the YAML', 'id: [a\nb: c\n', /^\d+: /],
    [
      'a key that stands twice',
      `${RIGHT}id: again\n`,
      /^9: Map keys must be unique/,
    ],
  ])('names the line of %s that is wrong', (_, text, message) => {
    expect(failure(text)).toMatch(message);
  });

  it('refuses a bomb of aliases', () => {
    const levels = 'abcdefghi'.split('').map((name, i, all) =>
      i === 0
        ? `${name}: &${name} [x, x, x, x, x, x, x, x, x]`
        : `${name}: &${name} [${Array(9)
            .fill(`*${all[i - 1]}`)
            .join(', ')}]`,
    );
    const started = Date.now();
    expect(failure(levels.join('\n'))).toMatch(/Excessive alias count/);
    expect(Date.now() - started).toBeLessThan(2_000);
  });

  it('refuses what is no map, and a file of too many documents', () => {
    expect(failure('- a\n')).toMatch(/^1: .*expected object/);
    expect(failure(`${RIGHT}---\n`.repeat(51))).toMatch(/more than 50/);
  });

  it('takes keys of prototypes for keys', () => {
    expect(failure(`${RIGHT}__proto__: { level: enforce }\n`)).toMatch(
      /^9: '__proto__'/,
    );
  });
});
