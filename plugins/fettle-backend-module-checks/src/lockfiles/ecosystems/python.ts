import { parse } from 'smol-toml';
import type { Ecosystem } from '../Ecosystem';
import { globMembers } from '../globMembers';
import { record, strings } from '../records';

/** Projects with a pyproject.toml: uv and its workspaces, Poetry, PDM, pip. */
export const python: Ecosystem = {
  name: 'Python',
  manifests: ['pyproject.toml'],
  lockfiles: [
    'uv.lock',
    'poetry.lock',
    'pdm.lock',
    'pylock.toml',
    'pixi.lock',
    'requirements.lock',
    'conda-lock.yml',
    'Pipfile.lock',
  ],
  need({ text }) {
    const manifest = record(parse(text));
    const project = record(manifest.project);
    const { poetry: p, uv } = record(manifest.tool);
    const poetry = record(p);
    const groups = Object.values(record(poetry.group));
    const needs =
      strings(project.dependencies).length > 0 ||
      Object.keys(record(poetry.dependencies)).some(n => n !== 'python') ||
      groups.some(
        g => Object.keys(record(record(g).dependencies)).length > 0,
      ) ||
      Object.values(record(manifest['dependency-groups'])).flat().length > 0 ||
      strings(record(uv)['dev-dependencies']).length > 0;
    if (!needs) return 'none';
    const kept =
      poetry['package-mode'] === false ||
      record(uv).package === false ||
      strings(project.classifiers).some(c => c.startsWith('Private ::'));
    return manifest['build-system'] !== undefined && !kept
      ? 'library'
      : 'application';
  },
  workspaceFiles: ['pyproject.toml'],
  isMember(root, { folder }) {
    const manifest = record(parse(root.text('pyproject.toml') ?? ''));
    const workspace = record(record(record(manifest.tool).uv).workspace);
    return (
      globMembers(strings(workspace.members), root.folder, folder) &&
      !globMembers(strings(workspace.exclude), root.folder, folder)
    );
  },
};

/** Pipenv. */
export const pipenv: Ecosystem = {
  name: 'Pipenv',
  manifests: ['Pipfile'],
  lockfiles: ['Pipfile.lock'],
  need({ text }) {
    const manifest = record(parse(text));
    return ['packages', 'dev-packages'].some(
      table => Object.keys(record(manifest[table])).length > 0,
    )
      ? 'application'
      : 'none';
  },
};
