import type { PlaybookStep } from 'backstage-plugin-fettle-node';
import { z } from 'zod';

const parameters = z.strictObject({
  indent: z
    .number()
    .int()
    .min(1)
    .max(8)
    .default(2)
    .describe('Spaces by which lines are indented.'),
});

export const addEditorconfig: PlaybookStep<z.output<typeof parameters>> = {
  id: 'add-editorconfig',
  title: 'Add an .editorconfig',
  description: 'Adds an .editorconfig where the repository has none.',
  parameters,
  ...{ destructive: false, idempotent: true, reversible: true },
  async plan({ parameters: { indent }, tree }) {
    const path = '.editorconfig';
    const found = await tree.read([path]);
    if (found.has(path)) return { notes: ['It is there already.'] };
    const content = `root = true\n\n[*]\nindent_style = space\nindent_size = ${indent}\n`;
    return { files: [{ path, content }] };
  },
};
