import type {
  RepositoryTree,
  ScanFile,
  Scanner,
  ScanProblem,
  TreeEntry,
} from 'backstage-plugin-fettle-node';

/** Of one file, where the scanner says nothing else. */
export const MAX_FILE_BYTES = 1024 * 1024;
/** Of one scan; what is beyond is told of. */
const MAX_ALL_BYTES = 256 * 1024 * 1024;
/** Read at once: a source gives the texts of a batch together. */
const BATCH_BYTES = 16 * 1024 * 1024;

/** The files that a scanner wants, what of them could not be given to it, and what is left out as data. */
export async function readFiles(
  tree: RepositoryTree,
  scanner: Scanner,
): Promise<{ files: ScanFile[]; problems: ScanProblem[]; data: string[] }> {
  const { maxFileBytes = MAX_FILE_BYTES } = scanner;
  const problems: ScanProblem[] = [];
  const data: string[] = [];
  const wanted = (await tree.list()).filter(
    entry => entry.type === 'file' && scanner.wants(entry),
  );
  const leaveOut = (entry: TreeEntry, message: string, action: string) => {
    const { path } = entry;
    if (scanner.mayBeData?.(entry)) data.push(path);
    else problems.push({ path, message, action });
  };
  const batches: TreeEntry[][] = [[]];
  let inBatch = 0;
  let inAll = 0;
  for (const entry of wanted) {
    const { path, size } = entry;
    if (size > maxFileBytes) {
      leaveOut(
        entry,
        `It has ${size} bytes; ${scanner.title} reads files up to ${maxFileBytes}.`,
        'Split the file, or keep what is generated out of Git.',
      );
      continue;
    }
    inAll += size;
    if (inAll > MAX_ALL_BYTES) {
      problems.push({
        path,
        message: `The files for ${scanner.title} have more than ${MAX_ALL_BYTES} bytes in all; this one and those after it were not read.`,
        action: 'Split the repository, or keep what is generated out of Git.',
      });
      inAll -= size;
      continue;
    }
    if (inBatch + size > BATCH_BYTES || batches.at(-1)!.length >= 500) {
      batches.push([]);
      inBatch = 0;
    }
    batches.at(-1)!.push(entry);
    inBatch += size;
  }
  const files: ScanFile[] = [];
  for (const batch of batches) {
    if (batch.length === 0) continue;
    const read = await tree.read(
      batch.map(({ path }) => path),
      { maxBytes: maxFileBytes },
    );
    for (const entry of batch) {
      const { path } = entry;
      const file = read.get(path);
      if (file?.text !== undefined) {
        files.push({ path, size: file.size, text: file.text });
        continue;
      }
      leaveOut(
        entry,
        'It is not text in UTF-8: it is binary, or in another encoding, such as UTF-16.',
        'Save it as text in UTF-8, or keep it out of Git.',
      );
    }
  }
  return { files, problems, data };
}
