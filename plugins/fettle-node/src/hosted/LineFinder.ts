import type { FoundLine } from '../contracts/RepositoryTree';

const MOST_TEXT = 200;
const BINARY_WINDOW = 8_000;
const NEWLINE = 0x0a;

/** Lines of one file that start with one of the prefixes, as its bytes come. Only the start of a line is kept. */
export class LineFinder {
  readonly #prefixes: Buffer[];
  readonly #room: number;
  readonly #found: FoundLine[] = [];
  #start = Buffer.alloc(0);
  #line = 1;
  #seen = 0;
  #binary = false;

  constructor(
    private readonly path: string,
    prefixes: readonly string[],
    /** No more lines than this are kept. */
    private readonly most: number,
  ) {
    this.#prefixes = prefixes.map(prefix => Buffer.from(prefix));
    // Four bytes a character at most, and one to tell whether there is more.
    const longest = Math.max(0, ...this.#prefixes.map(({ length }) => length));
    this.#room = Math.max(longest, MOST_TEXT * 4) + 4;
  }

  push(chunk: Buffer): void {
    if (this.#binary) return;
    const window = Math.max(0, BINARY_WINDOW - this.#seen);
    this.#binary = chunk.subarray(0, window).includes(0);
    this.#seen += chunk.length;
    for (let from = 0; from < chunk.length; ) {
      const end = chunk.indexOf(NEWLINE, from);
      this.#keep(chunk.subarray(from, end === -1 ? chunk.length : end));
      if (end === -1) return;
      this.#finish();
      from = end + 1;
    }
  }

  /** What was found; nothing in a binary file. */
  end(): FoundLine[] {
    if (this.#start.length > 0) this.#finish();
    return this.#binary ? [] : this.#found;
  }

  #keep(bytes: Buffer): void {
    const room = this.#room - this.#start.length;
    if (room <= 0 || bytes.length === 0) return;
    this.#start = Buffer.concat([this.#start, bytes.subarray(0, room)]);
  }

  #finish(): void {
    const starts =
      this.#found.length < this.most &&
      this.#prefixes.some(prefix =>
        this.#start.subarray(0, prefix.length).equals(prefix),
      );
    if (starts) {
      const text = shorten(this.#start.toString().replace(/\r$/, ''));
      this.#found.push({ path: this.path, line: this.#line, text });
    }
    this.#line += 1;
    this.#start = Buffer.alloc(0);
  }
}

/** No half characters and no NUL: not every store of text takes those. */
function shorten(text: string): string {
  return text
    .slice(0, MOST_TEXT)
    .replace(/[\uD800-\uDBFF]$/, '')
    .replaceAll('\0', '\uFFFD');
}
