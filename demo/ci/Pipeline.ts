import { git } from '../git';

/** One step of a job: a piece of shell script. */
export interface PipelineStep {
  name: string;
  script: string;
}

/** One job: a file `.ci/<pipeline>/<job>.sh` of the repository. */
export interface PipelineJob {
  name: string;
  /** Jobs that must have succeeded before: `# needs: lint, unit`. */
  needs: string[];
  /** Only on the default branch: `# only: default-branch`. */
  defaultBranchOnly: boolean;
  /** Puts the commit into service there: `# deploys: production`. */
  deploys?: string;
  steps: PipelineStep[];
}

/** A folder `.ci/<pipeline>` of the repository. */
export interface Pipeline {
  name: string;
  /** Runs only where the commit touched this folder: `# paths: services/api`. */
  path?: string;
  jobs: PipelineJob[];
}

const JOB_FILE = /^\.ci\/([a-z0-9-]+)\/([a-z0-9-]+)\.sh$/;

/** The pipelines that a commit defines. */
export async function readPipelines(
  repository: string,
  commit: string,
): Promise<Pipeline[]> {
  const listed = await git(repository, [
    'ls-tree',
    '-r',
    '-z',
    '--name-only',
    commit,
    '.ci/',
  ]);
  const pipelines = new Map<string, Pipeline>();
  for (const path of listed.split('\0')) {
    const [, name, job] = JOB_FILE.exec(path) ?? [];
    if (!name) continue;
    const content = await git(repository, ['show', `${commit}:${path}`]);
    const pipeline = pipelines.get(name) ?? { name, jobs: [] };
    pipelines.set(name, pipeline);
    pipeline.path ??= header(content, 'paths');
    pipeline.jobs.push(readJob(job, content));
  }
  return [...pipelines.values()];
}

function header(content: string, name: string): string | undefined {
  return new RegExp(`^# ${name}: (.*)$`, 'm').exec(content)?.[1].trim();
}

function readJob(name: string, content: string): PipelineJob {
  const [, ...parts] = content.split(/^# step: /m);
  return {
    name,
    needs: header(content, 'needs')?.split(/, */) ?? [],
    defaultBranchOnly: header(content, 'only') === 'default-branch',
    deploys: header(content, 'deploys'),
    steps: parts.map(part => {
      const end = part.indexOf('\n');
      return { name: part.slice(0, end), script: part.slice(end + 1) };
    }),
  };
}
