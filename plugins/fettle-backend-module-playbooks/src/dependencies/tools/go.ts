import { folderOf, foldersWith, inFolder } from '../EcosystemTool';
import type {
  Changed,
  EcosystemTool,
  Project,
  ToolResult,
} from '../EcosystemTool';
import { lastWords, ToolFolder, toolObstacles } from '../run/ToolFolder';
import { isRight, targetOf, type Update } from '../Update';

const PUBLIC = 'https://proxy.golang.org';
/** https://go.dev/ref/mod#go-mod-file-require */
const REQUIRE = /^\s*(?:require\s+)?([^\s"()]+\.[^\s"()]+)\s+(v\d[^\s]*)/;

/**
 * Go modules. `go mod tidy` looks at the sources, which are not here, and
 * would take everything out: it is left to people and their CI.
 */
export const go: EcosystemTool = {
  id: 'go',
  ecosystem: 'Go',
  find: paths => foldersWith(paths, ['go.mod']),
  owns: (folder, path) =>
    folderOf(path) === folder && /(^|\/)go\.(mod|sum)$/.test(path),
  async asked(project) {
    const text = await project.read(inFolder(project.folder, 'go.mod'));
    return text === undefined ? [] : required(text);
  },
  async update(project) {
    const nothing = { files: [], changed: [], failed: [] };
    const path = inFolder(project.folder, 'go.mod');
    const text = await project.read(path);
    if (text === undefined) return nothing;
    const modules = required(text);
    const concerned = project.updates.filter(update =>
      modules.some(one => isWrong(one, update)),
    );
    if (concerned.length === 0) return nothing;
    const { config, remote } = project;
    const obstacles = [
      ...(config.registries.has('go')
        ? []
        : [
            {
              code: 'registry-missing',
              message: `Fettle may ask no proxy about the modules of ${remote}.`,
              action: 'Enable `fettle.steps.updateDependency.registries.go`.',
            },
          ]),
      ...(/=>\s*\.{1,2}\//.test(text)
        ? [
            {
              code: 'not-supported',
              message: `${path} of ${remote} replaces a module by a folder.`,
              action: 'Update it by hand.',
            },
          ]
        : []),
      ...(await toolObstacles('go', { config, remote })),
    ];
    if (obstacles.length > 0) return { ...nothing, obstacles };
    return run(project, { path, text, modules }, concerned);
  },
};

async function run(
  project: Project,
  mod: { path: string; text: string; modules: readonly Required[] },
  updates: readonly Update[],
): Promise<ToolResult> {
  const { config, remote, signal } = project;
  const { baseUrl, username, token } = config.registries.get('go')!;
  const proxy = new URL(baseUrl);
  if (token) {
    proxy.username = username ?? 'token';
    proxy.password = token;
  }
  const sumPath = inFolder(project.folder, 'go.sum');
  const sum = await project.read(sumPath);
  return ToolFolder.use({ config, remote, signal }, async folder => {
    await folder.write(mod.path, mod.text);
    if (sum !== undefined) await folder.write(sumPath, sum);
    const failed: { update: Update; reason: string }[] = [];
    for (const update of updates) {
      const current = mod.modules.find(one => isWrong(one, update))!;
      const to = targetOf(update, current.version);
      if (!to) {
        const reason = `No version of ${update.name} over ${current.version} will do.`;
        failed.push({ update, reason });
        continue;
      }
      const version = to.startsWith('v') ? to : `v${to}`;
      const { code, output } = await folder.run({
        program: 'go',
        cwd: project.folder,
        args: ['get', `${update.name}@${version}`],
        env: {
          // Without the second flag nobody but root can take its cache away.
          GOFLAGS: '-mod=mod -modcacherw',
          ...{ GOTOOLCHAIN: 'local', GOENV: 'off' },
          ...{ GOWORK: 'off', GOVCS: '*:off', CGO_ENABLED: '0' },
          GOPROXY: proxy.href.replace(/\/$/, ''),
          // A proxy of one's own may have modules that the public sums lack.
          GOSUMDB: baseUrl === PUBLIC ? 'sum.golang.org' : 'off',
          GOPATH: `${folder.temporary}/go`,
          GOCACHE: `${folder.temporary}/go-build`,
        },
      });
      if (code !== 0) {
        const said = lastWords(output, [token ?? '']);
        failed.push({ update, reason: `go could not update it: ${said}` });
      }
    }
    const text = await folder.read(mod.path);
    const after = text === undefined ? [] : required(text);
    const changed: Changed[] = [];
    for (const update of updates) {
      const is = after.find(({ name }) => name === update.name);
      const was = mod.modules.find(({ name }) => name === update.name);
      if (is && is.version !== was?.version) {
        changed.push({ update, from: was?.version ?? '', to: is.version });
      }
      const isTold = failed.some(one => one.update === update);
      if (!isTold && (!is || isWrong(is, update))) {
        failed.push({ update, reason: `${update.name} stays as it is.` });
      }
    }
    if (text === undefined || changed.length === 0) {
      return { files: [], changed: [], failed };
    }
    const sums = await folder.read(sumPath);
    return {
      ...{ changed, failed },
      files: [
        { path: mod.path, content: text },
        ...(sums !== undefined && sums !== sum
          ? [{ path: sumPath, content: sums }]
          : []),
      ],
      notes: [
        'go.sum may need `go mod tidy`, which only works beside the sources.',
      ],
    };
  });
}

interface Required {
  name: string;
  version: string;
}

function required(text: string): Required[] {
  return text.split('\n').flatMap(line => {
    const [, name, version] = REQUIRE.exec(line.slice(0, 1_000)) ?? [];
    return name && !line.includes('=>') ? [{ name, version }] : [];
  });
}

function isWrong({ name, version }: Required, update: Update): boolean {
  return name === update.name && !isRight(update, version);
}
