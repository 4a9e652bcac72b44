import { mockServices } from '@backstage/backend-test-utils';
import Ajv from 'ajv/dist/2020';
import { MemoryTree } from 'backstage-plugin-fettle-node/testUtils';
import { DefaultPlaybookSet } from '../DefaultPlaybookSet';
import { playbookJsonSchema } from '../playbookJsonSchema';
import { known, read } from '../testPlaybooks';
import { PlaybookFiles } from './PlaybookFiles';

const REPOSITORY = 'https://git.example.com/platform/playbooks';
const right = (id: string, uses = 'pin-actions') =>
  `id: ${id}\ntrigger: { on: person }\nsteps:\n  - id: a\n    uses: ${uses}\n`;

describe('PlaybookFiles', () => {
  let files: Record<string, string>;
  let head: string | null;
  let reads: number;
  let failure: Error | undefined;
  let set: DefaultPlaybookSet;
  let changes: number;

  beforeEach(() => {
    [head, reads, failure, changes] = ['c1', 0, undefined, 0];
    files = { 'playbooks/a.yaml': right('a'), 'other/z.yaml': 'nothing: here' };
    const source = {
      async readTree(_: unknown, commit: string) {
        reads += 1;
        if (failure) throw failure;
        return new MemoryTree(files, { commit });
      },
    };
    set = new DefaultPlaybookSet({
      configured: read({ 'add-licence': { enabled: true } }),
      files: [
        new PlaybookFiles({
          folder: { repository: REPOSITORY, path: 'playbooks' },
          known: known(),
          findRepository: async () => 'r',
          store: {
            getRepository: async () =>
              ({
                name: 'playbooks',
                sourceId: 'git',
                headCommit: head,
              } as never),
          },
          sources: () => new Map([['git', source as never]]),
          logger: mockServices.logger.mock(),
        }),
      ],
    });
    set.onChange(() => {
      changes += 1;
    });
  });

  it('reads the folder at each new head, and tells of it', async () => {
    await set.refresh();
    await set.refresh();
    expect([reads, changes]).toEqual([1, 1]);
    expect(set.get('a')?.view.origin).toMatchObject({
      ...{ kind: 'file', path: 'playbooks/a.yaml', commit: 'c1', line: 1 },
    });
    delete files['playbooks/a.yaml'];
    head = 'c2';
    await set.refresh();
    expect([set.get('a'), changes]).toEqual([undefined, 2]);
    expect(set.get('pin-actions')).toBeDefined();
  });

  it('keeps what was right last of a file that is wrong, and leaves out one that never was', async () => {
    await set.refresh();
    files['playbooks/a.yaml'] = right('a', 'no-step');
    files['playbooks/b.yaml'] = 'id: [';
    head = 'c2';
    await set.refresh();
    expect(set.get('a')?.view.origin.commit).toBe('c1');
    expect(set.problems()).toEqual([
      expect.objectContaining({ path: 'playbooks/a.yaml', line: 5 }),
      expect.objectContaining({ path: 'playbooks/b.yaml', line: 1 }),
    ]);
  });

  it('keeps everything where the repository cannot be read, and tries again', async () => {
    await set.refresh();
    failure = new Error('The host is away.');
    head = 'c2';
    await set.refresh();
    expect(set.get('a')).toBeDefined();
    expect(set.problems()[0].reason.message).toMatch(/The host is away/);
    failure = undefined;
    await set.refresh();
    expect(set.problems()).toEqual([]);
  });

  it('says nothing of an unknown id before everything was read once', async () => {
    const unread = { code: 'playbooks-unread' };
    expect(set.unread('a')).toMatchObject(unread);
    expect(set.unread('add-licence')).toBeNull();
    failure = new Error('The host is away.');
    await set.refresh();
    expect(set.unread('a')).toMatchObject(unread);
    failure = undefined;
    // What may have been right before the backend started is left out.
    files['playbooks/a.yaml'] = 'id: [';
    await set.refresh();
    expect(set.unread('a')).toMatchObject(unread);
    files['playbooks/a.yaml'] = right('a');
    head = 'c2';
    await set.refresh();
    delete files['playbooks/a.yaml'];
    head = 'c3';
    await set.refresh();
    expect([set.get('a'), set.unread('a')]).toEqual([undefined, null]);
  });

  it('gives an id to who has it first', async () => {
    files['playbooks/b.yaml'] = right('a');
    files['playbooks/c.yaml'] = right('pin-actions');
    await set.refresh();
    expect(set.get('pin-actions')?.view.origin.kind).toBe('built-in');
    expect(
      set.problems().map(({ path, reason }) => [path, reason.code]),
    ).toEqual([
      ['playbooks/b.yaml', 'id-taken'],
      ['playbooks/c.yaml', 'id-taken'],
    ]);
  });

  it('refuses a file that is too large', async () => {
    files['playbooks/b.yaml'] = `# ${'x'.repeat(300_000)}\n${right('b')}`;
    await set.refresh();
    expect(set.get('b')).toBeUndefined();
    expect(set.problems()[0].reason.message).toMatch(/too-large/);
  });
});

describe('playbookJsonSchema', () => {
  const valid = (playbook: object) =>
    new Ajv({ strict: false }).validate(playbookJsonSchema(known()), playbook);
  const playbook = {
    id: 'a',
    trigger: { on: 'finding', with: { kinds: ['secret'] } },
    steps: [{ id: 's', uses: 'update-dependency', with: { coolDownDays: 1 } }],
  };

  it('tells right from wrong, down to the parameters of steps', () => {
    expect(valid(playbook)).toBe(true);
    const [step] = playbook.steps;
    for (const wrong of [
      { levl: 'x' },
      { trigger: { on: 'push' } },
      { trigger: { on: 'finding', with: { kinds: ['bug'] } } },
      { steps: [{ ...step, uses: 'no-step' }] },
      { steps: [{ ...step, with: { coolDownDays: 'many' } }] },
    ]) {
      expect(valid({ ...playbook, ...wrong })).toBe(false);
    }
  });
});
