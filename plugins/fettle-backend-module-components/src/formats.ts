import type { Format } from './Format';
import { actions } from './formats/actions';
import { bunLock } from './formats/bunLock';
import { cargoLock } from './formats/cargoLock';
import { composerLock } from './formats/composerLock';
import { dockerfile } from './formats/dockerfile';
import { gemfileLock } from './formats/gemfileLock';
import { goMod } from './formats/goMod';
import { gradleLock } from './formats/gradleLock';
import { cargoToml, packageJson, pyproject } from './formats/manifests';
import { maven } from './formats/maven';
import { npmLock } from './formats/npmLock';
import { nugetLock, nugetProject } from './formats/nuget';
import { mixLock, packageResolved, pubspecLock } from './formats/otherLocks';
import { pipfileLock } from './formats/pipfileLock';
import { pnpmLock } from './formats/pnpmLock';
import { pythonLocks } from './formats/pythonLocks';
import { requirements } from './formats/requirements';
import { yarnLock } from './formats/yarnLock';

/** Every format that is read. */
export const FORMATS: readonly Format[] = [
  ...[npmLock, yarnLock, pnpmLock, bunLock, packageJson],
  ...[pythonLocks, pipfileLock, requirements, pyproject],
  ...[goMod, cargoLock, cargoToml, gemfileLock, composerLock],
  ...[maven, gradleLock, nugetLock, nugetProject],
  ...[pubspecLock, mixLock, packageResolved],
  ...[actions, dockerfile],
];

/** Read for what they say of lockfiles beside them. */
const HELPERS = new Set(['composer.json', 'Pipfile']);

/** What is vendored or installed is others': their lockfiles say nothing of this repository. */
const FOREIGN =
  /(?:^|\/)(?:node_modules|vendor|third_party|bower_components|\.yarn|\.pnpm|testdata)\//;

export function isWanted(path: string): boolean {
  if (FOREIGN.test(path)) return false;
  const name = path.slice(path.lastIndexOf('/') + 1);
  return (
    HELPERS.has(name) || FORMATS.some(format => format.matches(name, path))
  );
}
