import type { Ecosystem } from './Ecosystem';
import { cargo } from './ecosystems/cargo';
import { go } from './ecosystems/go';
import { npm } from './ecosystems/npm';
import { bundler, composer, mix, nix, pub } from './ecosystems/others';
import { pipenv, python } from './ecosystems/python';

/**
 * The package managers that are judged. A requirements.txt and a .csproj are
 * not: neither has a lockfile unless it is asked for.
 */
export const ECOSYSTEMS: readonly Ecosystem[] = [
  npm,
  cargo,
  python,
  pipenv,
  go,
  bundler,
  composer,
  mix,
  pub,
  nix,
];
