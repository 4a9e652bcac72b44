import type {
  BridgeSchema,
  DeploymentSchema,
  ExpandedPipelineSchema,
  JobSchema,
} from '@gitbeaker/core';
import { GONE, json, pageOf, type Answer, type Paging } from './answers';

/** A time of the tests. */
const at = (minute: number) =>
  new Date(Date.UTC(2026, 5, 1, 12, minute)).toISOString();

const SHA = 'a'.repeat(40);
const WEB = 'https://gitlab.example.com/acme/ledger';

/** A failed pipeline 17 of one failed job 170 and a bridge 171, and a pipeline 18 that runs. */
export class FakePipelines {
  readonly asked: string[] = [];
  log =
    'section_start:1560896352:step[collapsed=true]\r\u001b[0KSet up\nerror: it does not work\n';
  jobs = 1;
  /** Of pipeline 17, in place of what is true of it. */
  own: Partial<ExpandedPipelineSchema> = {};
  /** The newest commit of each branch, tag and merge request. */
  newest = SHA;

  /** `path` is below the project. */
  answer(method: string, path: string, paging: Paging): Answer {
    if (method === 'POST') return this.#do(path, paging.query);
    const after = paging.query.get('updated_after') ?? '';
    if (path === '/pipelines') {
      const all = [18, 17].map(id => this.pipeline(id));
      const since = all.filter(({ updated_at: time }) => time > after);
      return pageOf(since.map(withoutDetails), paging);
    }
    if (path === '/deployments') {
      const since = [this.deployment()].filter(one => one.updated_at > after);
      return pageOf(since, paging);
    }
    if (path === '/jobs/170/trace') {
      const headers = { 'content-type': 'text/plain' };
      return { status: 200, headers, body: this.log };
    }
    if (/^\/repository\/(branches|tags)\/[^/]+$/.test(path)) {
      return json({ name: 'x', commit: { id: this.newest } });
    }
    if (path === '/merge_requests/5') return json({ sha: this.newest });
    const [, id, list] = /^\/pipelines\/(17|18)(?:\/(\w+))?$/.exec(path) ?? [];
    if (!id) return GONE;
    if (list === 'jobs') {
      const jobs = Array.from({ length: this.jobs }, (_, i) =>
        this.job(170 + i),
      );
      return pageOf(jobs.reverse(), paging);
    }
    if (list === 'bridges') return pageOf([this.bridge()], paging);
    return list ? GONE : json(this.pipeline(Number(id)));
  }

  pipeline(
    id: number,
  ): Partial<ExpandedPipelineSchema> & { updated_at: string } {
    const done = id === 17;
    return {
      ...{ id, iid: id - 10, project_id: 7, sha: SHA, ref: 'main' },
      ...{ status: done ? 'failed' : 'running', source: 'push', tag: false },
      ...{ created_at: at(0), updated_at: at(5), started_at: at(1) },
      ...(done ? { finished_at: at(5) } : {}),
      ...{ before_sha: 'b'.repeat(40), web_url: `${WEB}/-/pipelines/${id}` },
      user: {
        id: 1,
        username: 'ada',
        name: 'Ada',
        state: 'active',
        avatar_url: '',
        web_url: '',
      },
      ...(done ? this.own : {}),
    };
  }

  job(id: number): Partial<JobSchema> {
    return {
      ...{ id, name: `test ${id}`, stage: 'test', status: 'failed' },
      ...{ created_at: at(0), started_at: at(1), finished_at: at(4) },
      web_url: `${WEB}/-/jobs/${id}`,
      runner: { description: 'runner-1' } as JobSchema['runner'],
      commit: {
        ...{ id: SHA, short_id: 'aaaa', title: 'Fix it' },
        ...{ message: 'Fix it\n\nReally.', created_at: at(0) },
        ...{ author_name: 'Ada', author_email: 'ada@example.com' },
      },
    };
  }

  bridge(): Partial<BridgeSchema> {
    return {
      ...{ id: 171, name: 'deploy all', stage: 'deploy', status: 'skipped' },
      ...{ created_at: at(0), web_url: `${WEB}/-/jobs/171` },
    };
  }

  deployment(): Partial<DeploymentSchema> & { updated_at: string } {
    return {
      ...{ id: 41, iid: 1, ref: 'main', sha: SHA, status: 'success' },
      ...{ created_at: at(6), updated_at: at(7) },
      environment: {
        id: 9,
        name: 'production',
      } as DeploymentSchema['environment'],
      deployable: {
        finished_at: at(7),
        web_url: `${WEB}/-/jobs/172`,
      } as unknown as DeploymentSchema['deployable'],
    };
  }

  #do(path: string, query: URLSearchParams): Answer {
    if (path === '/pipeline' || path === '/merge_requests/5/pipelines') {
      this.asked.push(`rerun 17`, `${path} ${query.get('ref') ?? ''}`.trim());
      return json(this.pipeline(18), 201);
    }
    const [, id, what] =
      /^\/pipelines\/(17|18)\/(retry|cancel)$/.exec(path) ?? [];
    if (!id) return GONE;
    this.asked.push(`${what === 'retry' ? 'rerun-failed' : what} ${id}`);
    return json(this.pipeline(Number(id)), 201);
  }
}

/** Lists tell less. */
function withoutDetails({
  before_sha: _,
  tag: __,
  user: ___,
  started_at: ____,
  finished_at: _____,
  ...rest
}: Partial<ExpandedPipelineSchema>) {
  return rest;
}
