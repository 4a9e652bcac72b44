import { SourceError } from 'backstage-plugin-fettle-node';
import { isMap, isScalar, parseDocument, type Document } from 'yaml';

const KEY = /^\/?(@?[^@]+)@([^()]+)/;

/** A lockfile of pnpm, from its ninth line on. */
export class PnpmLock {
  private constructor(
    readonly path: string,
    readonly text: string,
    private readonly document: Document,
  ) {}

  /** @throws SourceError where it is none */
  static parse(path: string, text: string, remote: string): PnpmLock {
    const document = parseDocument(text);
    if (document.errors.length > 0 || !isMap(document.contents)) {
      throw new SourceError(
        'corrupt',
        `${path} of ${remote} is no readable lockfile.`,
        'If a merge was not finished, finish it; else make it anew with pnpm.',
      );
    }
    return new PnpmLock(path, text, document);
  }

  /** What another version of pnpm would write otherwise. */
  get form(): string {
    return String(this.document.get('lockfileVersion') ?? '');
  }

  setting(name: string): unknown {
    return this.document.getIn(['settings', name]);
  }

  has(field: string): boolean {
    return this.document.has(field);
  }

  versionsOf(name: string): string[] {
    return this.#keys('packages').flatMap(key => {
      const [, own, version] = KEY.exec(key) ?? [];
      return own === name ? [version] : [];
    });
  }

  versionFor(
    folder: string,
    section: string,
    name: string,
  ): string | undefined {
    const version = this.document.getIn([
      ...['importers', folder === '' ? '.' : folder, section, name, 'version'],
    ]);
    const [, aliased] = /^@?[^@]+@(.+)$/.exec(String(version ?? '')) ?? [];
    const own = aliased ?? version;
    return typeof own === 'string' ? own.replace(/\(.*$/, '') : undefined;
  }

  /** Its text where a request is written otherwise, and answered as before. */
  withSpecifier(
    folder: string,
    section: string,
    name: string,
    range: string,
  ): PnpmLock {
    const at = folder === '' ? '.' : folder;
    const node = this.document.getIn(
      ['importers', at, section, name, 'specifier'],
      true,
    );
    if (!isScalar(node) || !node.range) return this;
    const [start, end] = node.range;
    const plain = /^[\^~]?\d[\w.+-]*$/.test(range) ? range : `'${range}'`;
    const text = this.text.slice(0, start) + plain + this.text.slice(end);
    return new PnpmLock(this.path, text, parseDocument(text));
  }

  #keys(field: string): string[] {
    const map = this.document.get(field);
    return isMap(map) ? map.items.map(({ key }) => String(key)) : [];
  }
}
