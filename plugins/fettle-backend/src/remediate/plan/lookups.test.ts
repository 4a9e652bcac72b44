import type { PlaybookStep } from 'backstage-plugin-fettle-node';
import { describeStore } from '../../store/testDatabases';
import { playbook, setUp } from '../testRemediations';

jest.setTimeout(180_000);

const ORDER = {
  ...{ playbookId: 'mend', repositoryId: 'ledger', requestedBy: 'fettle' },
};

describeStore('what steps may ask besides the tree', init => {
  it('is another commit, and the releases of a package', async () => {
    const given: { before?: string } = {};
    const step: PlaybookStep = {
      ...{ id: 'ask', title: 'Ask', description: '', reversible: true },
      ...{ parameters: undefined as never, destructive: false },
      idempotent: true,
      async plan({ treeAt, readCommit, releases }) {
        const tree = await treeAt!(given.before!);
        const files = await tree.read(['README.md']);
        const { parents } = await readCommit!(given.before!);
        const known = await releases!('npm', 'leaf');
        return {
          notes: [
            files.get('README.md')!.text!,
            `${parents}`,
            `${known?.map(({ version }) => version)}`,
            `${await releases!('Maven', 'g:a')}`,
          ],
        };
      },
    };
    const { service, source, registry, repository } = await setUp(
      await init(),
      {
        playbooks: [playbook({}, [{ step }])],
      },
    );
    given.before = repository.snapshot(new Date()).head!.commit;
    await repository.commit({
      ...{ files: { 'README.md': 'Later' }, at: '2026-05-02T00:00:00Z' },
    });
    const reading = {
      ...{ subject: 'x', author: 'Ada', committedAt: '2026-05-01T00:00:00Z' },
      ...{ paths: [], parents: ['p'], complete: true },
    };
    Object.assign(source, { readCommit: async () => reading });
    registry.addReleaseSource({
      ...{ id: 'npm', title: 'npm', ecosystems: ['npm'] },
      releases: async () => [{ version: '1.0.1' }],
    });
    expect(await service.plan(ORDER)).toMatchObject({
      ...{ state: 'empty', obstacles: [] },
      notes: ['# Hello\n', 'p', '1.0.1', 'undefined'],
    });
  });

  it('is left out where nobody can be asked', async () => {
    const asked: unknown[] = [];
    const step: PlaybookStep = {
      ...{ id: 'ask', title: 'Ask', description: '', reversible: true },
      ...{ parameters: undefined as never, destructive: false },
      idempotent: true,
      async plan({ readCommit, releases }) {
        asked.push(readCommit, releases);
        return {};
      },
    };
    const { service } = await setUp(await init(), {
      playbooks: [playbook({}, [{ step }])],
    });
    await service.plan(ORDER);
    expect(asked).toEqual([undefined, undefined]);
  });
});
