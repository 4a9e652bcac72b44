import { SourceError } from 'backstage-plugin-fettle-node';
import { isRight, type Update } from '../Update';
import { asRecord, type Manifest } from './Manifest';

interface Entry {
  version?: string;
  /** What it is in the registry, where that is another name than its folder's. */
  name: string;
  requires: Readonly<Record<string, unknown>>;
  link: boolean;
}

const MARK = 'node_modules/';

/** A lockfile of npm: https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json */
export class NpmLock {
  private constructor(
    readonly path: string,
    readonly text: string,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  /** @throws SourceError where it is none, or one of a version that npm would rewrite */
  static parse(path: string, text: string, remote: string): NpmLock {
    let data: unknown;
    try {
      data = JSON.parse(text);
    } catch {
      // Told below; the marks of a merge are no JSON either.
    }
    const { lockfileVersion, packages } = asRecord(data);
    if (lockfileVersion === 1 || (data && packages === undefined)) {
      throw new SourceError(
        'invalid',
        `${path} of ${remote} is of version 1, which npm would rewrite as a whole.`,
        'Bring it to version 3 with a newer npm, once.',
      );
    }
    if (typeof packages !== 'object' || packages === null) {
      const why = /^<{7} /m.test(text)
        ? 'has the marks of a merge that was not finished'
        : 'is no readable lockfile';
      throw new SourceError(
        'corrupt',
        `${path} of ${remote} ${why}.`,
        'Finish the merge, or make the lockfile anew with npm.',
      );
    }
    const entries = new Map<string, Entry>();
    for (const [at, value] of Object.entries(packages)) {
      const raw = asRecord(value);
      const { version, name } = raw;
      entries.set(at, {
        version: typeof version === 'string' ? version : undefined,
        name: typeof name === 'string' ? name : nameOf(at),
        requires: {
          ...asRecord(raw.peerDependencies),
          ...asRecord(raw.optionalDependencies),
          ...asRecord(raw.devDependencies),
          ...asRecord(raw.dependencies),
        },
        link: raw.link === true,
      });
    }
    return new NpmLock(path, text, entries);
  }

  /** Where a package is, and at which versions. */
  versionsOf(name: string): { at: string; version: string }[] {
    return [...this.entries].flatMap(([at, entry]) =>
      entry.name === name && at.includes(MARK) && entry.version && !entry.link
        ? [{ at, version: entry.version }]
        : [],
    );
  }

  /** What a folder gets when it asks for a package: the nearest one. */
  versionFor(folder: string, name: string): string | undefined {
    return this.entries.get(this.#resolve(folder, name) ?? '')?.version;
  }

  /** Who gets the package that is there, and asks for what. */
  parentsOf(name: string, at: string): { name: string; range: string }[] {
    return [...this.entries].flatMap(([parent, entry]) => {
      const asked = entry.requires;
      if (!Object.hasOwn(asked, name)) return [];
      const range = asked[name];
      if (typeof range !== 'string') return [];
      if (this.#resolve(parent, name) !== at) return [];
      const { name: own, version } = entry;
      const shown = parent === '' ? 'the manifest' : `${own}@${version}`;
      return [{ name: shown, range }];
    });
  }

  /** Its text without what is to be chosen anew. */
  without(updates: readonly Update[]): string {
    const data = JSON.parse(this.text) as Record<string, unknown>;
    const packages = asRecord(data.packages);
    for (const update of updates) {
      for (const { at, version } of this.versionsOf(update.name)) {
        if (!isRight(update, version)) delete packages[at];
      }
    }
    return serialise(data, this.text);
  }

  /** Its text with what manifests ask for, in the form of another text. */
  withRequests(
    manifests: readonly { folder: string; manifest: Manifest }[],
    style: string,
  ): string {
    const data = JSON.parse(this.text) as Record<string, unknown>;
    const packages = asRecord(data.packages);
    for (const { folder, manifest } of manifests) {
      if (!Object.hasOwn(packages, folder)) continue;
      const entry = asRecord(packages[folder]);
      for (const { section, name } of manifest.requests) {
        const asked = asRecord(entry[section]);
        if (!Object.hasOwn(asked, name)) continue;
        asked[name] = asRecord(manifest.data[section])[name];
      }
    }
    return serialise(data, style);
  }

  /** As Node looks for packages: from the folder upwards. */
  #resolve(folder: string, name: string): string | undefined {
    for (let at = folder; ; ) {
      const here = `${at === '' ? '' : `${at}/`}${MARK}${name}`;
      if (this.entries.has(here)) return here;
      if (at === '') return undefined;
      const cut = at.lastIndexOf('/');
      at = cut === -1 ? '' : at.slice(0, cut);
    }
  }
}

function nameOf(at: string): string {
  const mark = at.lastIndexOf(MARK);
  return mark === -1 ? at : at.slice(mark + MARK.length);
}

/** As npm writes it, with the indent and the ends of lines of another text. */
function serialise(data: unknown, style: string): string {
  const indent = /^\{\r?\n([ \t]+)/.exec(style)?.[1] ?? '  ';
  const end = style.endsWith('\n') ? '\n' : '';
  const made = `${JSON.stringify(data, null, indent)}${end}`;
  return style.includes('\r\n') ? made.replaceAll('\n', '\r\n') : made;
}
