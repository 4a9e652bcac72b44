import { SourceError, type FoundLine } from 'backstage-plugin-fettle-node';
import { decodeName } from './decodeName';
import type { GitTreeEntry } from './listTree';
import { readGit, type LocalRepository } from './LocalRepository';

/** Git takes each file whole into memory to search it; larger ones are passed over like binary ones. */
const MAX_SEARCHED_BYTES = 32 * 1024 * 1024;
const MAX_EXCLUDED = 1_000;
const MAX_TEXT = 200;
const MAX_OUTPUT_BYTES = 1024 * 1024 * 1024;

/** Lines of text files that start with one of the prefixes, in one process. */
export async function findLines(
  repository: LocalRepository,
  commit: string,
  entries: readonly GitTreeEntry[],
  prefixes: readonly string[],
  options: { signal: AbortSignal; limit: number },
): Promise<{ lines: FoundLine[]; complete: boolean }> {
  const excluded = entries.filter(
    entry => entry.type === 'file' && entry.size > MAX_SEARCHED_BYTES,
  );
  if (excluded.length > MAX_EXCLUDED) {
    throw new SourceError(
      'too-large',
      `Cannot search ${repository.remote}: ${excluded.length} files are over ${MAX_SEARCHED_BYTES} bytes.`,
      'Keep large files out of Git, for example with an object store.',
    );
  }
  const symlinks = new Set(
    entries.filter(({ type }) => type === 'symlink').map(({ path }) => path),
  );

  const lines: FoundLine[] = [];
  let complete = true;
  const parser = new LineParser(commit.length + 1, found => {
    if (symlinks.has(found.path)) return true;
    if (lines.length === options.limit) {
      complete = false;
      return false;
    }
    lines.push(found);
    return true;
  });
  await readGit(
    repository,
    [
      'grep',
      '--line-number',
      '--null',
      '-I',
      '--no-color',
      '--no-textconv',
      '--no-recurse-submodules',
      '--full-name',
      '--basic-regexp',
      ...prefixes.flatMap(prefix => ['-e', `^${escapePattern(prefix)}`]),
      // `git grep` has no --end-of-options; the commit is known to be an id.
      commit,
      '--',
      ...(excluded.length > 0 ? [':(top)'] : []),
      ...excluded.map(entry => `:(top,exclude,glob)${escapeGlob(entry)}`),
    ],
    {
      signal: options.signal,
      maxOutputBytes: MAX_OUTPUT_BYTES,
      // 1: nothing found.
      expectExit: [0, 1],
      onOutput: chunk => parser.push(chunk),
    },
  );
  return { lines, complete };
}

function escapePattern(prefix: string) {
  if (/[\n\0]/.test(prefix)) {
    throw new TypeError('A prefix is a part of one line');
  }
  return prefix.replace(/[\\.[*^$]/g, '\\$&');
}

/** Arguments are text, names are bytes: those beyond ASCII become "any byte". */
function escapeGlob(entry: GitTreeEntry) {
  let glob = '';
  for (const byte of entry.bytes ?? Buffer.from(entry.path)) {
    const character = String.fromCharCode(byte);
    if (byte > 0x7e || byte < 0x20) glob += '?';
    else glob += /[\\*?[\]]/.test(character) ? `\\${character}` : character;
  }
  return glob;
}

/** Reads `<commit>:<path> NUL <line> NUL <text> LF`, keeping only the start of long lines. */
class LineParser {
  private field = 0;
  private parts: Buffer[] = [];
  private length = 0;
  private path = '';
  private line = 0;

  constructor(
    private readonly pathStart: number,
    private readonly onLine: (line: FoundLine) => boolean,
  ) {}

  push(chunk: Buffer): boolean {
    let start = 0;
    while (start < chunk.length) {
      const end = chunk.indexOf(this.field === 2 ? 0x0a : 0x00, start);
      this.keep(chunk.subarray(start, end === -1 ? chunk.length : end));
      if (end === -1) return true;
      start = end + 1;
      const bytes = Buffer.concat(this.parts);
      this.parts = [];
      this.length = 0;
      if (this.field === 0) {
        this.path = decodeName(bytes.subarray(this.pathStart));
        this.field = 1;
      } else if (this.field === 1) {
        this.line = Number(bytes.toString('latin1'));
        this.field = 2;
      } else {
        this.field = 0;
        const text = cut(bytes.toString('utf8').replace(/\r$/, ''));
        if (!this.onLine({ path: this.path, line: this.line, text })) {
          return false;
        }
      }
    }
    return true;
  }

  private keep(bytes: Buffer) {
    // Four bytes a character at most.
    const room = this.field === 2 ? MAX_TEXT * 4 + 1 - this.length : Infinity;
    if (room <= 0) return;
    // A copy: a few bytes must not keep the whole chunk alive.
    const kept = Buffer.from(bytes.subarray(0, Math.min(room, bytes.length)));
    this.parts.push(kept);
    this.length += kept.length;
  }
}

function cut(text: string) {
  return text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text;
}
