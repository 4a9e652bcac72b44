import type { Obstacle } from 'backstage-plugin-fettle-node';
import type { Project } from '../EcosystemTool';
import { foreignRequests, type Manifest } from './Manifest';
import { foreignAddresses } from './registrySettings';

/** What stands in the way of letting a package manager look at these files. */
export function javascriptObstacles(
  project: Project,
  manifests: readonly Manifest[],
  lock: { path: string; text: string },
): Obstacle[] {
  const { config, remote } = project;
  const obstacles: Obstacle[] = [];
  if (!config.registries.has('npm')) {
    obstacles.push({
      code: 'registry-missing',
      message: `Fettle may ask no registry about the packages of ${remote}.`,
      action: 'Enable `fettle.steps.updateDependency.registries.npm`.',
    });
  }
  const foreign = foreignRequests(manifests);
  if (foreign.length > 0) {
    obstacles.push({
      code: 'not-supported',
      message: `${remote} asks for packages that are in no registry: ${list(
        foreign,
      )}.`,
      action: 'Update it by hand: fetching them might execute code.',
    });
  }
  if (/^(<{7}|={7}|>{7})( |$)/m.test(lock.text)) {
    obstacles.push({
      code: 'conflict',
      message: `${lock.path} of ${remote} has the marks of a merge that was not finished.`,
      action: 'Finish the merge.',
    });
  }
  const addresses = foreignAddresses(lock.text, config);
  if (addresses.length > 0) {
    obstacles.push({
      code: 'registry-unknown',
      message: `${lock.path} of ${remote} has packages from ${list(
        addresses,
      )}.`,
      action:
        'Add it to `fettle.steps.updateDependency.registries.npm`, as base address or for a scope.',
    });
  }
  return obstacles;
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ').slice(0, 300);
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
