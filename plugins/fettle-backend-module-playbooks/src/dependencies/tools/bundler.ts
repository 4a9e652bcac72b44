import { folderOf, foldersWith } from '../EcosystemTool';
import type { EcosystemTool } from '../EcosystemTool';

/**
 * Bundler: a Gemfile is a program, and Bundler runs it. Nor can the lockfile
 * be edited as a text: what a new version depends on is not known without it.
 */
export const bundler: EcosystemTool = {
  id: 'bundler',
  ecosystem: 'RubyGems',
  find: paths => foldersWith(paths, ['Gemfile.lock']),
  owns: (folder, path) => folderOf(path) === folder && /\bGemfile/.test(path),
  asked: async () => [],
  update: async ({ remote, updates }) => ({
    ...{ files: [], changed: [] },
    failed: updates.map(update => ({
      update,
      reason: `A Gemfile is a program, which Fettle does not execute: update ${update.name} of ${remote} by hand.`,
    })),
  }),
};
