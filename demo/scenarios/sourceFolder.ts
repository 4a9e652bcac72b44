import type { WorkingCopy } from './WorkingCopy';

/** The folder that the pipeline tests; throws where there is no pipeline. */
export async function sourceFolder(
  copy: WorkingCopy,
  commit: string,
): Promise<string> {
  const job = (await copy.paths(commit)).find(path =>
    /^\.ci\/[a-z0-9-]+\/unit\.sh$/.test(path),
  );
  const content = job ? await copy.read(commit, job) : '';
  const source = /^# source: (.*)$/m.exec(content)?.[1];
  if (!source) throw new Error('This repository has no pipeline to break.');
  return source;
}
