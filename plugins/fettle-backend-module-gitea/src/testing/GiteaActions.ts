import type { Repository } from 'gitea-js';
import { cut, GONE, json, type Answer } from './answers';
import { answerLog, at, type FakeActions } from './FakeActions';

/** Which operations the host has: 1.24 tells of actions by webhook alone. */
export type GiteaVersion = '1.24' | '1.25' | '1.27' | '1.28';

const ZERO = '1970-01-01T00:00:00Z';

/** As Gitea describes `ActionWorkflowRun`, which its client is too old to know. */
export interface GiteaRun {
  id: number;
  url?: string;
  html_url: string;
  display_title: string;
  path: string;
  event: string;
  run_attempt: number;
  run_number: number;
  repository_id?: number;
  head_sha: string;
  head_branch?: string;
  status: string;
  conclusion?: string;
  actor?: { login: string };
  trigger_actor?: { login: string };
  repository?: Repository;
  created_at?: string;
  updated_at?: string;
  started_at: string;
  completed_at: string;
}

/** As it describes `ActionWorkflowJob`. */
export interface GiteaJob {
  id: number;
  run_id: number;
  html_url: string;
  name: string;
  run_attempt: number;
  head_sha: string;
  head_branch?: string;
  status: string;
  conclusion?: string;
  runner_name?: string;
  created_at: string;
  started_at: string;
  completed_at: string;
  steps:
    | {
        name: string;
        number: number;
        status: string;
        conclusion?: string;
        started_at: string;
        completed_at: string;
      }[]
    | null;
}

/**
 * The actions of Gitea: a failed run 17 of one failed job 170, and a run 18
 * that is running.
 */
export class GiteaActions implements FakeActions {
  readonly asked: string[] = [];
  readonly log = { text: 'Set up\nerror: it does not work\n', ranges: true };
  jobs = 1;
  /** Fewer than it says that there are. */
  jobsShown = Infinity;
  /** Attempts of run 17. */
  attempts = 1;
  runs = [18, 17];
  page = 50;

  constructor(private readonly version: GiteaVersion = '1.28') {}

  answer(
    method: string,
    path: string,
    query: URLSearchParams,
    headers: NodeJS.Dict<string | string[]>,
  ): Answer {
    if (path === '/actions/jobs/170/logs') return answerLog(this.log, headers);
    if (this.version === '1.24') return GONE;
    if (method === 'POST') return this.#do(path);
    if (path === '/actions/runs') {
      const runs = cut(this.runs, query, this.page).map(id => this.run(id));
      return json({ total_count: this.runs.length, workflow_runs: runs });
    }
    const [, id, attempt, rest] =
      /^\/actions\/runs\/(\d+)(?:\/attempts\/(\d+))?(\/jobs)?$/.exec(path) ??
      [];
    const known = this.runs.includes(Number(id));
    const tells = this.#counts() || attempt === undefined;
    if (!known || !tells || Number(attempt ?? 1) > this.attempts) return GONE;
    if (!rest) return json(this.run(Number(id), Number(attempt ?? 0)));
    const shown = Math.min(this.jobs, this.jobsShown);
    const jobs = Array.from({ length: shown }, (_, i) => 170 + i);
    return json({
      total_count: this.jobs,
      jobs: cut(jobs, query, this.page).map(each =>
        this.job(each, Number(attempt ?? this.attempts)),
      ),
    });
  }

  run(id: number, asked = 0): GiteaRun {
    const done = id !== 18;
    const attempt = asked || (id === 17 ? this.attempts : 1);
    const counts = this.#counts();
    return {
      ...{ id, run_number: id, run_attempt: counts ? attempt : 0 },
      html_url: `https://gitea.example.com/acme/ledger/actions/runs/${id}`,
      ...{ display_title: 'Fix it', event: 'push' },
      path: 'ci.yaml@refs/heads/main',
      ...{ head_sha: 'a'.repeat(40), head_branch: 'main' },
      status: done ? 'completed' : 'in_progress',
      ...(done ? { conclusion: 'failure' } : {}),
      ...{ actor: { login: 'ada' }, trigger_actor: { login: 'bob' } },
      repository: {
        ...{ id: 7, full_name: 'Acme/Ledger' },
        html_url: 'https://gitea.example.com/Acme/Ledger',
      },
      ...(counts ? { created_at: at(0), updated_at: at(5) } : {}),
      started_at: at(1),
      completed_at: done ? at(5) : ZERO,
    };
  }

  job(id: number, attempt = 1): GiteaJob {
    const done = { status: 'completed', conclusion: 'failure' };
    const times = { started_at: at(1), completed_at: at(4) };
    return {
      ...{ id, run_id: 17, run_attempt: attempt, name: `test ${id}` },
      html_url: `https://gitea.example.com/acme/ledger/actions/runs/17/jobs/${id}`,
      ...{ head_sha: 'a'.repeat(40), head_branch: 'main' },
      ...{ ...done, ...times, created_at: at(0), runner_name: 'runner-1' },
      steps: [{ number: 0, name: 'Run tests', ...done, ...times }],
    };
  }

  #do(path: string): Answer {
    const [, id, what] =
      /^\/actions\/runs\/(\d+)\/(rerun|rerun-failed-jobs|cancel)$/.exec(path) ??
      [];
    const can = what === 'cancel' ? this.version === '1.28' : this.#counts();
    if (!can || !this.runs.includes(Number(id))) return GONE;
    this.asked.push(`${what.replace('-jobs', '')} ${id}`);
    // The second of the two answers with nothing at all.
    return what === 'rerun-failed-jobs'
      ? { status: 201 }
      : json(this.run(Number(id)), what === 'cancel' ? 200 : 201);
  }

  #counts(): boolean {
    return this.version === '1.27' || this.version === '1.28';
  }
}
