import type { Release } from 'backstage-plugin-fettle-node';
import type { RegistryApi } from './api/RegistryApi';

/** How one kind of registry is asked. */
export interface RegistryKind {
  /** Its key in `fettle.registries`. */
  id: string;
  title: string;
  /** As OSV calls it. */
  ecosystem: string;
  /** The public one. */
  baseUrl: string;
  /** Names that it can have. What is no name is never asked for, so no name leads out of the base address. */
  isName(name: string): boolean;
  /** The header by which it knows a token. Default: `Bearer`. */
  authorization?(token: string): string;
  /** Asks for the releases of a package; a version may come more than once, the first counts. */
  read(api: RegistryApi, name: string): Promise<Release[]>;
}
