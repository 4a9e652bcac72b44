import {
  createFactCollector,
  createFactRef,
} from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { foldersUp, joined } from '../paths/baseName';
import { listed, listedSchema } from '../paths/listed';
import { DEFAULT_IGNORE } from './ignored';
import {
  findManifests,
  type FoundManifest,
  type FoundManifests,
} from './findManifests';

const MAX_LISTED = 150;
const MAX_MESSAGE = 200;

const unlockedSchema = z.object({
  path: z.string(),
  ecosystem: z.string(),
  need: z.enum(['application', 'library']),
  /** Members of the workspace that it is the root of. */
  members: z.number().int(),
});

/** The manifests with dependencies, and which lockfile holds for them. */
export const lockfilesFact = createFactRef({
  id: 'lockfiles',
  schema: z.object({
    /** One for each lockfile that holds for manifests. */
    locked: listedSchema(
      z.object({ lockfile: z.string(), manifests: z.number().int() }),
    ),
    /** One for each manifest or workspace without a lockfile. */
    unlocked: listedSchema(unlockedSchema),
    /** Manifests of which it cannot be told. */
    unread: listedSchema(z.object({ path: z.string(), message: z.string() })),
  }),
});

/** Matches manifests with lockfiles, through workspaces. */
export const lockfilesFactCollector = createFactCollector({
  fact: lockfilesFact,
  version: 2,
  scope: 'path',
  async collect({ whole, subpath }) {
    // The lockfile of a workspace lies above its members.
    const found = await findManifests(whole);
    const inside = (path: string) =>
      subpath === '' || path.startsWith(`${subpath}/`);
    const locked = new Map<string, number>();
    const unlocked = new Map<string, Unlocked>();
    const unread = found.unread.filter(inside).map(path => ({
      path,
      message: 'It cannot be read, or is one of too many.',
    }));
    for (const manifest of found.manifests) {
      if (!inside(manifest.path)) continue;
      const need = needOf(manifest);
      if (typeof need === 'object') {
        unread.push({ path: manifest.path, message: need.problem });
        continue;
      }
      if (need === 'none') continue;
      const root = rootOf(manifest, found);
      const lockfile =
        lockfileIn(manifest.folder, manifest, found) ??
        lockfileIn(root, manifest, found);
      if (lockfile !== undefined) {
        locked.set(lockfile, (locked.get(lockfile) ?? 0) + 1);
        continue;
      }
      const path = manifestIn(root, manifest, found);
      const seen = unlocked.get(path);
      unlocked.set(path, {
        path,
        ecosystem: manifest.ecosystem.name,
        need: seen?.need === 'application' ? 'application' : need,
        members: (seen?.members ?? 0) + (path === manifest.path ? 0 : 1),
      });
    }
    const cut = <T>(items: T[], path: (item: T) => string) =>
      listed(items, { max: MAX_LISTED, path, ignore: DEFAULT_IGNORE });
    const locks = [...locked].map(([lockfile, manifests]) => ({
      lockfile,
      manifests,
    }));
    return {
      locked: cut(locks, lock => lock.lockfile),
      unlocked: cut([...unlocked.values()], one => one.path),
      unread: cut(unread, one => one.path),
    };
  },
});

type Unlocked = z.infer<typeof unlockedSchema>;

function needOf(manifest: FoundManifest) {
  try {
    return manifest.ecosystem.need(manifest);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { problem: message.split('\n')[0].slice(0, MAX_MESSAGE) };
  }
}

/** The folder of the workspace that a manifest belongs to, or its own. */
function rootOf(manifest: FoundManifest, found: FoundManifests): string {
  const { workspaceFiles = [], isMember } = manifest.ecosystem;
  for (const folder of foldersUp(manifest.folder).slice(1)) {
    const text = (name: string) => found.text(joined(folder, name));
    if (!workspaceFiles.some(name => text(name) !== undefined)) continue;
    try {
      if (isMember?.({ folder, text }, manifest)) return folder;
    } catch {
      // The root's own manifest is reported as one that cannot be parsed.
    }
  }
  return manifest.folder;
}

function lockfileIn(
  folder: string,
  { ecosystem }: FoundManifest,
  { present }: FoundManifests,
): string | undefined {
  return ecosystem.lockfiles
    .map(name => joined(folder, name))
    .find(path => present(path));
}

function manifestIn(
  folder: string,
  { ecosystem, path }: FoundManifest,
  { present }: FoundManifests,
): string {
  const names = [...ecosystem.manifests, ...(ecosystem.workspaceFiles ?? [])];
  return names.map(n => joined(folder, n)).find(p => present(p)) ?? path;
}
