import type {
  AddedText,
  CommitAdditions,
  FindingReport,
  ScanFile,
} from 'backstage-plugin-fettle-node';
import type { FoundReport } from '../findings/fromReport';

const MOST_CHARACTERS = 4 * 1024 * 1024;
const SHORT_COMMIT = 8;

/** Additions that are scanned together: of each path those of one commit, so that what is found there has one origin. */
export class HistoryBatch {
  readonly #files = new Map<string, ScanFile>();
  readonly #origins = new Map<string, CommitAdditions>();
  #characters = 0;

  get files(): ScanFile[] {
    return [...this.#files.values()];
  }

  /** False where it is to be scanned before this commit can be added. */
  hasRoomFor(commit: CommitAdditions): boolean {
    return (
      this.#characters < MOST_CHARACTERS &&
      !commit.added.some(({ path }) => this.#files.has(path))
    );
  }

  add(commit: CommitAdditions, wants: (added: AddedText) => boolean): void {
    for (const added of commit.added.filter(wants)) {
      const text = inPlace(added);
      this.#characters += text.length;
      this.#origins.set(added.path, commit);
      const size = Buffer.byteLength(text);
      const { path } = added;
      this.#files.set(path, { path, size, text, commit: commit.commit });
    }
  }

  /** What was found, with where it came from. Its line is that of another commit than the head, and so only told of. */
  explain(found: FindingReport): FoundReport {
    const origin = this.#origins.get(found.path ?? '');
    if (!origin) return found;
    const { line, ...rest } = found;
    const { commit, author, committedAt } = origin;
    const day = committedAt.slice(0, 10);
    const where = line === undefined ? 'In' : `At line ${line} of`;
    const told = `commit ${commit.slice(
      0,
      SHORT_COMMIT,
    )} of ${day} by ${author}`;
    return {
      ...rest,
      origin: { commit, line },
      message: `${found.message} ${where} ${told}.`,
    };
  }
}

/** Each line where it stands in its file, nothing between. */
function inPlace({ text, lines }: AddedText): string {
  const parts: string[] = [];
  let at = 1;
  let start = 0;
  for (const line of lines) {
    const end = text.indexOf('\n', start) + 1 || text.length;
    parts.push('\n'.repeat(Math.max(0, line - at)), text.slice(start, end));
    start = end;
    at = line + 1;
  }
  return parts.join('');
}
