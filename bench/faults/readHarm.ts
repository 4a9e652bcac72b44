import { sameFile, type Expected } from './Fault';

/** What nobody asked for: other files, lost branches and commits, and branches that were left. */
export async function readHarm(expected: Expected): Promise<string[]> {
  const { repository, files, branches, commits } = expected;
  const { name } = repository;
  const harm: string[] = [];
  const found = await repository.files();
  for (const path of new Set([...Object.keys(found), ...Object.keys(files)])) {
    if (!sameFile(path, found[path], files[path])) {
      harm.push(`${name}: ${path} is not as it was to be`);
    }
  }
  const is = [...(await repository.branches()).keys()].sort();
  const wanted = ['main', ...branches].sort();
  if (is.join() !== wanted.join()) {
    harm.push(`${name}: its branches are ${is.join(', ')}`);
  }
  const kept = new Set(await repository.commits());
  for (const commit of commits) {
    if (!kept.has(commit)) harm.push(`${name}: ${commit} is lost`);
  }
  return harm;
}
