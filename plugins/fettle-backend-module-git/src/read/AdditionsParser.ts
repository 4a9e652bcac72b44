import type { AddedText, CommitAdditions } from 'backstage-plugin-fettle-node';
import { decodeName } from './decodeName';

const TAB = 0x09;
const NEWLINE = 0x0a;
const MINUS = 0x2d;
const PLUS = 0x2b;
const AT = 0x40;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** `@@ -7,0 +8,2 @@`: how many lines went, where the new ones begin, how many there are. */
const HUNK = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;
const ESCAPED: Readonly<Record<string, number>> = {
  ...{ a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 },
};

/** A line with which this begins tells of a commit: id, author and time, with NUL between and before. */
export const COMMIT_FORMAT = '%x00%H%x00%an%x00%cI';

/** Reads what `git diff-tree --stdin -p -U0` says, piece by piece. */
export class AdditionsParser {
  #rest: Buffer = Buffer.alloc(0);
  #commit?: Omit<CommitAdditions, 'added'> & { added: AddedText[] };
  #file?: { path: string; lines: number[]; text: GrowingBuffer };
  #gone = 0;
  #come = 0;
  #line = 0;
  #bytes = 0;
  readonly #done: CommitAdditions[] = [];

  constructor(private readonly mostBytesOfCommit: number) {}

  push(chunk: Buffer): void {
    const all = Buffer.concat([this.#rest, chunk]);
    let start = 0;
    for (
      let end = all.indexOf(NEWLINE);
      end !== -1;
      end = all.indexOf(NEWLINE, start)
    ) {
      this.#take(all.subarray(start, end));
      start = end + 1;
    }
    this.#rest = Buffer.from(all.subarray(start));
  }

  /** The commits that were told of. */
  end(): CommitAdditions[] {
    this.#endCommit();
    return this.#done;
  }

  #take(line: Buffer): void {
    if (this.#gone > 0 && line[0] === MINUS) this.#gone -= 1;
    else if (this.#come > 0 && line[0] === PLUS) this.#add(line.subarray(1));
    else if (line[0] === 0) this.#begin(line);
    else if (line.subarray(0, 5).toString('latin1') === 'diff ')
      this.#endFile();
    else if (line.subarray(0, 4).toString('latin1') === '+++ ') {
      const path = readPath(line.subarray(4));
      if (path !== undefined) {
        this.#file = { path, lines: [], text: new GrowingBuffer() };
      }
    } else if (line[0] === AT) this.#beginHunk(line);
  }

  #begin(line: Buffer): void {
    this.#endCommit();
    const [, commit, author, committedAt] = line.toString().split('\0');
    this.#commit = {
      ...{ commit, author, added: [], cut: false },
      committedAt: new Date(committedAt).toISOString(),
    };
    this.#bytes = 0;
  }

  #beginHunk(line: Buffer): void {
    const hunk = HUNK.exec(line.subarray(0, 100).toString('latin1'));
    if (!hunk) return;
    this.#gone = Number(hunk[1] ?? 1);
    this.#line = Number(hunk[2]);
    this.#come = Number(hunk[3] ?? 1);
  }

  #add(text: Buffer): void {
    this.#come -= 1;
    const line = this.#line;
    this.#line += 1;
    if (!this.#file || !this.#commit) return;
    this.#bytes += text.length + 1;
    if (this.#bytes > this.mostBytesOfCommit) {
      this.#commit.cut = true;
      return;
    }
    this.#file.lines.push(line);
    this.#file.text.addLine(text);
  }

  #endFile(): void {
    if (this.#file && this.#file.lines.length > 0) {
      const { path, lines, text } = this.#file;
      this.#commit?.added.push({ path, lines, text: text.toString() });
    }
    this.#file = undefined;
    this.#gone = 0;
    this.#come = 0;
  }

  #endCommit(): void {
    this.#endFile();
    if (this.#commit) this.#done.push(this.#commit);
    this.#commit = undefined;
  }
}

/** Lines one below the other, without a piece of memory for each. */
class GrowingBuffer {
  #bytes = Buffer.allocUnsafe(1024);
  #length = 0;

  addLine(line: Buffer): void {
    const length = this.#length + line.length + 1;
    if (length > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(length, this.#length * 2));
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
    line.copy(this.#bytes, this.#length);
    this.#bytes[length - 1] = NEWLINE;
    this.#length = length;
  }

  toString(): string {
    return this.#bytes.toString('utf8', 0, this.#length);
  }
}

/** As git writes it in a diff: `b/src/a.ts`, or in quotes with escapes; undefined for a file that is gone. */
function readPath(given: Buffer): string | undefined {
  // Git ends a name that has blanks with a tab.
  const name = given.at(-1) === TAB ? given.subarray(0, -1) : given;
  const raw = name[0] === QUOTE ? unquote(name.subarray(1, -1)) : name;
  return raw.subarray(0, 2).toString('latin1') === 'b/'
    ? decodeName(raw.subarray(2))
    : undefined;
}

function unquote(given: Buffer): Buffer {
  const bytes: number[] = [];
  for (let at = 0; at < given.length; at += 1) {
    if (given[at] !== BACKSLASH) {
      bytes.push(given[at]);
      continue;
    }
    const octal = given.subarray(at + 1, at + 4).toString('latin1');
    if (/^[0-7]{3}$/.test(octal)) {
      bytes.push(parseInt(octal, 8));
      at += 3;
    } else {
      at += 1;
      bytes.push(ESCAPED[String.fromCharCode(given[at])] ?? given[at]);
    }
  }
  return Buffer.from(bytes);
}
