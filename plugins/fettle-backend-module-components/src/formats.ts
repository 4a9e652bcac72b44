import type { Format } from './Format';
import { actions } from './formats/actions';
import { bunLock } from './formats/bunLock';
import { cargoLock } from './formats/cargoLock';
import { cargoToml } from './formats/cargoToml';
import { composerJson } from './formats/composerJson';
import { composerLock } from './formats/composerLock';
import { dockerfile } from './formats/dockerfile';
import { gemfileLock } from './formats/gemfileLock';
import { goMod } from './formats/goMod';
import { gradleLock } from './formats/gradleLock';
import { maven } from './formats/maven';
import { mixLock } from './formats/mixLock';
import { npmLock } from './formats/npmLock';
import { nugetLock } from './formats/nugetLock';
import { nugetProject } from './formats/nugetProject';
import { packageJson } from './formats/packageJson';
import { packageResolved } from './formats/packageResolved';
import { pipfileLock } from './formats/pipfileLock';
import { pnpmLock } from './formats/pnpmLock';
import { pubspecLock } from './formats/pubspecLock';
import { pyproject } from './formats/pyproject';
import { pythonLocks } from './formats/pythonLocks';
import { requirements } from './formats/requirements';
import { yarnLock } from './formats/yarnLock';

/** Every format that is read. */
export const FORMATS: readonly Format[] = [
  ...[npmLock, yarnLock, pnpmLock, bunLock, packageJson],
  ...[pythonLocks, pipfileLock, requirements, pyproject],
  ...[goMod, cargoLock, cargoToml, gemfileLock, composerLock, composerJson],
  ...[maven, gradleLock, nugetLock, nugetProject],
  ...[pubspecLock, mixLock, packageResolved],
  ...[actions, dockerfile],
];

/** Read for what they say of other files. */
const HELPERS = new Set(['Pipfile', 'Directory.Packages.props']);

/** What is vendored or installed is others': their lockfiles say nothing of this repository. */
const FOREIGN =
  /(?:^|\/)(?:node_modules|vendor|third_party|bower_components|\.yarn|\.pnpm|testdata)\//;

/** Whether some format reads a file. */
export function isWanted(path: string): boolean {
  if (FOREIGN.test(path)) return false;
  const name = path.slice(path.lastIndexOf('/') + 1);
  return (
    HELPERS.has(name) || FORMATS.some(format => format.matches(name, path))
  );
}
