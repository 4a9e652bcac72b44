import { SourceError } from 'backstage-plugin-fettle-node';
import { isRight, type Update } from '../Update';

interface Block {
  text: string;
  /** Requests that it answers: `leaf@^1.0.0`, `leaf@npm:^1.0.0`. */
  keys: string[];
  name: string;
  version: string;
}

/** A lockfile of Yarn, of its first or of a newer form. */
export class YarnLock {
  private constructor(
    readonly path: string,
    readonly text: string,
    private readonly blocks: readonly Block[],
  ) {}

  /** @throws SourceError where it is none */
  static parse(path: string, text: string, remote: string): YarnLock {
    const isYarn =
      /^# yarn lockfile v1$/m.test(text) || /^__metadata:/m.test(text);
    if (!isYarn || /^(<{7}|={7}|>{7})( |$)/m.test(text)) {
      throw new SourceError(
        'corrupt',
        `${path} of ${remote} is no readable lockfile.`,
        'If a merge was not finished, finish it; else make it anew with yarn.',
      );
    }
    const blocks = splitBlocks(text).flatMap(readBlock);
    return new YarnLock(path, text, blocks);
  }

  /** What another version of Yarn would write otherwise; undefined for the first form. */
  get form(): string | undefined {
    return /^__metadata:\r?\n\s+version: (\S+)/m.exec(this.text)?.[1];
  }

  versionsOf(name: string): string[] {
    return this.blocks
      .filter(block => block.name === name)
      .map(({ version }) => version);
  }

  versionFor(name: string, range: string): string | undefined {
    const keys = [`${name}@${range}`, `${name}@npm:${range}`];
    return this.blocks.find(block => keys.some(key => block.keys.includes(key)))
      ?.version;
  }

  /** Requests of a package that are answered with a version. */
  requestsOf(name: string, version: string): string[] {
    return this.blocks
      .filter(block => block.name === name && block.version === version)
      .flatMap(({ keys }) => keys.map(key => key.replace(/^.+@(?:npm:)?/, '')));
  }

  /** Its text without what is to be chosen anew. */
  without(updates: readonly Update[]): string {
    const gone = this.blocks.filter(({ name, version }) =>
      updates.some(update => update.name === name && !isRight(update, version)),
    );
    return gone.reduce(
      (text, block) => text.replace(block.text, ''),
      this.text,
    );
  }

  /** Its text where a request is written otherwise, and answered as before. */
  withRequest(name: string, from: string, to: string): string {
    return this.text
      .replaceAll(`"${name}@npm:${from}"`, `"${name}@npm:${to}"`)
      .replaceAll(
        new RegExp(`^"?${escape(`${name}@${from}`)}"?:$`, 'gm'),
        () => `"${name}@${to}":`,
      );
  }
}

function splitBlocks(text: string): string[] {
  return (
    text.match(/^(?![#\s]).*:\r?\n(?:[ \t]+.*(?:\r?\n|$))+(?:\r?\n)?/gm) ?? []
  );
}

function readBlock(text: string): Block[] {
  const head = text.slice(0, text.indexOf('\n')).trim().replace(/:$/, '');
  const keys = head.split(',').map(key => key.trim().replace(/^"|"$/g, ''));
  const version = /^\s+version:?\s+"?([^"\s]+)"?/m.exec(text)?.[1];
  const resolution = /^\s+resolution: "(@?[^@"]+)@npm:/m.exec(text)?.[1];
  const alias = /^@?[^@]+@npm:(@?[^@]+)@/.exec(keys[0])?.[1];
  const name = resolution ?? alias ?? /^(@?[^@]+)@/.exec(keys[0])?.[1];
  if (!version || !name || head === '__metadata') return [];
  // What is in the repository itself.
  if (/@(?:workspace|portal|link):/.test(head)) return [];
  return [{ text, keys, name, version }];
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
