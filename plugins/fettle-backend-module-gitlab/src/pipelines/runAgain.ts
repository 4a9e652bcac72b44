import { z } from 'zod';
import type { ProjectApi } from '../api/ProjectApi';
import { pipelineSchema, type Pipeline } from '../reports';

const refSchema = z.object({ commit: z.object({ id: z.string() }) });

/**
 * Hosts try the jobs of a pipeline that failed, or were cancelled, again in
 * the same pipeline. All of them they only run in a new one, at the newest
 * commit of the branch or tag: that is the same only while nothing was pushed.
 */
export async function runAgain(
  project: ProjectApi,
  runId: string,
  { failedOnly }: { failedOnly: boolean },
): Promise<void> {
  const path = `/pipelines/${encodeURIComponent(runId)}`;
  if (failedOnly) {
    await project.post(`${path}/retry`);
    return;
  }
  const pipeline = await project.read(path, pipelineSchema);
  const { ref } = pipeline;
  const [, request] = /^refs\/merge-requests\/(\d+)\//.exec(ref ?? '') ?? [];
  if (!ref || pipeline.source === 'parent_pipeline') {
    throw project.error(
      'failed',
      'does not run it again as a whole: another pipeline started it',
      'Run the failed jobs again, or the pipeline that started it.',
    );
  }
  await assertNewest(project, pipeline, request);
  await (request
    ? project.post(`/merge_requests/${request}/pipelines`)
    : project.post('/pipeline', { ref }));
}

async function assertNewest(
  project: ProjectApi,
  { ref, sha, tag }: Pipeline,
  request: string | undefined,
): Promise<void> {
  let newest: string | null | undefined;
  if (request) {
    const schema = z.object({ sha: z.string().nullish() });
    const path = `/merge_requests/${request}`;
    newest = (await project.read(path, schema)).sha;
  } else {
    const list = tag ? 'tags' : 'branches';
    const path = `/repository/${list}/${encodeURIComponent(ref ?? '')}`;
    newest = (await project.read(path, refSchema)).commit.id;
  }
  if (newest === sha) return;
  throw project.error(
    'failed',
    'runs a pipeline as a whole only at the newest commit, and there is a newer one',
    'Run the failed jobs again, or look at the pipeline of the newer commit.',
  );
}
