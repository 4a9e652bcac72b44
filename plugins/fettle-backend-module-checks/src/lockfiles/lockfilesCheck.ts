import { createCheck, type CheckResult } from 'backstage-plugin-fettle-node';
import { z } from 'zod';
import { globsSchema, matcher } from '../paths/globs';
import { mayHide } from '../paths/listed';
import { counted } from '../text/counted';
import { firstOf } from '../text/firstOf';
import { DEFAULT_IGNORE } from './ignored';
import { lockfilesFact } from './lockfilesFact';

/** A lockfile for every manifest with dependencies. */
export const lockfilesCheck = createCheck({
  id: 'lockfiles',
  title: 'Lockfiles committed',
  group: 'Hygiene',
  why: 'Without a lockfile two builds of one commit can differ, and nobody can say which versions run.',
  fix: 'Install once with the package manager and commit the lockfile that it writes beside the manifest, or at the root of the workspace.',
  appliesTo: 'Folders with package manifests that declare dependencies',
  // A workspace's lockfile lies above its members.
  scope: 'path',
  weight: 2,
  facts: { lockfiles: lockfilesFact },
  parameters: z.strictObject({
    /** Manifests and lockfiles that are not judged. */
    ignore: globsSchema.default(DEFAULT_IGNORE),
    /** What a library without a lockfile is worth: its users never see the lockfile, and package managers differ in their advice. */
    libraries: z.enum(['ignore', 'warn', 'fail']).default('warn'),
  }),
  evaluate({ facts: { lockfiles: fact }, parameters }): CheckResult {
    const ignored = matcher(parameters.ignore);
    const locked = fact.locked.items.filter(
      ({ lockfile }) => !ignored(lockfile),
    );
    const unlocked = fact.unlocked.items.filter(({ path }) => !ignored(path));
    const unread = fact.unread.items.filter(({ path }) => !ignored(path));
    const applications = unlocked.filter(u => u.need === 'application');
    const libraries =
      parameters.libraries === 'ignore'
        ? []
        : unlocked.filter(u => u.need === 'library');
    const missing = [...applications, ...libraries];
    const evidence = [
      ...missing.map(({ path, ecosystem, need, members }) => ({
        path,
        message: `${ecosystem} ${need}${
          members > 0 ? ` with ${counted(members, 'member')}` : ''
        } without a lockfile.`,
      })),
      ...unread,
    ];
    const manifests = locked.reduce((sum, { manifests: n }) => sum + n, 0);
    if (missing.length > 0) {
      const hard = applications.length > 0 || parameters.libraries === 'fail';
      const what =
        applications.length > 0
          ? counted(missing.length, 'manifest')
          : `${counted(libraries.length, 'library', 'libraries')}`;
      return {
        status: hard ? 'fail' : 'warn',
        message: `${what} without a lockfile: ${firstOf(
          missing.map(m => m.path),
        )}.`,
        evidence,
      };
    }
    const cut = [fact.unlocked, fact.unread].some(list =>
      mayHide(list, parameters.ignore, DEFAULT_IGNORE),
    );
    if (unread.length > 0 || cut) {
      return {
        status: 'unknown',
        message:
          unread.length > 0
            ? `${counted(
                unread.length,
                'manifest',
              )} could not be judged: ${firstOf(unread.map(u => u.path))}.`
            : 'There are more manifests without a lockfile than Fettle lists.',
        evidence,
      };
    }
    if (manifests === 0) {
      return {
        status: 'not-applicable',
        message: 'No package manifest declares dependencies.',
      };
    }
    return {
      status: 'pass',
      message: `${counted(manifests, 'manifest')} with ${counted(
        locked.length,
        'lockfile',
      )}: ${firstOf(locked.map(l => l.lockfile))}.`,
      evidence: locked.map(l => ({
        path: l.lockfile,
        message: `Holds for ${counted(l.manifests, 'manifest')}.`,
      })),
    };
  },
});
