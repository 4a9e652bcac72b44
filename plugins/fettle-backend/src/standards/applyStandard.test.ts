import type {
  RepositoryKeeper,
  RepositorySettings,
  StepProblem,
} from 'backstage-plugin-fettle-node';
import {
  planContext,
  playbookStepContract,
} from 'backstage-plugin-fettle-node/testUtils';
import { make } from '../policies/language/environment';
import { createApplyStandard } from './applyStandard';
import { loadStandard } from './loadStandard';
import { standardSettingsSchema } from './standardSchema';

const standard = (id: string, given: object) =>
  loadStandard(id, standardSettingsSchema.parse({ version: 1, ...given }), {
    ...{ kind: 'config', repository: null, path: null, commit: null },
  });
const file = (path: string, strategy: string, content: string) => ({
  ...{ path, strategy, content },
});
const drift = (id: string): StepProblem => ({
  ...{ key: id, kind: 'drift', title: `Differs from ${id}` },
  drift: { standard: id, version: '1', paths: [] },
});
const stepOf = (...standards: ReturnType<typeof standard>[]) =>
  createApplyStandard({
    knowledge: {
      of: async () => ({
        conditions: {
          repository: make('Repository', { name: 'ledger', archived: false }),
          ...{ entities: [], now: new Date('2026-03-01T00:00:00Z') },
        },
        ...{ facts: {}, bases: new Map(), standards },
      }),
    },
  });
/** A host of repositories with a wiki. */
function keeperOf(given: Partial<RepositoryKeeper> = {}) {
  const settings: RepositorySettings = { wiki: true };
  const keeper: RepositoryKeeper = {
    ...{ id: 'keeper', covers: () => true, hostOf: () => 'h' },
    check: async () => [],
    readSettings: async () => ({ ...settings }),
    applySettings: async (_, wanted) => {
      Object.assign(settings, wanted);
    },
    ...given,
  };
  return { keeper, settings };
}
const given = (
  files: Record<string, string>,
  problems: StepProblem[] = [],
  keeper: RepositoryKeeper = keeperOf().keeper,
) => planContext({ standards: [] }, files, { problems, host: { keeper } });

const BASICS = standard('basics', {
  files: [file('.gitignore', 'ensure-lines', '.DS_Store\n.idea/\n')],
});
const IGNORES = standard('ignores', {
  files: [file('.gitignore', 'ensure-lines', '.DS_Store\n.env\n')],
});
/** Half a block is a conflict. */
const SUPPORT = standard('support', {
  files: [
    file('README.md', 'managed-block', 'Ask us.\n'),
    file('.nvmrc', 'replace', '22\n'),
  ],
});
const HALF = '<!-- fettle: begin support -->\n';

describe('applyStandard', () => {
  playbookStepContract(
    stepOf(BASICS, IGNORES, standard('wikis', { settings: { wiki: false } })),
    {
      sample: () => {
        const { keeper, settings } = keeperOf();
        return {
          files: { '.gitignore': 'dist/\n' },
          context: { host: { keeper } },
          state: () => settings,
        };
      },
    },
  );

  it('brings a file to all standards that are about it', async () => {
    const step = stepOf(BASICS, IGNORES);
    const plan = await step.plan(given({ '.gitignore': 'dist/\n' }));
    expect(plan.files).toEqual([
      expect.objectContaining({
        path: '.gitignore',
        content: 'dist/\n.DS_Store\n.idea/\n.env\n',
      }),
    ]);
    const after = given({ '.gitignore': plan.files![0].content! });
    expect(await step.verify!(after)).toMatchObject({ state: 'right' });
    expect(await step.plan(after)).toMatchObject({ files: [] });
  });

  it('leaves alone what standards do not agree on, and brings in the rest', async () => {
    const step = stepOf(
      standard('old', { files: [file('.nvmrc', 'replace', '20\n')] }),
      SUPPORT,
    );
    const problems = [drift('old'), drift('support')];
    const plan = await step.plan(given({}, problems));
    expect(plan.files).toMatchObject([{ path: 'README.md' }]);
    expect(plan.obstacles).toEqual([]);
    const reason = 'Standards do not agree on .nvmrc.';
    expect(plan.unmended).toEqual([
      { key: 'old', reason },
      { key: 'support', reason },
    ]);
    const files = { 'README.md': plan.files![0].content! };
    expect(await step.verify!(given(files, problems))).toMatchObject({
      state: 'right',
      message: expect.stringContaining(reason),
    });
  });

  it('brings in what it can beside a conflict, and proves no more than that', async () => {
    const step = stepOf(SUPPORT, BASICS);
    const problems = [drift('support'), drift('basics')];
    const before = given({ 'README.md': HALF }, problems);
    const plan = await step.plan(before);
    expect(plan.files!.map(({ path }) => path)).toEqual([
      ...['.nvmrc', '.gitignore'],
    ]);
    expect(plan.obstacles).toEqual([]);
    expect(plan.unmended).toEqual([
      { key: 'support', reason: expect.stringContaining('README.md') },
    ]);
    expect(await step.verify!(before)).toMatchObject({ state: 'wrong' });
    const after = Object.fromEntries(
      plan.files!.map(({ path, content }) => [path, content!]),
    );
    const now = given({ ...after, 'README.md': HALF }, problems);
    expect(await step.verify!(now)).toMatchObject({
      state: 'right',
      message: expect.stringContaining('README.md'),
    });
    // Nothing is left that could be brought in.
    expect(await step.plan(now)).toMatchObject({
      ...{ files: [], obstacles: [{ code: 'conflict' }] },
    });
  });

  it('touches no file where its settings cannot be changed', async () => {
    const step = stepOf(
      standard('all', {
        files: [file('.nvmrc', 'replace', '22\n')],
        settings: { wiki: false },
      }),
    );
    const noRight = { code: 'no-right', message: 'No.', action: 'Give it.' };
    const asked = jest.fn(async () => [noRight]);
    const { keeper } = keeperOf({ check: asked });
    const plan = await step.plan(given({}, [], keeper));
    expect(plan.obstacles).toEqual([noRight]);
    expect(asked).toHaveBeenCalledWith(
      expect.anything(),
      expect.objectContaining({ what: 'settings' }),
    );
    const { keeper: reader } = keeperOf({ applySettings: undefined });
    expect(await step.plan(given({}, [], reader))).toMatchObject({
      obstacles: [{ code: 'not-supported' }],
    });
  });

  it('sets a setting once, and none on which standards do not agree', async () => {
    const wiki = (id: string, is: boolean, issues: boolean) =>
      standard(id, { settings: { wiki: is, issues } });
    const readSettings = async () => ({ wiki: true, issues: true });
    const { keeper } = keeperOf({ readSettings });
    const plan = async (...standards: ReturnType<typeof wiki>[]) =>
      (await stepOf(...standards).plan(given({}, [], keeper))).actions!.map(
        ({ after }) => after,
      );
    expect(await plan(wiki('a', false, true), wiki('b', false, true))).toEqual([
      { wiki: false },
    ]);
    expect(await plan(wiki('a', false, false), wiki('b', true, false))).toEqual(
      [{ issues: false }],
    );
  });
});
