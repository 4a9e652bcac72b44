import { satisfies } from 'semver';
import { folderOf, foldersWith, inFolder } from '../EcosystemTool';
import type {
  Changed,
  EcosystemTool,
  Project,
  ToolResult,
} from '../EcosystemTool';
import { NpmLock } from '../javascript/NpmLock';
import { readManifests, type Manifest } from '../javascript/Manifest';
import { javascriptObstacles } from '../javascript/obstacles';
import {
  changedManifests,
  forTool,
  raiseRequests,
} from '../javascript/raiseRequests';
import { npmrc, npmSecrets } from '../javascript/registrySettings';
import { lastWords, ToolFolder, toolObstacles } from '../run/ToolFolder';
import { isRight, targetOf, type Update } from '../Update';

const LOCKS = ['package-lock.json', 'npm-shrinkwrap.json'];

/** npm: https://docs.npmjs.com/cli/v11/commands/npm-install */
export const npm: EcosystemTool = {
  id: 'npm',
  ecosystem: 'npm',
  find: paths => foldersWith(paths, LOCKS),
  owns: (folder, path) =>
    LOCKS.some(name => path === inFolder(folder, name)) ||
    (path.endsWith('package.json') &&
      (folder === '' || folderOf(path).startsWith(folder))),
  async asked(project) {
    const manifests = await readManifests(project);
    const lock = await readLock(project);
    return manifests.flatMap(manifest =>
      manifest.requests.flatMap(({ name, package: real }) => {
        const version = lock?.versionFor(folderIn(project, manifest), name);
        return version ? [{ name: real, version }] : [];
      }),
    );
  },
  async update(project) {
    const { config, remote } = project;
    const manifests = await readManifests(project);
    const lock = await readLock(project);
    if (!lock) return { files: [], changed: [], failed: [] };
    const obstacles = [
      ...javascriptObstacles(project, manifests, lock),
      ...(await toolObstacles('npm', { config, remote })),
    ];
    const concerned = project.updates.filter(update =>
      lock
        .versionsOf(update.name)
        .some(({ version }) => !isRight(update, version)),
    );
    if (concerned.length === 0) return { files: [], changed: [], failed: [] };
    if (obstacles.length > 0) {
      return { ...{ files: [], changed: [], failed: [] }, obstacles };
    }
    return run(project, manifests, lock, concerned);
  },
};

async function run(
  project: Project,
  manifests: readonly Manifest[],
  lock: NpmLock,
  updates: readonly Update[],
): Promise<ToolResult> {
  const { config, remote, signal, before } = project;
  const { exact, final, raised } = raiseRequests(
    manifests,
    updates,
    ({ name }, manifest) => lock.versionFor(folderIn(project, manifest), name),
  );
  if (project.overrides) {
    for (const manifest of [exact, final]) {
      manifest[0] = withOverrides(manifest[0], lock, updates, raised);
    }
  }
  return ToolFolder.use({ config, remote, signal }, async folder => {
    await folder.writeHome('.npmrc', npmrc(config));
    // What is to change is not in it: npm chooses anew, and leaves all else.
    await folder.write(lock.path, lock.without(updates));
    for (const manifest of exact) {
      await folder.write(manifest.path, forTool(manifest));
    }
    const { code, output } = await folder.run({
      program: 'npm',
      cwd: project.folder,
      args: [
        ...['install', '--package-lock-only', '--ignore-scripts'],
        ...['--no-audit', '--no-fund', '--no-update-notifier'],
        ...['--loglevel=error', '--git=/nonexistent'],
        ...(before ? [`--before=${before.toISOString()}`] : []),
      ],
      env: {
        npm_config_userconfig: `${folder.home}/.npmrc`,
        npm_config_globalconfig: `${folder.home}/none`,
        npm_config_cache: `${folder.temporary}/npm`,
        npm_config_engine_strict: 'false',
      },
    });
    const written = await folder.read(lock.path);
    if (code !== 0 || written === undefined) {
      const said = lastWords(output, npmSecrets(config));
      const reason = `npm could not update it: ${said}`;
      return {
        ...{ files: [], changed: [] },
        failed: updates.map(update => ({ update, reason })),
      };
    }
    const made = NpmLock.parse(lock.path, written, remote);
    const text = made.withRequests(
      final.map(manifest => ({
        ...{ folder: folderIn(project, manifest), manifest },
      })),
      lock.text,
    );
    const after = NpmLock.parse(lock.path, text, remote);
    return judge(lock, after, updates, [
      ...changedManifests(manifests, final),
      { path: lock.path, content: text },
    ]);
  });
}

/** What the lockfile says now, read again: npm's word alone is not enough. */
function judge(
  before: NpmLock,
  after: NpmLock,
  updates: readonly Update[],
  files: ToolResult['files'],
): ToolResult {
  const failed: { update: Update; reason: string }[] = [];
  const changed: Changed[] = [];
  for (const update of updates) {
    const versions = (lock: NpmLock) =>
      [...new Set(lock.versionsOf(update.name).map(({ version }) => version))]
        .sort()
        .join(', ');
    if (versions(before) !== versions(after)) {
      changed.push({ update, from: versions(before), to: versions(after) });
    }
    const wrong = after
      .versionsOf(update.name)
      .find(({ version }) => !isRight(update, version));
    if (wrong) failed.push({ update, reason: reasonOf(after, update, wrong) });
    if (versions(after) === '') {
      const reason = `npm left ${update.name} out of the lockfile.`;
      const all = updates.map(one => ({ update: one, reason }));
      return { files: [], changed: [], failed: all };
    }
  }
  return changed.length === 0
    ? { files: [], changed, failed }
    : { files, changed, failed };
}

function reasonOf(
  lock: NpmLock,
  update: Update,
  { at, version }: { at: string; version: string },
): string {
  const to = targetOf(update, version);
  if (!to) return `No version of ${update.name} over ${version} will do.`;
  const parents = lock
    .parentsOf(update.name, at)
    .filter(({ range }) => !satisfies(to, range))
    .map(({ name, range }) => `${name} asks for ${range}`);
  return parents.length > 0
    ? `${update.name} stays at ${version}, and ${to} is needed: ${parents
        .slice(0, 3)
        .join(', ')}. With \`overrides\` of the step it is overruled.`
    : `${update.name} stays at ${version}, and ${to} is needed; the registry may not have it.`;
}

/** Only packages that are not asked for directly can be overruled. */
function withOverrides(
  manifest: Manifest,
  lock: NpmLock,
  updates: readonly Update[],
  raised: readonly { update: Update }[],
): Manifest {
  return updates
    .filter(update => !raised.some(one => one.update === update))
    .reduce((edited, update) => {
      const wrong = lock
        .versionsOf(update.name)
        .filter(({ version }) => !isRight(update, version));
      const blocked = wrong.find(({ at, version }) => {
        const to = targetOf(update, version);
        return lock
          .parentsOf(update.name, at)
          .some(({ range }) => to && !satisfies(to, range));
      });
      const to = blocked && targetOf(update, blocked.version);
      return to
        ? edited.withOverride(['overrides'], update.name, `^${to}`)
        : edited;
    }, manifest);
}

async function readLock(
  project: Omit<Project, 'updates'>,
): Promise<NpmLock | undefined> {
  for (const name of [...LOCKS].reverse()) {
    const path = inFolder(project.folder, name);
    const text = await project.read(path);
    if (text !== undefined) return NpmLock.parse(path, text, project.remote);
  }
  return undefined;
}

/** The folder of a manifest as lockfiles call it: from the folder of the lockfile. */
function folderIn(
  { folder }: Pick<Project, 'folder'>,
  { path }: Manifest,
): string {
  const of = folderOf(path);
  return folder === '' ? of : of.slice(folder.length + 1);
}
