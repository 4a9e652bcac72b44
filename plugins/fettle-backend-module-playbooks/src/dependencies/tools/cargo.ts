import { homedir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { satisfies } from 'semver';
import { SourceError } from 'backstage-plugin-fettle-node';
import { folderOf, foldersWith, inFolder } from '../EcosystemTool';
import type {
  Changed,
  EcosystemTool,
  Project,
  ToolResult,
} from '../EcosystemTool';
import { asRecord } from '../javascript/Manifest';
import { lastWords, ToolFolder, toolObstacles } from '../run/ToolFolder';
import { isRight, targetOf, type Update } from '../Update';

const PUBLIC = 'registry+https://github.com/rust-lang/crates.io-index';

interface Locked {
  name: string;
  version: string;
  source: string | undefined;
}

/** Cargo: https://doc.rust-lang.org/cargo/commands/cargo-update.html */
export const cargo: EcosystemTool = {
  id: 'cargo',
  ecosystem: 'crates.io',
  find: paths => foldersWith(paths, ['Cargo.lock']),
  owns: (folder, path) =>
    /(^|\/)Cargo\.(lock|toml)$/.test(path) &&
    (folder === '' || path.startsWith(`${folder}/`)),
  async asked(project) {
    const lock = await readLock(project);
    const manifests = await readManifests(project);
    const names = new Set(
      manifests.flatMap(({ text }) =>
        [...text.matchAll(/^([\w-]+)\s*=/gm)].map(([, name]) => name),
      ),
    );
    return (lock?.packages ?? []).filter(
      ({ name, source }) => source === PUBLIC && names.has(name),
    );
  },
  async update(project) {
    const lock = await readLock(project);
    const nothing = { files: [], changed: [], failed: [] };
    if (!lock) return nothing;
    const concerned = project.updates.filter(update =>
      lock.packages.some(one => isWrong(one, update)),
    );
    if (concerned.length === 0) return nothing;
    const { config, remote } = project;
    const foreign = lock.packages.filter(
      ({ source }) => source !== undefined && source !== PUBLIC,
    );
    const obstacles = [
      ...(config.registries.has('crates')
        ? []
        : [
            {
              code: 'registry-missing',
              message: `Fettle may ask no registry about the crates of ${remote}.`,
              action:
                'Enable `fettle.steps.updateDependency.registries.crates`.',
            },
          ]),
      ...(foreign.length > 0
        ? [
            {
              code: 'not-supported',
              message: `${
                lock.path
              } of ${remote} has crates from elsewhere: ${foreign
                .slice(0, 5)
                .map(({ name }) => name)
                .join(', ')}.`,
              action: 'Update it by hand.',
            },
          ]
        : []),
      ...(await toolObstacles('cargo', { config, remote })),
    ];
    if (obstacles.length > 0) return { ...nothing, obstacles };
    return run(project, lock, concerned);
  },
};

async function run(
  project: Project,
  lock: { path: string; text: string; packages: readonly Locked[] },
  updates: readonly Update[],
): Promise<ToolResult> {
  const { config, remote, signal, folder: at } = project;
  const manifests = await readManifests(project);
  const edited = manifests.map(({ path, text }) => ({
    path,
    text: updates.reduce(
      (all, update) => raise(all, update, lock.packages),
      text,
    ),
  }));
  return ToolFolder.use({ config, remote, signal }, async folder => {
    const registry = config.registries.get('crates')!;
    const home = join(folder.home, '.cargo');
    await folder.writeHome(
      '.cargo/config.toml',
      [
        '[source.crates-io]',
        'replace-with = "fettle"',
        '[registries.fettle]',
        `index = ${JSON.stringify(`sparse+${registry.baseUrl}/`)}`,
        '',
      ].join('\n'),
    );
    for (const { path, text } of edited) {
      await folder.write(path, text);
      // A manifest without any program of its own is refused.
      await folder.write(inFolder(folderOf(path), 'src/lib.rs'), '');
      await folder.write(
        inFolder(folderOf(path), 'src/main.rs'),
        'fn main() {}',
      );
    }
    await folder.write(lock.path, lock.text);
    const failed: { update: Update; reason: string }[] = [];
    for (const update of updates) {
      for (const { name, version } of lock.packages) {
        if (!isWrong({ name, version, source: PUBLIC }, update)) continue;
        const to = targetOf(update, version);
        if (!to) {
          const reason = `No version of ${name} over ${version} will do.`;
          failed.push({ update, reason });
          continue;
        }
        const { code, output } = await folder.run({
          program: 'cargo',
          cwd: at,
          args: ['update', '-p', `${name}@${version}`, '--precise', to],
          env: {
            CARGO_HOME: home,
            CARGO_NET_GIT_FETCH_WITH_CLI: 'false',
            CARGO_TERM_COLOR: 'never',
            // Where rustup has its toolchains; it must fetch none.
            RUSTUP_HOME: process.env.RUSTUP_HOME ?? join(homedir(), '.rustup'),
            RUSTUP_AUTO_INSTALL: '0',
            ...(registry.token
              ? { CARGO_REGISTRIES_FETTLE_TOKEN: registry.token }
              : {}),
          },
        });
        if (code !== 0) {
          const said = lastWords(output, [registry.token ?? '']);
          failed.push({ update, reason: `cargo could not update it: ${said}` });
        }
      }
    }
    const text = await folder.read(lock.path);
    const after = text === undefined ? [] : parseLock(lock.path, text, remote);
    const changed: Changed[] = [];
    for (const update of updates) {
      const versions = (of: readonly Locked[]) =>
        of
          .filter(({ name }) => name === update.name)
          .map(({ version }) => version)
          .join(', ');
      const [was, is] = [versions(lock.packages), versions(after)];
      if (was !== is) changed.push({ update, from: was, to: is });
      const isTold = failed.some(one => one.update === update);
      if (!isTold && after.some(one => isWrong(one, update))) {
        failed.push({ update, reason: `${update.name} stays at ${is}.` });
      }
    }
    if (text === undefined || changed.length === 0) {
      return { files: [], changed: [], failed };
    }
    const files = edited.flatMap(({ path, text: content }, index) =>
      content === manifests[index].text ? [] : [{ path, content }],
    );
    return {
      files: [...files, { path: lock.path, content: text }],
      changed,
      failed,
    };
  });
}

/** A requirement that does not allow the version, as it is written otherwise. */
function raise(
  text: string,
  update: Update,
  packages: readonly Locked[],
): string {
  const name = update.name.replace(/[^\w-]/g, '');
  const patterns = [
    new RegExp(`^(${name}\\s*=\\s*")([^"\\n]*)(")`, 'gm'),
    new RegExp(
      `^(${name}\\s*=\\s*\\{[^}\\n]*\\bversion\\s*=\\s*")([^"\\n]*)(")`,
      'gm',
    ),
  ];
  return patterns.reduce(
    (all, pattern) =>
      all.replace(pattern, (whole, start, asked: string, end) => {
        const current = packages.find(
          one => isWrong(one, update) && satisfies(one.version, rangeOf(asked)),
        );
        const to = current && targetOf(update, current.version);
        if (!to || satisfies(to, rangeOf(asked))) return whole;
        const operator = /^\s*(=|~|\^|>=)?/.exec(asked)?.[1] ?? '';
        return `${start}${operator}${to}${end}`;
      }),
    text,
  );
}

/** In Cargo a bare version means what it means with a caret. */
function rangeOf(asked: string): string {
  return asked
    .split(',')
    .map(one => (/^\s*\d/.test(one) ? `^${one.trim()}` : one.trim()))
    .join(' ');
}

function isWrong({ name, version, source }: Locked, update: Update): boolean {
  return name === update.name && source === PUBLIC && !isRight(update, version);
}

async function readLock(project: Omit<Project, 'updates'>) {
  const path = inFolder(project.folder, 'Cargo.lock');
  const text = await project.read(path);
  if (text === undefined) return undefined;
  return { path, text, packages: parseLock(path, text, project.remote) };
}

function parseLock(path: string, text: string, remote: string): Locked[] {
  let data: unknown;
  try {
    data = parse(text);
  } catch (cause) {
    throw new SourceError(
      'corrupt',
      `${path} of ${remote} is no readable lockfile.`,
      'Make it anew with cargo; if a merge was not finished, finish it.',
      cause,
    );
  }
  const packages = asRecord(data).package;
  return (Array.isArray(packages) ? packages : []).flatMap(one => {
    const { name, version, source } = asRecord(one);
    if (typeof name !== 'string' || typeof version !== 'string') return [];
    return [
      {
        ...{ name, version },
        source: typeof source === 'string' ? source : undefined,
      },
    ];
  });
}

async function readManifests(project: Omit<Project, 'updates'>) {
  const prefix = project.folder === '' ? '' : `${project.folder}/`;
  const paths = project.paths
    .filter(path => path.startsWith(prefix) && /(^|\/)Cargo\.toml$/.test(path))
    .filter(path => !/(^|\/)(target|vendor)\//.test(path))
    .slice(0, 500);
  const read = await Promise.all(
    paths.map(async path => ({ path, text: await project.read(path) })),
  );
  return read.flatMap(({ path, text }) =>
    text === undefined ? [] : [{ path, text }],
  );
}
