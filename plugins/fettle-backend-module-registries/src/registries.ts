import { crates } from './registries/crates';
import { go } from './registries/go';
import { hex } from './registries/hex';
import { maven } from './registries/maven';
import { npm } from './registries/npm';
import { nuget } from './registries/nuget';
import { packagist } from './registries/packagist';
import { pub } from './registries/pub';
import { pypi } from './registries/pypi';
import { rubygems } from './registries/rubygems';
import type { RegistryKind } from './RegistryKind';

/** Every kind of registry that can be asked. */
export const registries: readonly RegistryKind[] = [
  ...[npm, pypi, go, maven, crates],
  ...[rubygems, packagist, nuget, pub, hex],
];
