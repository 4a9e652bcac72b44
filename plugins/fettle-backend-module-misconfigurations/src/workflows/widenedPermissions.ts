import type { Severity } from 'backstage-plugin-fettle-common';
import type {
  FindingReport,
  ScanProblem,
  ThreatDetector,
} from 'backstage-plugin-fettle-node';
import { isWorkflow } from '../scanners';
import { readWorkflow, type Workflow } from './Workflow';

const MOST_FILES = 200;
/** Parsed among the requests of people. */
const MOST_BYTES = 128 * 1024;

/** For each right its level; `*` stands for those that are not named. */
type Rights = Record<string, number>;
const LEVELS = ['none', 'read', 'write'];
/** Rights by which code, releases or other systems can be changed. */
const GRAVE = new Set(['*', 'contents', 'packages', 'id-token', 'actions']);
/** What a workflow may that says nothing is a setting of its repository. */
const UNSAID = { '*': 2 };

/** A workflow may do more than it might before. */
export const widenedPermissions: ThreatDetector = {
  id: 'widened-permissions',
  title: 'Widened permissions',
  version: 1,
  perCommit: true,
  async detect({ memory, tree: openTree }) {
    const tree = await openTree();
    const paths = (await tree.list())
      .filter(entry => entry.type === 'file' && isWorkflow(entry.path))
      .map(({ path }) => path);
    const read = paths.slice(0, MOST_FILES);
    const files = await tree.read(read, { maxBytes: MOST_BYTES });
    const before = readMemory(memory);
    const after = new Map<string, Rights>();
    const findings: FindingReport[] = [];
    const problems: ScanProblem[] = paths
      .slice(MOST_FILES)
      .map(path => unread(path, `more than ${MOST_FILES} workflows`));
    for (const path of paths) {
      const narrowest = before.get(path);
      // What cannot be read now is compared with the same later.
      if (narrowest) after.set(path, narrowest);
      const text = files.get(path)?.text;
      if (text === undefined) {
        if (read.includes(path))
          problems.push(unread(path, 'no text, or large'));
        continue;
      }
      try {
        const workflow = readWorkflow(text);
        if (workflow.isAction) continue;
        const rights = rightsOf(workflow);
        after.set(path, narrowest ? narrower(narrowest, rights) : rights);
        if (narrowest) findings.push(...compare(narrowest, workflow, path));
      } catch {
        problems.push(unread(path, 'no YAML that can be read'));
      }
    }
    return { memory: [...after], findings, problems };
  },
};

/** Entries of a map: a file may be called as it likes. */
function readMemory(memory: unknown): Map<string, Rights> {
  if (!Array.isArray(memory)) return new Map();
  return new Map(memory as [string, Rights][]);
}

/** What any of its jobs may. */
function rightsOf(workflow: Workflow): Rights {
  const all = workflow.jobs.map(job =>
    toRights(job.permissions ?? workflow.permissions),
  );
  return combine(all.length > 0 ? all : [{ '*': 0 }], Math.max);
}

function toRights(permissions: string | string[] | undefined): Rights {
  if (permissions === undefined) return UNSAID;
  if (typeof permissions === 'string') {
    return {
      '*': Math.max(0, LEVELS.indexOf(permissions.replace('-all', ''))),
    };
  }
  const named = permissions.map(one => {
    const [right, level] = one.split(': ');
    return [right, Math.max(0, LEVELS.indexOf(level))] as const;
  });
  return { ...Object.fromEntries(named), '*': 0 };
}

function narrower(one: Rights, other: Rights): Rights {
  return combine([one, other], Math.min);
}

function combine(
  all: readonly Rights[],
  choose: (...levels: number[]) => number,
): Rights {
  const names = [...new Set(all.flatMap(one => Object.keys(one)))].sort();
  return Object.fromEntries(
    names.map(name => [name, choose(...all.map(one => levelOf(one, name)))]),
  );
}

function levelOf(rights: Rights, name: string): number {
  return Object.hasOwn(rights, name) ? rights[name] : rights['*'];
}

function compare(
  before: Rights,
  workflow: Workflow,
  path: string,
): FindingReport[] {
  const rights = rightsOf(workflow);
  const { permissionsLine = 1, permissions, jobs } = workflow;
  const isSaid = jobs.every(
    job => (job.permissions ?? permissions) !== undefined,
  );
  const wider = (name: string) => levelOf(rights, name) > levelOf(before, name);
  const names = [...new Set([...Object.keys(rights), ...Object.keys(before)])];
  // Where it may do everything, single rights say no more.
  const told = wider('*') ? ['*'] : names.filter(wider).sort();
  return told.map(name => {
    const level = levelOf(rights, name);
    const what = name === '*' ? 'everything' : name;
    const was = LEVELS[levelOf(before, name)];
    return {
      kind: 'threat',
      rule: 'permission-widened',
      title: 'Permissions of a workflow were widened',
      severity: severityOf(name, level),
      ...{ path, line: permissionsLine },
      keys: [`permission-widened:${name}`],
      message: isSaid
        ? `It may ${LEVELS[level]} ${what}; it was '${was}' before.`
        : `Jobs say nothing of their permissions any more: they may be given ${LEVELS[level]} for ${what}, by a setting of the repository; it was '${was}' before.`,
      description:
        'What a workflow may do, any code that runs in it may do, also that of the packages and actions it uses.',
      fix: 'Take the right back, or give it to the one job that needs it; if it was meant, accept it.',
      certain: isSaid,
    };
  });
}

function severityOf(name: string, level: number): Severity {
  if (level < 2) return 'low';
  return GRAVE.has(name) ? 'high' : 'medium';
}

function unread(path: string, why: string): ScanProblem {
  return {
    path,
    message: `Its permissions were not compared: ${why}.`,
    action: 'Correct or shorten the file.',
  };
}
