import type { MemoryRepository } from './MemoryRepository';
import type { MemoryFile } from './MemoryTree';

/** Both sides in one, file by file; null where they conflict. */
export function mergeMemory(
  repository: MemoryRepository,
  onto: string,
  head: string,
): Record<string, MemoryFile> | null {
  if (!onto || !head) return null;
  const theirs = repository.history(onto);
  const from = repository.history(head).find(one => theirs.includes(one));
  const start = from ? repository.read(from).files : {};
  const [ours, other] = [onto, head].map(id => repository.read(id).files);
  const files = { ...ours };
  for (const path of new Set([...Object.keys(start), ...Object.keys(other)])) {
    const [was, is, wanted] = [start, ours, other].map(all =>
      JSON.stringify(all[path]),
    );
    if (wanted === was || wanted === is) continue;
    if (is !== was) return null;
    if (wanted === undefined) delete files[path];
    else files[path] = other[path];
  }
  return files;
}
