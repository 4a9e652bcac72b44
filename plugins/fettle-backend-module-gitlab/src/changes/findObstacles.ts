import type { Obstacle } from 'backstage-plugin-fettle-node';
import type { Project, ProjectWriter } from './ProjectWriter';

/** As GitLab counts roles. */
const NEEDED = { issues: 15, branches: 30, changes: 30, settings: 40 };
const ROLES = { 15: 'Planner', 30: 'Developer', 40: 'Maintainer' } as const;

/** What stands in the way of writing, as far as the host says before anything is touched. */
export async function findObstacles(
  writer: ProjectWriter,
  what: keyof typeof NEEDED,
): Promise<Obstacle[]> {
  const found = await writer.project();
  const { remote } = writer.location;
  const obstacles: Obstacle[] = [];
  const add = (code: string, message: string, action: string) =>
    obstacles.push({ code, message: `${message} (${remote}).`, action });
  if (found.archived) {
    add(
      'archived',
      'The repository is archived, and takes no changes',
      'Unarchive it on its host, or take it out of the scope.',
    );
  }
  if (!(await mayDo(writer, found, NEEDED[what]))) {
    const role = ROLES[NEEDED[what] as keyof typeof ROLES];
    add(
      'no-right',
      `The credentials may not change its ${what}`,
      `Give the user of the token the role ${role}, and the token the scope api.`,
    );
  }
  if (what === 'changes' && found.merge_requests_access_level === 'disabled') {
    add(
      'no-requests',
      'The repository has no merge requests',
      'Turn merge requests on.',
    );
  }
  if (what === 'issues' && found.issues_access_level === 'disabled') {
    add('no-issues', 'The repository has no issues', 'Turn issues on.');
  }
  return obstacles;
}

/** Where the host does not say what a token may, it is let try. */
async function mayDo(
  writer: ProjectWriter,
  { permissions }: Project,
  needed: number,
): Promise<boolean> {
  if (!permissions) return true;
  const { project_access: project, group_access: group } = permissions;
  const level = Math.max(project?.access_level ?? 0, group?.access_level ?? 0);
  if (level >= needed) return true;
  // An administrator has no role, and may do all.
  return (await writer.user())?.is_admin === true;
}
