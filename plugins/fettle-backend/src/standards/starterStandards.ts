import type { z } from 'zod';
import type { standardSettingsSchema } from './standardSchema';

/** What every repository is better with, and what nobody objects to. Nothing is changed until a playbook applies it. */
export const STARTER_STANDARDS: Readonly<
  Record<string, z.input<typeof standardSettingsSchema>>
> = {
  'repository-basics': {
    title: 'Basics of a repository',
    description:
      'One way of line ends and indentation for every editor, and no files of editors and systems in Git.',
    version: '1',
    files: [
      {
        path: '.editorconfig',
        strategy: 'create-only',
        content: [
          '# https://editorconfig.org',
          'root = true',
          '',
          '[*]',
          'charset = utf-8',
          'end_of_line = lf',
          'indent_size = 2',
          'indent_style = space',
          'insert_final_newline = true',
          'trim_trailing_whitespace = true',
          '',
          '[*.md]',
          'trim_trailing_whitespace = false',
          '',
          '[{Makefile,*.go}]',
          'indent_style = tab',
          '',
        ].join('\n'),
      },
      {
        path: '.gitignore',
        strategy: 'ensure-lines',
        content: '.DS_Store\n.idea/\n*.swp\n',
      },
      {
        path: '.gitattributes',
        strategy: 'ensure-lines',
        content: '* text=auto\n',
      },
    ],
  },
};
