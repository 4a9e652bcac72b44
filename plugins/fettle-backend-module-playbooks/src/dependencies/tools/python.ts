import { parse } from 'smol-toml';
import { SourceError } from 'backstage-plugin-fettle-node';
import { foldersWith, inFolder } from '../EcosystemTool';
import type { EcosystemTool, Project, ToolResult } from '../EcosystemTool';
import { asRecord } from '../javascript/Manifest';
import {
  lastWords,
  ToolFolder,
  toolObstacles,
  type ToolRun,
} from '../run/ToolFolder';
import { isRight, targetOf, type Update } from '../Update';

interface Locked {
  name: string;
  version: string;
}

interface PythonTool {
  id: 'uv' | 'poetry';
  lock: string;
  /** It may build packages to know what they depend on. */
  builds: boolean;
  runs(
    wanted: readonly { name: string; to: string }[],
    options: { index: string; folder: ToolFolder },
  ): ToolRun;
}

/** uv: https://docs.astral.sh/uv/reference/cli/#uv-lock */
export const uv = pythonTool({
  ...{ id: 'uv', lock: 'uv.lock', builds: false },
  runs: (wanted, { index, folder }) => ({
    program: 'uv',
    args: [
      ...['lock', '--no-config', '--no-build', '--no-python-downloads'],
      ...wanted.flatMap(({ name, to }) => ['-P', `${name}==${to}`]),
    ],
    env: {
      UV_DEFAULT_INDEX: index,
      UV_CACHE_DIR: `${folder.temporary}/uv`,
      UV_NO_PROGRESS: '1',
    },
  }),
});

/** Poetry: https://python-poetry.org/docs/cli/#update */
export const poetry = pythonTool({
  ...{ id: 'poetry', lock: 'poetry.lock', builds: true },
  runs: (wanted, { folder }) => ({
    program: 'poetry',
    args: [
      ...['update', '--lock', '--no-interaction', '--no-plugins', '--no-ansi'],
      ...['--', ...wanted.map(({ name }) => name)],
    ],
    env: {
      POETRY_CONFIG_DIR: `${folder.home}/poetry`,
      POETRY_CACHE_DIR: `${folder.temporary}/poetry`,
      POETRY_VIRTUALENVS_CREATE: 'false',
      POETRY_KEYRING_ENABLED: 'false',
    },
  }),
});

function pythonTool(tool: PythonTool): EcosystemTool {
  return {
    id: tool.id,
    ecosystem: 'PyPI',
    find: paths => foldersWith(paths, [tool.lock]),
    owns: (folder, path) =>
      path === inFolder(folder, tool.lock) ||
      path === inFolder(folder, 'pyproject.toml'),
    async asked(project) {
      const manifest = await readToml(project, 'pyproject.toml');
      const text = manifest?.text ?? '';
      return (await readLocked(project, tool)).packages.filter(({ name }) =>
        new RegExp(`^\\s*["']?${name}\\b`, 'im').test(text),
      );
    },
    async update(project) {
      const nothing = { files: [], changed: [], failed: [] };
      const { packages, text } = await readLocked(project, tool);
      const manifest = await readToml(project, 'pyproject.toml');
      if (text === undefined || !manifest) return nothing;
      const concerned = project.updates.filter(update =>
        packages.some(one => isWrong(one, update)),
      );
      if (concerned.length === 0) return nothing;
      const obstacles = await obstaclesOf(project, tool, manifest.data, text);
      return obstacles.length > 0
        ? { ...nothing, obstacles }
        : run(
            project,
            tool,
            { manifest: manifest.text, text, packages },
            concerned,
          );
    },
  };
}

async function obstaclesOf(
  project: Project,
  tool: PythonTool,
  manifest: Record<string, unknown>,
  lock: string,
) {
  const { config, remote } = project;
  const tools = asRecord(manifest.tool);
  const own = { ...asRecord(tools.uv), ...asRecord(tools.poetry) };
  const isForeign =
    ['sources', 'index', 'source', 'workspace', 'find-links'].some(
      key => own[key] !== undefined,
    ) ||
    /\b(?:git|directory|path|type)\s*=\s*"(?!legacy)/.test(sourcesOf(lock));
  const registry = config.registries.get('pypi');
  return [
    ...(registry
      ? []
      : [
          {
            code: 'registry-missing',
            message: `Fettle may ask no registry about the packages of ${remote}.`,
            action: 'Enable `fettle.steps.updateDependency.registries.pypi`.',
          },
        ]),
    ...(isForeign
      ? [
          {
            code: 'not-supported',
            message: `${remote} has packages from elsewhere than its registry, or workspaces.`,
            action: 'Update it by hand.',
          },
        ]
      : []),
    ...(tool.builds && !config.allowBuilds
      ? [
          {
            code: 'executes-code',
            message: `${tool.id} may build packages of ${remote} to know what they depend on, which executes their code.`,
            action:
              'Update it by hand, or allow it with `fettle.steps.updateDependency.allowBuilds`.',
          },
        ]
      : []),
    ...(tool.id === 'poetry' &&
    registry &&
    registry.baseUrl !== 'https://pypi.org/simple'
      ? [
          {
            code: 'not-supported',
            message: `poetry takes another registry than the public one only from pyproject.toml of ${remote}.`,
            action: 'Update it by hand.',
          },
        ]
      : []),
    ...(await toolObstacles(tool.id, { config, remote })),
  ];
}

/** The parts of a lockfile that say where packages are from, but for the project itself. */
function sourcesOf(lock: string): string {
  return (
    lock.match(/^source = \{.*\}$|^\[package\.source\]\n(?:.+\n)+/gm) ?? []
  )
    .filter(one => !/(?:virtual|editable) = "\."|registry = /.test(one))
    .join('\n');
}

async function run(
  project: Project,
  tool: PythonTool,
  files: { manifest: string; text: string; packages: readonly Locked[] },
  updates: readonly Update[],
): Promise<ToolResult> {
  const { config, remote, signal } = project;
  const lockPath = inFolder(project.folder, tool.lock);
  const registry = config.registries.get('pypi')!;
  const index = new URL(registry.baseUrl);
  if (registry.token) {
    index.username = registry.username ?? '__token__';
    index.password = registry.token;
  }
  const failed: { update: Update; reason: string }[] = [];
  const wanted = updates.flatMap(update => {
    const current = files.packages.find(one => isWrong(one, update))!;
    const to = targetOf(update, current.version);
    if (to) return [{ name: current.name, to }];
    const reason = `No version of ${update.name} over ${current.version} will do.`;
    failed.push({ update, reason });
    return [];
  });
  if (wanted.length === 0) return { files: [], changed: [], failed };
  return ToolFolder.use({ config, remote, signal }, async folder => {
    await folder.write(
      inFolder(project.folder, 'pyproject.toml'),
      files.manifest,
    );
    await folder.write(lockPath, files.text);
    const { code, output } = await folder.run({
      ...tool.runs(wanted, { index: index.href, folder }),
      ...{ cwd: project.folder, programs: ['python3'] },
    });
    const text = await folder.read(lockPath);
    if (code !== 0 || text === undefined) {
      const said = lastWords(output, [registry.token ?? '']);
      return {
        ...{ files: [], changed: [] },
        failed: updates.map(update => ({
          ...{ update, reason: `${tool.id} could not update it: ${said}` },
        })),
      };
    }
    const after = parseLock(lockPath, text, remote);
    const versions = (of: readonly Locked[], name: string) =>
      of.find(one => normal(one.name) === normal(name))?.version ?? '';
    const changed = updates.flatMap(update => {
      const from = versions(files.packages, update.name);
      const to = versions(after, update.name);
      return from === to ? [] : [{ update, from, to }];
    });
    for (const update of updates) {
      if (!after.some(one => isWrong(one, update))) continue;
      const reason = `${update.name} stays at ${versions(
        after,
        update.name,
      )}; what asks for it may not allow more.`;
      failed.push({ update, reason });
    }
    return changed.length === 0
      ? { files: [], changed, failed }
      : { files: [{ path: lockPath, content: text }], changed, failed };
  });
}

function isWrong({ name, version }: Locked, update: Update): boolean {
  return normal(name) === normal(update.name) && !isRight(update, version);
}

function normal(name: string): string {
  return name.replace(/[-_.]+/g, '-').toLowerCase();
}

async function readLocked(
  project: Omit<Project, 'updates'>,
  { lock }: PythonTool,
) {
  const path = inFolder(project.folder, lock);
  const text = await project.read(path);
  const packages =
    text === undefined ? [] : parseLock(path, text, project.remote);
  return { text, packages };
}

function parseLock(path: string, text: string, remote: string): Locked[] {
  const packages = asRecord(parseToml(path, text, remote)).package;
  return (Array.isArray(packages) ? packages : []).flatMap(one => {
    const { name, version } = asRecord(one);
    // Names go to the tool as arguments.
    return typeof name === 'string' &&
      /^[A-Za-z0-9][\w.-]*$/.test(name) &&
      typeof version === 'string'
      ? [{ name, version }]
      : [];
  });
}

async function readToml(project: Omit<Project, 'updates'>, name: string) {
  const path = inFolder(project.folder, name);
  const text = await project.read(path);
  if (text === undefined) return undefined;
  return { text, data: asRecord(parseToml(path, text, project.remote)) };
}

function parseToml(path: string, text: string, remote: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    throw new SourceError(
      'corrupt',
      `${path} of ${remote} is no readable TOML.`,
      'Mend it; if a merge was not finished, finish it.',
      cause,
    );
  }
}
