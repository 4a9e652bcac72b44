import type {
  ActionRun,
  ActionRunJob,
  ListActionRunResponse,
} from '@llamaduck/forgejo-ts';
import { cut, GONE, json, type Answer } from './answers';
import { answerLog, at, type FakeActions } from './FakeActions';

/** Forgejo 15 tells of runs, 16 also of jobs and logs, and ends runs. */
export type ForgejoVersion = '15' | '16';

const ZERO = '0001-01-01T00:00:00Z';

/** The actions of Forgejo: the same runs as those of the fake Gitea. */
export class ForgejoActions implements FakeActions {
  readonly asked: string[] = [];
  readonly log = { text: 'Set up\nerror: it does not work\n', ranges: true };
  /** Of run 17. */
  status = 'failure';
  event: Partial<ActionRun> = {
    ...{ event: 'push', trigger_event: 'push', prettyref: 'main' },
    event_payload: JSON.stringify({
      ref: 'refs/heads/main',
      before: 'b'.repeat(40),
      head_commit: { message: 'Fix it\n\nReally.', timestamp: at(0) },
    }),
  };

  constructor(private readonly version: ForgejoVersion = '16') {}

  answer(
    method: string,
    path: string,
    query: URLSearchParams,
    headers: NodeJS.Dict<string | string[]>,
  ): Answer {
    const young = this.version === '16';
    if (young && path === '/actions/jobs/170/logs') {
      return answerLog(this.log, headers);
    }
    if (path === '/actions/runs') {
      const runs = cut([18, 17], query).map(id => this.run(id));
      const answer: ListActionRunResponse = {
        ...{ total_count: 2, workflow_runs: runs },
      };
      return json(answer);
    }
    const [, id, rest] =
      /^\/actions\/runs\/(17|18)(\/jobs|\/cancel)?$/.exec(path) ?? [];
    if (!id || (rest && !young)) return GONE;
    if (rest === '/cancel' && method === 'POST') {
      this.asked.push(`cancel ${id}`);
      return { status: 204 };
    }
    if (rest === '/jobs') return json([this.job()]);
    return rest ? GONE : json(this.run(Number(id)));
  }

  run(id: number): ActionRun {
    const done = id === 17;
    return {
      ...{ id, index_in_repo: id, workflow_id: 'ci.yaml', title: 'Fix it' },
      ...{ commit_sha: 'a'.repeat(40), ...this.event },
      trigger_user: { login: 'ada' },
      status: done ? this.status : 'running',
      ...{ created: at(0), started: at(1), updated: at(5) },
      stopped: done ? at(5) : ZERO,
      html_url: `https://gitea.example.com/acme/ledger/actions/runs/${id}`,
      repository: {
        ...{ id: 7, full_name: 'acme/ledger' },
        html_url: 'https://gitea.example.com/acme/ledger',
      },
    };
  }

  job(): ActionRunJob {
    return { id: 170, name: 'test', status: this.status, task_id: 900 };
  }
}
