import { satisfies } from 'semver';
import { folderOf, foldersWith, inFolder } from '../EcosystemTool';
import type {
  Changed,
  EcosystemTool,
  Project,
  ToolResult,
} from '../EcosystemTool';
import { readManifests, type Manifest } from '../javascript/Manifest';
import { javascriptObstacles } from '../javascript/obstacles';
import {
  changedManifests,
  forTool,
  raiseRequests,
} from '../javascript/raiseRequests';
import { npmrc, npmSecrets } from '../javascript/registrySettings';
import { YarnLock } from '../javascript/YarnLock';
import { lastWords, ToolFolder, toolObstacles } from '../run/ToolFolder';
import { isRight, targetOf, type Update } from '../Update';

/**
 * Yarn, of its first and of newer lines: https://yarnpkg.com/cli/install. Its
 * `yarnPath` and plugins are programs in the repository, and stay there.
 */
export const yarn: EcosystemTool = {
  id: 'yarn',
  ecosystem: 'npm',
  find: paths => foldersWith(paths, ['yarn.lock']),
  owns: (folder, path) =>
    path === inFolder(folder, 'yarn.lock') ||
    (path.endsWith('package.json') &&
      (folder === '' || folderOf(path).startsWith(folder))),
  async asked(project) {
    const lock = await readLock(project);
    const manifests = await readManifests(project);
    return manifests.flatMap(({ requests }) =>
      requests.flatMap(({ name, package: real, range }) => {
        const version = lock?.versionFor(name, range);
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
    const manifests = await readManifests(project);
    const obstacles = [
      ...javascriptObstacles(project, manifests, lock),
      ...(await toolObstacles('yarn', { config, remote })),
    ];
    if (obstacles.length > 0) return { ...nothing, obstacles };
    return run(project, manifests, lock, concerned);
  },
};

async function run(
  project: Project,
  manifests: readonly Manifest[],
  lock: YarnLock,
  updates: readonly Update[],
): Promise<ToolResult> {
  const { config, remote, signal } = project;
  const { exact, final, raised } = raiseRequests(
    ...([manifests, updates] as const),
    ({ name, range }) => lock.versionFor(name, range),
  );
  if (project.overrides) {
    for (const all of [exact, final]) {
      all[0] = withResolutions(all[0], lock, updates);
    }
  }
  const refuse = (reason: string): ToolResult => ({
    ...{ files: [], changed: [] },
    failed: updates.map(update => ({ update, reason })),
  });
  return ToolFolder.use({ config, remote, signal }, async folder => {
    await folder.writeHome('.npmrc', npmrc(config));
    const isClassic = lock.form === undefined;
    const env = isClassic ? classicEnv(folder) : modernEnv(config);
    const { output: version } = await folder.run({
      ...{ program: 'yarn', args: ['--version'], env },
    });
    if (version.trim().startsWith('1.') !== isClassic) {
      return refuse(
        `${lock.path} is of another line of Yarn than ${version
          .trim()
          .slice(0, 20)}, which is installed here.`,
      );
    }
    const install = async (of: readonly Manifest[], text: string) => {
      await folder.write(lock.path, text);
      for (const manifest of of) {
        await folder.write(manifest.path, forTool(manifest));
      }
      const args = isClassic
        ? ['--ignore-scripts', '--ignore-engines', '--non-interactive']
        : ['--mode=update-lockfile'];
      const { code, output } = await folder.run({
        ...{ program: 'yarn', cwd: project.folder, env },
        args: ['install', ...args],
      });
      const written = await folder.read(lock.path);
      return code === 0 && written !== undefined
        ? { lock: YarnLock.parse(lock.path, written, remote) }
        : { error: lastWords(output, npmSecrets(config)) };
    };
    let made = await install(exact, lock.without(updates));
    if (made.lock && raised.length > 0) {
      // The version that was chosen now answers the range that stays.
      const text = raised.reduce((all, { request, path, to }) => {
        const manifest = final.find(one => one.path === path);
        const range = manifest?.requests.find(
          one => one.name === request.name && one.section === request.section,
        )?.range;
        const parsed = YarnLock.parse(lock.path, all, remote);
        return range && range !== to
          ? parsed.withRequest(request.name, to, range)
          : all;
      }, made.lock.text);
      made = await install(final, text);
    }
    if (!made.lock) return refuse(`yarn could not update it: ${made.error}`);
    if (made.lock.form !== lock.form) {
      return refuse(
        `The Yarn that is installed here would rewrite ${lock.path} in another form.`,
      );
    }
    return judge(lock, made.lock, updates, [
      ...changedManifests(manifests, final),
      { path: lock.path, content: made.lock.text },
    ]);
  });
}

function judge(
  before: YarnLock,
  after: YarnLock,
  updates: readonly Update[],
  files: ToolResult['files'],
): ToolResult {
  const changed: Changed[] = [];
  const failed: { update: Update; reason: string }[] = [];
  for (const update of updates) {
    const versions = (lock: YarnLock) =>
      [...new Set(lock.versionsOf(update.name))].sort().join(', ');
    const [from, to] = [versions(before), versions(after)];
    if (to === '') {
      const reason = `yarn left ${update.name} out of the lockfile.`;
      const all = updates.map(one => ({ update: one, reason }));
      return { files: [], changed: [], failed: all };
    }
    if (from !== to) changed.push({ update, from, to });
    const wrong = after
      .versionsOf(update.name)
      .find(version => !isRight(update, version));
    if (!wrong) continue;
    const wanted = targetOf(update, wrong);
    const held = after
      .requestsOf(update.name, wrong)
      .filter(range => !wanted || !satisfies(wanted, range));
    const reason = `${update.name} stays at ${wrong}: it is asked for as ${held
      .slice(0, 3)
      .join(', ')}. With \`overrides\` of the step that is overruled.`;
    failed.push({ update, reason });
  }
  return changed.length > 0
    ? { files, changed, failed }
    : { files: [], changed, failed };
}

function withResolutions(
  manifest: Manifest,
  lock: YarnLock,
  updates: readonly Update[],
): Manifest {
  return updates.reduce((edited, update) => {
    const blocked = lock
      .versionsOf(update.name)
      .filter(version => !isRight(update, version))
      .map(version => ({ version, to: targetOf(update, version) }))
      .find(({ version, to }) =>
        lock
          .requestsOf(update.name, version)
          .some(range => to && !satisfies(to, range)),
      );
    const isOwn = manifest.requests.some(one => one.package === update.name);
    return blocked?.to && !isOwn
      ? edited.withOverride(['resolutions'], update.name, `^${blocked.to}`)
      : edited;
  }, manifest);
}

async function readLock(
  project: Omit<Project, 'updates'>,
): Promise<YarnLock | undefined> {
  const path = inFolder(project.folder, 'yarn.lock');
  const text = await project.read(path);
  return text === undefined
    ? undefined
    : YarnLock.parse(path, text, project.remote);
}

function classicEnv({ home, temporary }: ToolFolder): Record<string, string> {
  return {
    YARN_IGNORE_PATH: '1',
    YARN_CACHE_FOLDER: `${temporary}/yarn`,
    npm_config_userconfig: `${home}/.npmrc`,
    YARN_DISABLE_SELF_UPDATE_CHECK: 'true',
  };
}

/** https://yarnpkg.com/configuration/yarnrc: a file of this name is nowhere. */
function modernEnv(config: Project['config']): Record<string, string> {
  const { baseUrl, token, username } = config.registries.get('npm')!;
  const identity = token && username ? `${username}:${token}` : undefined;
  return {
    YARN_RC_FILENAME: '.fettle-has-no-yarnrc.yml',
    YARN_IGNORE_PATH: '1',
    YARN_ENABLE_SCRIPTS: '0',
    YARN_ENABLE_TELEMETRY: '0',
    YARN_ENABLE_IMMUTABLE_INSTALLS: '0',
    YARN_ENABLE_GLOBAL_CACHE: '1',
    YARN_NPM_REGISTRY_SERVER: baseUrl,
    ...(token && !identity ? { YARN_NPM_AUTH_TOKEN: token } : {}),
    ...(identity ? { YARN_NPM_AUTH_IDENT: identity } : {}),
    ...(baseUrl.startsWith('http:')
      ? { YARN_UNSAFE_HTTP_WHITELIST: new URL(baseUrl).hostname }
      : {}),
  };
}
