import {
  planContext,
  playbookStepContract,
} from 'backstage-plugin-fettle-node/testUtils';
import { addEditorconfig } from './addEditorconfig';

playbookStepContract(addEditorconfig, {
  sample: () => ({ files: { 'README.md': 'Read me.\n' } }),
});

it('leaves one that is there', async () => {
  const files = { '.editorconfig': 'root = true\n' };
  const { notes } = await addEditorconfig.plan(
    planContext({ indent: 2 }, files),
  );
  expect(notes).toEqual(['It is there already.']);
});
