import { parse } from 'smol-toml';
import type { Ecosystem } from '../Ecosystem';
import { globMembers } from '../globMembers';
import { record, strings } from '../records';

const DEPENDENCIES = ['dependencies', 'dev-dependencies', 'build-dependencies'];

/** Cargo and its workspaces. */
export const cargo: Ecosystem = {
  name: 'Cargo',
  manifests: ['Cargo.toml'],
  lockfiles: ['Cargo.lock'],
  signs: ['src/main.rs', 'src/bin'],
  need({ text, has }) {
    const manifest = record(parse(text));
    const tables = [
      manifest,
      record(manifest.workspace),
      ...Object.values(record(manifest.target)).map(record),
    ];
    const needs = tables.some(table =>
      DEPENDENCIES.some(name => Object.keys(record(table[name])).length > 0),
    );
    if (!needs) return 'none';
    const runs =
      manifest.bin !== undefined ||
      manifest.package === undefined ||
      record(manifest.package).publish === false ||
      has('src/main.rs') ||
      has('src/bin');
    return runs ? 'application' : 'library';
  },
  workspaceFiles: ['Cargo.toml'],
  // Cargo itself takes the nearest workspace above and refuses a crate that is
  // neither its member nor excluded; path dependencies are members unlisted.
  isMember(root, { folder, text }) {
    const workspace = record(parse(root.text('Cargo.toml') ?? '')).workspace;
    if (
      workspace === undefined ||
      record(parse(text)).workspace !== undefined
    ) {
      return false;
    }
    const excluded = strings(record(workspace).exclude).flatMap(path => [
      path,
      `${path.replace(/\/+$/, '')}/**`,
    ]);
    return !globMembers(excluded, root.folder, folder);
  },
};
