import {
  isPrerelease,
  newestRelease,
  type PlanContext,
  type Release,
  type StepProblem,
} from 'backstage-plugin-fettle-node';
import type { EcosystemTool } from './EcosystemTool';
import { compareVersions, targetOf, type Update } from './Update';

interface Parameters {
  coolDownDays: number;
  packages: { ecosystem: string; name: string; version?: string }[];
  allBehind: boolean;
  ecosystems: string[];
  major: boolean;
}

interface FoundProject {
  tool: EcosystemTool;
  folder: string;
  asked(): Promise<{ name: string; version: string }[]>;
}

interface Wish {
  update: Update;
  /** Where the finding is; undefined for everywhere. */
  path: string | undefined;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const MOST_PACKAGES = 500;

/** What is to be updated where: of the findings, of the step's parameters, and of what is behind. */
export async function collectUpdates(
  context: PlanContext<Parameters>,
  projects: readonly FoundProject[],
) {
  const { parameters, problems } = context;
  const { ecosystems } = parameters;
  const isWanted = (ecosystem: string) =>
    ecosystems.length === 0 || ecosystems.includes(ecosystem);
  const wishes: Wish[] = [];
  const unmended: { key: string; reason: string }[] = [];
  const notes: string[] = [];
  for (const problem of problems) {
    const wish = wishOf(problem);
    if (typeof wish === 'string') {
      unmended.push({ key: problem.key, reason: wish });
    } else if (wish && isWanted(wish.update.ecosystem)) {
      wishes.push(wish);
    }
  }
  const cool = new CoolDown(context);
  for (const { ecosystem, name, version } of parameters.packages) {
    const base = { ecosystem, name, security: false, problems: [] };
    if (version !== undefined) {
      const update = { ...base, wanted: [[version]] };
      const fresh = await cool.reasonAgainst(ecosystem, name, version);
      if (fresh) notes.push(fresh);
      else wishes.push({ update, path: undefined });
      continue;
    }
    const newest = await cool.newest(ecosystem, name);
    if (typeof newest === 'string') notes.push(newest);
    else {
      const update = { ...base, wanted: [[newest.version]] };
      wishes.push({ update, path: undefined });
    }
  }
  const behind = new Map<FoundProject, Update[]>();
  if (parameters.allBehind) {
    for (const project of projects) {
      const { ecosystem } = project.tool;
      if (!isWanted(ecosystem)) continue;
      const all: Update[] = [];
      const seen = new Set<string>();
      const asked = await project.asked().catch(error => {
        // The source failing is another thing than a file that is no manifest.
        if (error?.code !== 'corrupt' && error?.code !== 'invalid') throw error;
        notes.push(`${error.message} ${error.action}`);
        return [];
      });
      for (const { name, version } of asked.slice(0, MOST_PACKAGES)) {
        if (seen.has(name)) continue;
        seen.add(name);
        const newest = await cool.newest(
          ...([ecosystem, name] as const),
          parameters.major ? undefined : version,
        );
        if (typeof newest === 'string') {
          notes.push(newest);
        } else if (compareVersions(ecosystem, newest.version, version) > 0) {
          all.push({
            ...{ ecosystem, name, wanted: [[newest.version]] },
            ...{ security: false, problems: [] },
          });
        }
      }
      behind.set(project, all);
    }
  }
  return {
    unmended,
    notes,
    of(tool: EcosystemTool, folder: string): Update[] {
      const own = wishes.filter(
        ({ update, path }) =>
          update.ecosystem === tool.ecosystem &&
          (path === undefined || tool.owns(folder, path)),
      );
      const late = [...behind].find(
        ([project]) => project.tool === tool && project.folder === folder,
      );
      return combine([
        ...own.map(({ update }) => update),
        ...(late?.[1] ?? []),
      ]);
    },
  };
}

/** What a finding asks for; a text says why nothing can be done. */
function wishOf({ key, finding }: StepProblem): Wish | string | undefined {
  if (!finding?.ecosystem || !finding.package) return undefined;
  const { ecosystem, fixedIn = [], versions = [], path } = finding;
  if (fixedIn.length === 0) {
    return `No version of ${finding.package} is known that mends it.`;
  }
  const update: Update = {
    ...{ ecosystem, name: finding.package, wanted: [fixedIn] },
    ...{ security: true, problems: [key] },
  };
  const stuck = versions.find(version => !targetOf(update, version));
  if (stuck !== undefined && versions.length === 1) {
    return `No version of ${finding.package} over ${stuck} is known that mends it.`;
  }
  return { update, path: path ?? undefined };
}

/** One update for each package, which is content with what mends all its problems. */
function combine(updates: readonly Update[]): Update[] {
  const byName = new Map<string, Update>();
  for (const update of updates) {
    const other = byName.get(update.name);
    // What mends something goes before what is only newer.
    if (other && other.security && !update.security) continue;
    byName.set(
      update.name,
      other && other.security === update.security
        ? {
            ...other,
            wanted: [...other.wanted, ...update.wanted],
            problems: [...other.problems, ...update.problems],
          }
        : update,
    );
  }
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Which releases are out long enough. A release of unknown age is not. */
class CoolDown {
  constructor(private readonly context: PlanContext<Parameters>) {}

  async newest(
    ecosystem: string,
    name: string,
    sameMajorAs?: string,
  ): Promise<Release | string> {
    const releases = await this.#releases(ecosystem, name);
    if (typeof releases === 'string') return releases;
    const major = sameMajorAs && /^v?(\d+)/.exec(sameMajorAs)?.[1];
    const fit = releases.filter(
      ({ version }) =>
        !isPrerelease(ecosystem, version) &&
        (!major || /^v?(\d+)/.exec(version)?.[1] === major),
    );
    const found = newestRelease(
      ecosystem,
      fit.filter(release => this.#isOld(release)),
    );
    return found ?? `No release of ${name} is known to be out long enough.`;
  }

  async reasonAgainst(
    ecosystem: string,
    name: string,
    version: string,
  ): Promise<string | undefined> {
    if (this.context.parameters.coolDownDays === 0) return undefined;
    const releases = await this.#releases(ecosystem, name);
    if (typeof releases === 'string') return releases;
    const release = releases.find(one => one.version === version);
    return release && this.#isOld(release)
      ? undefined
      : `${name} ${version} is not known to be out long enough.`;
  }

  #isOld({ publishedAt }: Release): boolean {
    const { parameters, now } = this.context;
    if (parameters.coolDownDays === 0) return true;
    const age = now.getTime() - Date.parse(publishedAt ?? '');
    return age >= parameters.coolDownDays * DAY_MS;
  }

  async #releases(
    ecosystem: string,
    name: string,
  ): Promise<readonly Release[] | string> {
    const found = await this.context.releases?.(ecosystem, name);
    return found ?? `Nobody tells which releases of ${name} there are.`;
  }
}
