import type {
  RepositoryTree,
  ScanFile,
  Scanner,
  ScanProblem,
} from 'backstage-plugin-fettle-node';

const MAX_FILE_BYTES = 1024 * 1024;
/** Of one scan; what is beyond is told of. */
const MAX_ALL_BYTES = 256 * 1024 * 1024;
/** Read at once: a source gives the texts of a batch together. */
const BATCH_BYTES = 16 * 1024 * 1024;

/** The files that a scanner wants, and what of them could not be given to it. */
export async function readFiles(
  tree: RepositoryTree,
  scanner: Scanner,
): Promise<{ files: ScanFile[]; problems: ScanProblem[] }> {
  const { maxFileBytes = MAX_FILE_BYTES } = scanner;
  const problems: ScanProblem[] = [];
  const wanted = (await tree.list()).filter(
    entry => entry.type === 'file' && scanner.wants(entry),
  );
  const batches: string[][] = [[]];
  let inBatch = 0;
  let inAll = 0;
  for (const { path, size } of wanted) {
    if (size > maxFileBytes) {
      problems.push({
        path,
        message: `It has ${size} bytes; ${scanner.title} reads files up to ${maxFileBytes}.`,
        action: 'Split the file, or keep what is generated out of Git.',
      });
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
    batches.at(-1)!.push(path);
    inBatch += size;
  }
  const files: ScanFile[] = [];
  for (const paths of batches) {
    if (paths.length === 0) continue;
    const read = await tree.read(paths, { maxBytes: maxFileBytes });
    for (const path of paths) {
      const file = read.get(path);
      // What is binary is no text that a scanner could read.
      if (file?.text === undefined) continue;
      files.push({ path, size: file.size, text: file.text });
    }
  }
  return { files, problems };
}
