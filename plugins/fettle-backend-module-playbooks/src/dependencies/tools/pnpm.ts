import { parse, stringify } from 'yaml';
import { SourceError } from 'backstage-plugin-fettle-node';
import { folderOf, foldersWith, inFolder } from '../EcosystemTool';
import type {
  Changed,
  EcosystemTool,
  Project,
  ToolResult,
} from '../EcosystemTool';
import { asRecord, readManifests, type Manifest } from '../javascript/Manifest';
import { javascriptObstacles } from '../javascript/obstacles';
import { PnpmLock } from '../javascript/PnpmLock';
import {
  changedManifests,
  forTool,
  raiseRequests,
} from '../javascript/raiseRequests';
import { npmrc, npmSecrets } from '../javascript/registrySettings';
import { lastWords, ToolFolder, toolObstacles } from '../run/ToolFolder';
import { isRight, targetOf, type Update } from '../Update';

/** What of pnpm-workspace.yaml is data; the rest makes pnpm load and do things. */
const DATA = ['packages', 'catalog', 'catalogs', 'overrides'];

/** pnpm: https://pnpm.io/cli/install. Its `.pnpmfile.cjs` is a program in the repository, and stays there. */
export const pnpm: EcosystemTool = {
  id: 'pnpm',
  ecosystem: 'npm',
  find: paths => foldersWith(paths, ['pnpm-lock.yaml']),
  owns: (folder, path) =>
    path === inFolder(folder, 'pnpm-lock.yaml') ||
    (path.endsWith('package.json') &&
      (folder === '' || folderOf(path).startsWith(folder))),
  async asked(project) {
    const lock = await readLock(project);
    const { manifests } = await readWorkspace(project);
    return manifests.flatMap(manifest =>
      manifest.requests.flatMap(({ section, name, package: real }) => {
        const at = folderIn(project, manifest);
        const version = lock?.versionFor(at, section, name);
        return version ? [{ name: real, version }] : [];
      }),
    );
  },
  async update(project) {
    const { config, remote } = project;
    const nothing = { files: [], changed: [], failed: [] };
    const lock = await readLock(project);
    if (!lock) return nothing;
    const concerned = project.updates.filter(update =>
      lock.versionsOf(update.name).some(version => !isRight(update, version)),
    );
    if (concerned.length === 0) return nothing;
    const { manifests, settings } = await readWorkspace(project);
    const patched =
      lock.has('patchedDependencies') || lock.has('pnpmfileChecksum');
    const obstacles = [
      ...javascriptObstacles(project, manifests, lock),
      ...(patched
        ? [
            {
              code: 'not-supported',
              message: `${lock.path} of ${remote} depends on patches or a .pnpmfile.cjs.`,
              action: 'Update it by hand: they would be executed or be lost.',
            },
          ]
        : []),
      ...(await toolObstacles('pnpm', { config, remote })),
    ];
    if (obstacles.length > 0) return { ...nothing, obstacles };
    return run(project, { manifests, settings }, lock, concerned);
  },
};

async function run(
  project: Project,
  { manifests, settings }: { manifests: readonly Manifest[]; settings: object },
  lock: PnpmLock,
  updates: readonly Update[],
): Promise<ToolResult> {
  const { config, remote, signal } = project;
  const { exact, final, raised } = raiseRequests(
    ...([manifests, updates] as const),
    ({ section, name }, manifest) =>
      lock.versionFor(folderIn(project, manifest), section, name),
  );
  return ToolFolder.use({ config, remote, signal }, async folder => {
    await folder.writeHome('.npmrc', npmrc(config));
    await folder.write(lock.path, lock.text);
    if (Object.keys(settings).length > 0) {
      const path = inFolder(project.folder, 'pnpm-workspace.yaml');
      await folder.write(path, stringify(settings));
    }
    for (const manifest of exact) {
      await folder.write(manifest.path, forPnpm(manifest));
    }
    const common = [
      ...['--lockfile-only', '--ignore-scripts', '--ignore-pnpmfile'],
    ];
    const env = {
      npm_config_userconfig: `${folder.home}/.npmrc`,
      npm_config_cache_dir: `${folder.temporary}/pnpm`,
      npm_config_store_dir: `${folder.temporary}/store`,
      npm_config_manage_package_manager_versions: 'false',
      npm_config_auto_install_peers: String(
        lock.setting('autoInstallPeers') ?? true,
      ),
      npm_config_exclude_links_from_lockfile: String(
        lock.setting('excludeLinksFromLockfile') ?? false,
      ),
    };
    const own = new Set(raised.map(({ update }) => update));
    const brought = updates.filter(update => !own.has(update));
    const runs = [
      ['install', '--no-frozen-lockfile', ...common],
      ...(brought.length > 0
        ? [
            [
              ...['update', '--recursive', '--depth=Infinity', '--no-save'],
              ...[...common, '--', ...brought.map(({ name }) => name)],
            ],
          ]
        : []),
    ];
    for (const args of runs) {
      const { code, output } = await folder.run({
        ...{ program: 'pnpm', cwd: project.folder, args, env },
      });
      if (code !== 0) {
        const said = lastWords(output, npmSecrets(config));
        return refuse(updates, `pnpm could not update it: ${said}`);
      }
    }
    const written = await folder.read(lock.path);
    if (written === undefined)
      return refuse(updates, 'pnpm wrote no lockfile.');
    const made = raised.reduce((all, { request, path }) => {
      const manifest = final.find(one => one.path === path)!;
      const { section, name } = request;
      const range = asRecord(manifest.data[section])[name];
      return all.withSpecifier(
        ...([
          folderIn(project, manifest),
          section,
          name,
          String(range),
        ] as const),
      );
    }, PnpmLock.parse(lock.path, written, remote));
    if (made.form !== lock.form) {
      return refuse(
        updates,
        `The pnpm that is installed here would rewrite ${lock.path} in another form.`,
      );
    }
    return judge(lock, made, updates, [
      ...changedManifests(manifests, final),
      { path: lock.path, content: made.text },
    ]);
  });
}

function refuse(updates: readonly Update[], reason: string): ToolResult {
  const failed = updates.map(update => ({ update, reason }));
  return { files: [], changed: [], failed };
}

function judge(
  before: PnpmLock,
  after: PnpmLock,
  updates: readonly Update[],
  files: ToolResult['files'],
): ToolResult {
  const changed: Changed[] = [];
  const failed: { update: Update; reason: string }[] = [];
  for (const update of updates) {
    const versions = (lock: PnpmLock) =>
      [...new Set(lock.versionsOf(update.name))].sort().join(', ');
    const [from, to] = [versions(before), versions(after)];
    if (to === '') {
      return refuse(updates, `pnpm left ${update.name} out of the lockfile.`);
    }
    if (from !== to) changed.push({ update, from, to });
    const wrong = after
      .versionsOf(update.name)
      .find(version => !isRight(update, version));
    if (!wrong) continue;
    const wanted = targetOf(update, wrong);
    const reason = wanted
      ? `${update.name} stays at ${wrong}, and ${wanted} is needed: what asks for it may not allow that.`
      : `No version of ${update.name} over ${wrong} will do.`;
    failed.push({ update, reason });
  }
  return changed.length > 0
    ? { files, changed, failed }
    : { files: [], changed, failed };
}

/** Its own field holds settings that make it load things. */
function forPnpm(manifest: Manifest): string {
  const { pnpm: own, ...data } = JSON.parse(forTool(manifest)) as {
    pnpm?: unknown;
  };
  const { overrides } = asRecord(own);
  return JSON.stringify({
    ...data,
    ...(overrides ? { pnpm: { overrides } } : {}),
  });
}

async function readWorkspace(project: Omit<Project, 'updates'>) {
  const path = inFolder(project.folder, 'pnpm-workspace.yaml');
  const text = await project.read(path);
  let all: Record<string, unknown> = {};
  try {
    all = asRecord(
      text === undefined ? {} : parse(text, { maxAliasCount: 100 }),
    );
  } catch (cause) {
    throw new SourceError(
      'corrupt',
      `${path} of ${project.remote} is no readable YAML.`,
      'Mend it.',
      cause,
    );
  }
  const settings = Object.fromEntries(
    Object.entries(all).filter(([key]) => DATA.includes(key)),
  );
  const globs = Array.isArray(settings.packages) ? settings.packages : [];
  const manifests = await readManifests(project, globs);
  return { manifests, settings };
}

async function readLock(
  project: Omit<Project, 'updates'>,
): Promise<PnpmLock | undefined> {
  const path = inFolder(project.folder, 'pnpm-lock.yaml');
  const text = await project.read(path);
  return text === undefined
    ? undefined
    : PnpmLock.parse(path, text, project.remote);
}

function folderIn(
  { folder }: Pick<Project, 'folder'>,
  { path }: Manifest,
): string {
  const of = folderOf(path);
  return folder === '' ? of : of.slice(folder.length + 1);
}
