import {
  SourceError,
  type AskOptions,
  type CallBudget,
  type PackageKey,
  type Release,
  type ReleaseSource,
} from 'backstage-plugin-fettle-node';
import { RegistryApi } from './api/RegistryApi';
import type { RegistrySettings } from './config/readRegistriesConfig';

const TIMEOUT_MS = 30_000;
const LONGEST_NAME = 500;
const LONGEST_VERSION = 256;

/** One registry as a source of releases. */
export class RegistrySource implements ReleaseSource {
  readonly id: string;
  readonly title: string;
  readonly ecosystems: readonly string[];

  constructor(
    private readonly settings: RegistrySettings,
    private readonly budget: CallBudget,
    private readonly limits: { timeoutMs?: number; maxBytes?: number } = {},
  ) {
    const { kind } = settings;
    this.id = kind.id;
    this.title = kind.title;
    this.ecosystems = [kind.ecosystem];
  }

  async releases(
    { name }: PackageKey,
    { signal }: AskOptions,
  ): Promise<Release[]> {
    const { kind, ...access } = this.settings;
    if (name.length > LONGEST_NAME || !kind.isName(name)) {
      throw new SourceError(
        'invalid',
        `${JSON.stringify(name.slice(0, 100))} is no name that ${
          kind.title
        } can have.`,
        'Nothing is to be done where the package comes from elsewhere.',
      );
    }
    const { timeoutMs = TIMEOUT_MS, maxBytes } = this.limits;
    const api = new RegistryApi({
      ...{ ...access, budget: this.budget, maxBytes },
      credentials: `fettle.registries.${kind.id}`,
      about: `the package ${name}`,
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    const found = new Map<string, Release>();
    for (const release of await kind.read(api, name)) {
      const { version } = release;
      if (version.length === 0 || version.length > LONGEST_VERSION) continue;
      if (!found.has(version)) found.set(version, release);
    }
    return [...found.values()];
  }
}
