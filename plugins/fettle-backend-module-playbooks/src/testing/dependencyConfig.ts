import type { DependencyConfig } from '../config/StepsConfig';

/** The config of updates, with a registry where there is one. */
export function dependencyConfig(
  registries: Readonly<Record<string, string>>,
  given: Partial<DependencyConfig> = {},
): DependencyConfig {
  return {
    registries: new Map(
      Object.entries(registries).map(([id, baseUrl]) => [
        id,
        { baseUrl, scopes: new Map() },
      ]),
    ),
    ...{ tools: new Map(), environment: {}, allowBuilds: false },
    ...{ timeoutMs: 60_000, maxOutputBytes: 1024 * 1024 },
    maxFolderBytes: 256 * 1024 * 1024,
    ...given,
  };
}
