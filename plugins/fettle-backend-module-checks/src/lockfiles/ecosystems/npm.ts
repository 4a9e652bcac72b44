import { parse } from 'yaml';
import type { Ecosystem } from '../Ecosystem';
import { globMembers } from '../globMembers';
import { record, strings } from '../records';

/** npm, Yarn, pnpm and Bun, with their workspaces, Lerna and Rush. */
export const npm: Ecosystem = {
  name: 'npm',
  manifests: ['package.json'],
  lockfiles: [
    'package-lock.json',
    'npm-shrinkwrap.json',
    'yarn.lock',
    'pnpm-lock.yaml',
    'bun.lock',
    'bun.lockb',
    'deno.lock',
    'common/config/rush/pnpm-lock.yaml',
    'common/config/rush/npm-shrinkwrap.json',
    'common/config/rush/yarn.lock',
    'common/config/subspaces/default/pnpm-lock.yaml',
  ],
  need({ text }) {
    const manifest: unknown = JSON.parse(text);
    if (typeof manifest !== 'object' || manifest === null) {
      throw new Error('It is not an object.');
    }
    const fields = record(manifest);
    const needs = [
      'dependencies',
      'devDependencies',
      'optionalDependencies',
    ].some(field => Object.keys(record(fields[field])).length > 0);
    if (!needs) return 'none';
    // What npm would refuse to publish is nobody's dependency.
    const publishable =
      fields.private !== true &&
      fields.workspaces === undefined &&
      typeof fields.name === 'string' &&
      typeof fields.version === 'string';
    return publishable ? 'library' : 'application';
  },
  workspaceFiles: [
    'package.json',
    'pnpm-workspace.yaml',
    'lerna.json',
    'rush.json',
  ],
  isMember(root, { folder }) {
    // Rush names its projects one by one, and refuses others.
    if (root.text('rush.json')?.includes(`"${inside(root.folder, folder)}"`)) {
      return true;
    }
    const { workspaces } = record(
      JSON.parse(root.text('package.json') ?? '{}'),
    );
    const globs = [
      ...strings(workspaces),
      ...strings(record(workspaces).packages),
      ...strings(
        record(parse(root.text('pnpm-workspace.yaml') ?? '')).packages,
      ),
      ...strings(record(JSON.parse(root.text('lerna.json') ?? '{}')).packages),
    ];
    return globMembers(globs, root.folder, folder);
  },
};

function inside(root: string, folder: string): string {
  return root === '' ? folder : folder.slice(root.length + 1);
}
