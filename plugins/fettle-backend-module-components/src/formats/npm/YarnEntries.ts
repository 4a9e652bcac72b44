import { entriesOf, textOf } from '../../Format';

interface YarnEntry {
  key: string;
  /** The first of what it answers to. */
  first: string;
  name: string;
  version: string | null;
  /** Folders of the repository: its workspaces, and what is linked. */
  own: boolean;
  workspace?: string;
  needs: [string, string][];
  may: [string, string][];
}

/** What a yarn.lock names, and which of it answers to what is asked for. */
export class YarnEntries {
  readonly all: readonly YarnEntry[];
  readonly workspaces = new Map<string, YarnEntry>();
  readonly #byRequest = new Map<string, YarnEntry>();
  readonly #byName = new Map<string, YarnEntry[]>();

  constructor(
    lock: unknown,
    /** The manifest beside it, which may have its own mind about versions. */
    private readonly root: any,
  ) {
    this.all = entriesOf(lock).flatMap(([key, value]) =>
      key === '__metadata' ? [] : this.#take(key, value),
    );
  }

  #take(key: string, value: unknown): YarnEntry {
    const requests = key.split(/,\s*/);
    const entry = readEntry(key, requests[0], value);
    for (const request of requests) this.#byRequest.set(request, entry);
    for (const name of new Set(requests.map(identOf))) {
      const all = this.#byName.get(name);
      if (all) all.push(entry);
      else this.#byName.set(name, [entry]);
    }
    if (entry.workspace !== undefined) {
      this.workspaces.set(entry.workspace, entry);
    }
    return entry;
  }

  /** The key of what is installed for a request; undefined for the repository's own. */
  find(name: string, range: string): string | undefined {
    const found =
      this.#byRequest.get(`${name}@${range}`) ??
      this.#byRequest.get(`${name}@npm:${range}`) ??
      this.#decided(name);
    return found?.own ? undefined : found?.key;
  }

  /** Patches, catalogs and `resolutions` of the root have something else installed than what is asked for. */
  #decided(name: string): YarnEntry | undefined {
    const all = this.#byName.get(name) ?? [];
    if (all.length <= 1) return all[0];
    const wanted = Object.hasOwn(this.root?.resolutions ?? {}, name)
      ? this.root.resolutions[name]
      : undefined;
    return (
      this.#byRequest.get(`${name}@${wanted}`) ??
      this.#byRequest.get(`${name}@npm:${wanted}`)
    );
  }
}

function readEntry(key: string, first: string, value: any): YarnEntry {
  const resolution = textOf(value?.resolution) ?? '';
  const [, alias] = /@npm:(@?[^@]+)@/.exec(first) ?? [];
  const [, workspace] = /@workspace:(.*)$/.exec(resolution) ?? [];
  const version = textOf(value?.version);
  const optional = (name: string) =>
    value?.dependenciesMeta?.[name]?.optional === 'true';
  const asked = rangesOf(value?.dependencies);
  return {
    ...{ key, first, workspace },
    own: /@(?:workspace|link|portal):/.test(resolution),
    name: resolution ? identOf(resolution) : alias ?? identOf(first),
    version: version ?? null,
    needs: asked.filter(([name]) => !optional(name)),
    may: [
      ...asked.filter(([name]) => optional(name)),
      ...rangesOf(value?.optionalDependencies),
    ],
  };
}

/** The name before the `@` of a version; scopes begin with one. */
function identOf(request: string): string {
  const at = request.indexOf('@', 1);
  return at === -1 ? request : request.slice(0, at);
}

function rangesOf(value: unknown): [string, string][] {
  return entriesOf(value).map(([name, range]) => [name, String(range)]);
}
