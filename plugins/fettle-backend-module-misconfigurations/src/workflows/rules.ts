import { findPiped } from '../findPiped';
import type { Hit, Rule } from '../Rule';
import type { Step, Workflow } from './Workflow';

const HARDENING =
  'https://docs.github.com/en/actions/reference/security/secure-use';

/** Each step with its job. */
function steps({ jobs }: Workflow): { job: string; step: Step }[] {
  return jobs.flatMap(({ id, steps: of }) =>
    of.map(step => ({ job: id, step })),
  );
}

const unpinnedAction: Rule<Workflow> = {
  id: 'unpinned-action',
  title: 'An action is used by a name that can be moved',
  severity: 'medium',
  why: 'Whoever can move the tag or branch decides what runs in this workflow, with its rights and secrets.',
  fix: 'Name the action by the full id of a commit, with the version in a comment.',
  references: [HARDENING],
  check(workflow) {
    const used = [
      ...steps(workflow).map(({ step }) => step.uses),
      ...workflow.jobs.map(({ uses }) => uses),
    ];
    return used.flatMap(one => {
      if (!one || one.value.startsWith('./')) return [];
      const [full, ref = ''] = one.value.split('@');
      if (/^[0-9a-f]{40,64}$/.test(ref) || /^sha256:/.test(ref)) return [];
      const [, image, tag = ''] =
        /^(docker:\/\/.*?)(?::([\w.-]+))?$/.exec(full) ?? [];
      const name = image ?? full;
      const message = `${name} is used at ${ref || tag || 'no version'}.`;
      return [{ line: one.line, key: name, message }];
    });
  },
};

const FOREIGN_HEAD =
  /github\.event\.pull_request\.head\.|github\.head_ref|github\.event\.workflow_run\.head_|refs\/pull\//;

const FETCHES_FOREIGN =
  /\bgh\s+pr\s+checkout\b|\bgit\s+(?:fetch|pull|checkout|clone)\b[^\n]{0,300}(?:\bpull\/|github\.head_ref|pull_request\.head\.|workflow_run\.head_)/;

const checkoutOfForeignCode: Rule<Workflow> = {
  id: 'foreign-code-with-rights',
  title: 'Code of a pull request is checked out where secrets are',
  severity: 'critical',
  why: 'Workflows for pull_request_target and workflow_run have the rights and secrets of the repository. With the code of a pull request in place, anyone who opens one can use them.',
  fix: 'Use pull_request for what builds or tests foreign code, and keep what needs rights in a workflow that only reads its results.',
  references: [
    'https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/',
  ],
  check(workflow) {
    const trusted = ['pull_request_target', 'workflow_run'];
    if (!workflow.events.some(event => trusted.includes(event))) return [];
    return steps(workflow).flatMap(({ job, step }) => {
      if (step.run && FETCHES_FOREIGN.test(step.run.value)) {
        const message = `Job ${job} fetches a pull request in its script.`;
        return [{ line: step.run.line, key: job, message }];
      }
      const ref = step.with.get('ref');
      const repository = step.with.get('repository');
      const found = [ref, repository].find(
        one => one && FOREIGN_HEAD.test(one.value),
      );
      if (!step.uses?.value.startsWith('actions/checkout') || !found) return [];
      const message = `Job ${job} checks out ${found.value}.`;
      return [{ line: found.line, key: job, message }];
    });
  },
};

/** What anyone can write who may open an issue, a pull request or a discussion. */
const FOREIGN_TEXT =
  /\b(github\.(?:head_ref|event\.(?:issue|discussion)\.(?:title|body)|event\.pull_request\.(?:title|body|head\.(?:ref|label|repo\.default_branch))|event\.(?:comment|review|review_comment)\.body|event\.pages[^}]*\.page_name|event\.(?:head_commit|commits[^}]*)\.(?:message|author\.(?:name|email))|event\.workflow_run\.(?:head_branch|head_commit\.message|display_title)))\b/g;
const EXPRESSION = /\$\{\{([^]{0,1000}?)\}\}/g;

const scriptInjection: Rule<Workflow> = {
  id: 'script-injection',
  title: 'Text that anyone can write becomes part of a script',
  severity: 'high',
  why: 'The expression is replaced before the script runs: a title such as `"; curl …` is then a command with the rights of the job.',
  fix: 'Put the value into `env` and use the variable, in quotes, in the script.',
  references: [HARDENING],
  check(workflow) {
    return steps(workflow).flatMap(({ job, step }) => {
      const script = step.uses?.value.startsWith('actions/github-script')
        ? step.with.get('script')
        : undefined;
      return [step.run, script].flatMap(one => {
        const used = [...(one?.value ?? '').matchAll(EXPRESSION)].flatMap(
          ([, expression]) =>
            [...expression.matchAll(FOREIGN_TEXT)].map(([what]) => what),
        );
        return [...new Set(used)].map(what => ({
          line: one!.line,
          key: `${job}:${step.name}:${what}`,
          message: `Step ${step.name} of job ${job} uses ${what} in its script.`,
        }));
      });
    });
  },
};

const missingPermissions: Rule<Workflow> = {
  id: 'missing-permissions',
  title: 'A workflow does not say which rights it needs',
  severity: 'low',
  why: 'Its token then has whatever the repository or organization gives by default, which may be the right to write everything.',
  fix: 'Add `permissions: { contents: read }`, and single rights to the jobs that need more.',
  references: [HARDENING],
  check({ isAction, permissions, jobs }) {
    if (isAction || permissions !== undefined) return [];
    return jobs
      .filter(job => job.permissions === undefined)
      .map(({ id, line }) => ({
        ...{ line, key: id, message: `Job ${id} takes the default rights.` },
      }));
  },
};

/** Those that can be written. What is newer than this list is not needed for "everything". */
const RIGHTS = [
  ...['actions', 'attestations', 'checks', 'contents', 'deployments'],
  ...['discussions', 'id-token', 'issues', 'packages', 'pages'],
  ...['pull-requests', 'security-events', 'statuses'],
];

/** `write-all`, or the same in single rights. */
function mayWriteAll(permissions: string | string[] | undefined): boolean {
  return Array.isArray(permissions)
    ? RIGHTS.every(right => permissions.includes(`${right}: write`))
    : permissions === 'write-all';
}

const widePermissions: Rule<Workflow> = {
  id: 'wide-permissions',
  title: 'A workflow may write everything',
  severity: 'high',
  why: 'Whatever goes wrong in one of its steps can change code, releases and settings.',
  fix: 'Name the rights that each job needs.',
  references: [HARDENING],
  check({ permissions, permissionsLine = 1, jobs }) {
    const hits: Hit[] = [];
    if (mayWriteAll(permissions)) {
      const message = 'Every job may write everything.';
      hits.push({ line: permissionsLine, key: 'workflow', message });
    }
    for (const job of jobs) {
      if (!mayWriteAll(job.permissions)) continue;
      const message = `Job ${job.id} may write everything.`;
      hits.push({ line: job.line, key: job.id, message });
    }
    return hits;
  },
};

const selfHosted: Rule<Workflow> = {
  id: 'self-hosted-runner',
  title: 'A job runs on a machine of your own',
  severity: 'medium',
  why: 'In a public repository anyone who opens a pull request can run code on it, and what stays on it meets the next job. Whether the repository is public is not known here.',
  fix: 'Use hosted runners for public repositories, or runners that are made anew for each job.',
  references: [HARDENING],
  check: ({ jobs }) =>
    jobs
      .filter(({ runsOn }) => runsOn.includes('self-hosted'))
      .map(({ id, line }) => ({
        ...{ line, key: id, certain: false },
        message: `Job ${id} runs on ${'self-hosted'} runners.`,
      })),
};

const pipedInstaller: Rule<Workflow> = {
  id: 'piped-installer',
  title: 'A script from the network is run unseen',
  severity: 'medium',
  why: 'Whoever controls the address, or the way to it, decides what runs with the rights of the job.',
  fix: 'Download a fixed version, check its hash, then run it; or use a pinned action.',
  references: [],
  check(workflow) {
    return steps(workflow).flatMap(({ job, step }) => {
      const piped = findPiped(step.run?.value ?? '');
      if (!step.run || !piped) return [];
      const message = `Step ${step.name} of job ${job} has what ${piped.host} gives run by ${piped.interpreter}.`;
      return [{ line: step.run.line, key: `${job}:${step.name}`, message }];
    });
  },
};

const unsecureCommands: Rule<Workflow> = {
  id: 'unsecure-commands',
  title: 'Commands that were switched off for being unsafe are switched on',
  severity: 'high',
  why: 'With them, text that a step prints can change the environment of the steps after it.',
  fix: 'Remove ACTIONS_ALLOW_UNSECURE_COMMANDS, and write to $GITHUB_ENV and $GITHUB_PATH.',
  references: [],
  check({ env }) {
    const found = env.get('ACTIONS_ALLOW_UNSECURE_COMMANDS');
    if (!found || found.value.toLowerCase() === 'false') return [];
    const message = 'ACTIONS_ALLOW_UNSECURE_COMMANDS is set.';
    return [{ line: found.line, key: 'env', message }];
  },
};

const inheritedSecrets: Rule<Workflow> = {
  id: 'inherited-secrets',
  title: 'A workflow of another repository is given every secret',
  severity: 'medium',
  why: 'Whoever can change that workflow can read all secrets that this one may use. Whether its repository is of the same owner is not known here.',
  fix: 'Name the secrets that it needs in place of `inherit`.',
  references: [
    'https://docs.github.com/en/actions/how-tos/reuse-automations/reuse-workflows#passing-inputs-and-secrets-to-a-reusable-workflow',
  ],
  check: ({ jobs }) =>
    jobs.flatMap(({ id, uses, secrets }) => {
      if (!uses || uses.value.startsWith('./')) return [];
      if (secrets?.value !== 'inherit') return [];
      const [name] = uses.value.split('@');
      const message = `Job ${id} gives every secret to ${name}.`;
      const key = `${id}:${name}`;
      return [{ line: secrets.line, key, message, certain: false }];
    }),
};

/** Every rule for workflows. */
export const WORKFLOW_RULES: readonly Rule<Workflow>[] = [
  ...[unpinnedAction, checkoutOfForeignCode, scriptInjection],
  ...[missingPermissions, widePermissions, selfHosted],
  ...[pipedInstaller, unsecureCommands, inheritedSecrets],
];
