import { SourceError } from 'backstage-plugin-fettle-node';
import { folderOf, foldersWith, inFolder } from '../EcosystemTool';
import type { EcosystemTool, Project, ToolResult } from '../EcosystemTool';
import { asRecord } from '../javascript/Manifest';
import { lastWords, ToolFolder, toolObstacles } from '../run/ToolFolder';
import { isRight, targetOf, type Update } from '../Update';

const NAME = /^[a-z0-9](?:[_.-]?[a-z0-9]+)*\/[a-z0-9](?:[_.-]{0,2}[a-z0-9]+)*$/;

/** Composer: https://getcomposer.org/doc/03-cli.md#update-u-upgrade */
export const composer: EcosystemTool = {
  id: 'composer',
  ecosystem: 'Packagist',
  find: paths => foldersWith(paths, ['composer.lock']),
  owns: (folder, path) =>
    folderOf(path) === folder && /(^|\/)composer\.(json|lock)$/.test(path),
  async asked(project) {
    const manifest = await readJson(project, 'composer.json');
    const names = Object.keys({
      ...asRecord(manifest?.data.require),
      ...asRecord(manifest?.data['require-dev']),
    });
    const lock = await readJson(project, 'composer.lock');
    return locked(lock?.data).filter(({ name }) => names.includes(name));
  },
  async update(project) {
    const nothing = { files: [], changed: [], failed: [] };
    const lock = await readJson(project, 'composer.lock');
    const manifest = await readJson(project, 'composer.json');
    if (!lock || !manifest) return nothing;
    const packages = locked(lock.data);
    const concerned = project.updates.filter(
      update =>
        NAME.test(update.name) && packages.some(one => isWrong(one, update)),
    );
    if (concerned.length === 0) return nothing;
    const { config, remote } = project;
    const obstacles = [
      ...(config.registries.has('packagist')
        ? []
        : [
            {
              code: 'registry-missing',
              message: `Fettle may ask no registry about the packages of ${remote}.`,
              action:
                'Enable `fettle.steps.updateDependency.registries.packagist`.',
            },
          ]),
      ...(manifest.data.repositories === undefined
        ? []
        : [
            {
              code: 'not-supported',
              message: `${manifest.path} of ${remote} names repositories of its own.`,
              action: 'Update it by hand.',
            },
          ]),
      ...(await toolObstacles('composer', { config, remote })),
    ];
    if (obstacles.length > 0) return { ...nothing, obstacles };
    return run(project, { manifest, lock, packages }, concerned);
  },
};

async function run(
  project: Project,
  found: { manifest: Json; lock: Json; packages: readonly Locked[] },
  updates: readonly Update[],
): Promise<ToolResult> {
  const { config, remote, signal } = project;
  const { baseUrl, username, token } = config.registries.get('packagist')!;
  const { manifest, lock, packages } = found;
  return ToolFolder.use({ config, remote, signal }, async folder => {
    await folder.writeHome(
      '.composer/config.json',
      JSON.stringify({
        repositories: {
          'packagist.org': false,
          fettle: { type: 'composer', url: baseUrl },
        },
        config: {
          'secure-http': baseUrl.startsWith('https:'),
          'allow-plugins': false,
        },
      }),
    );
    if (token) {
      const host = new URL(baseUrl).host;
      const auth = username
        ? { 'http-basic': { [host]: { username, password: token } } }
        : { bearer: { [host]: token } };
      await folder.writeHome('.composer/auth.json', JSON.stringify(auth));
    }
    // Its scripts and plugins are switched off as well; here they are not even there.
    const { scripts, config: own, ...data } = manifest.data;
    const platform = asRecord(own).platform;
    await folder.write(
      manifest.path,
      JSON.stringify({
        ...data,
        ...(platform ? { config: { platform } } : {}),
      }),
    );
    await folder.write(lock.path, lock.text);
    const failed: { update: Update; reason: string }[] = [];
    const wanted = updates.flatMap(update => {
      const current = packages.find(one => isWrong(one, update))!;
      const to = targetOf(update, current.version);
      if (to) return [`${update.name}:${to}`];
      const reason = `No version of ${update.name} over ${current.version} will do.`;
      failed.push({ update, reason });
      return [];
    });
    if (wanted.length === 0) return { files: [], changed: [], failed };
    const { code, output } = await folder.run({
      program: 'composer',
      programs: ['php'],
      cwd: project.folder,
      args: [
        ...['update', '--no-install', '--no-scripts', '--no-plugins'],
        ...['--no-interaction', '--no-progress', '--ignore-platform-reqs'],
        '--with-all-dependencies',
        ...wanted.flatMap(one => ['--with', one]),
        ...wanted.map(one => one.slice(0, one.lastIndexOf(':'))),
      ],
      env: {
        COMPOSER_HOME: `${folder.home}/.composer`,
        COMPOSER_ALLOW_SUPERUSER: '1',
        COMPOSER_CACHE_DIR: `${folder.temporary}/composer`,
        COMPOSER_NO_AUDIT: '1',
        // As a flag, lines of it before 2.7 would not start.
        COMPOSER_MINIMAL_CHANGES: '1',
      },
    });
    const text = await folder.read(lock.path);
    if (code !== 0 || text === undefined) {
      const reason = `composer could not update it: ${lastWords(output, [
        token ?? '',
      ])}`;
      return {
        ...{ files: [], changed: [] },
        failed: updates.map(update => ({ update, reason })),
      };
    }
    const after = locked(JSON.parse(text));
    const changed = updates.flatMap(update => {
      const versions = (of: readonly Locked[]) =>
        of.find(({ name }) => name === update.name)?.version ?? '';
      const [from, to] = [versions(packages), versions(after)];
      return from === to ? [] : [{ update, from, to }];
    });
    for (const update of updates) {
      if (!after.some(one => isWrong(one, update))) continue;
      failed.push({ update, reason: `${update.name} stays as it is.` });
    }
    // Its hash is that of the manifest that the tool saw.
    const hash = asRecord(lock.data)['content-hash'];
    const content = text.replace(
      /("content-hash":\s*")[^"]*/,
      (_, start) => `${start}${hash}`,
    );
    return changed.length === 0
      ? { files: [], changed, failed }
      : { files: [{ path: lock.path, content }], changed, failed };
  });
}

interface Locked {
  name: string;
  version: string;
}

interface Json {
  path: string;
  text: string;
  data: Record<string, unknown>;
}

function locked(data: unknown): Locked[] {
  const { packages, 'packages-dev': dev } = asRecord(data);
  return [packages, dev].flatMap(list =>
    (Array.isArray(list) ? list : []).flatMap(one => {
      const { name, version } = asRecord(one);
      return typeof name === 'string' && typeof version === 'string'
        ? [{ name, version }]
        : [];
    }),
  );
}

function isWrong({ name, version }: Locked, update: Update): boolean {
  return name === update.name && !isRight(update, version);
}

async function readJson(
  project: Omit<Project, 'updates'>,
  name: string,
): Promise<Json | undefined> {
  const path = inFolder(project.folder, name);
  const text = await project.read(path);
  if (text === undefined) return undefined;
  try {
    return { path, text, data: asRecord(JSON.parse(text)) };
  } catch (cause) {
    throw new SourceError(
      'corrupt',
      `${path} of ${project.remote} is no JSON.`,
      'Mend it; if a merge was not finished, finish it.',
      cause,
    );
  }
}
