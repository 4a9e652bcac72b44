import { minVersion, validRange } from 'semver';
import { targetOf, type Update } from '../Update';
import { raiseRange, type Manifest, type Request } from './Manifest';

/** A request that is raised, with the version to go to. */
export interface Raised {
  update: Update;
  request: Request;
  path: string;
  from: string;
  to: string;
}

/**
 * Manifests in which requests of these packages are raised: with the exact
 * version, which makes a tool choose that one, and with the range that stays.
 */
export function raiseRequests(
  manifests: readonly Manifest[],
  updates: readonly Update[],
  current: (request: Request, manifest: Manifest) => string | undefined,
): { exact: Manifest[]; final: Manifest[]; raised: Raised[] } {
  const raised: Raised[] = [];
  const exact: Manifest[] = [];
  const final: Manifest[] = [];
  for (const manifest of manifests) {
    let pinned = manifest;
    let ranged = manifest;
    for (const request of manifest.requests) {
      const update = updates.find(({ name }) => name === request.package);
      if (!update || validRange(request.range) === null) continue;
      const from =
        current(request, manifest) ?? minVersion(request.range)?.version;
      const to = from && targetOf(update, from);
      if (!from || !to) continue;
      raised.push({ ...{ update, request, from, to }, path: manifest.path });
      pinned = pinned.withRange(request, to);
      ranged = ranged.withRange(request, raiseRange(request.range, to));
    }
    exact.push(pinned);
    final.push(ranged);
  }
  return { exact, final, raised };
}

/** Of manifests, those whose text is another one. */
export function changedManifests(
  before: readonly Manifest[],
  after: readonly Manifest[],
) {
  return after
    .filter(({ text }, index) => text !== before[index].text)
    .map(({ path, text }) => ({ path, content: text }));
}

/** What a tool sees of a manifest: nothing that makes it load another version of itself. */
export function forTool({ text }: Manifest): string {
  const data = JSON.parse(text) as Record<string, unknown>;
  delete data.packageManager;
  delete data.devEngines;
  return JSON.stringify(data, null, 2);
}
