/** How an address is asked. */
export interface Credentials {
  /** Without a slash at its end. */
  baseUrl: string;
  username?: string;
  token?: string;
}

/** A registry of packages that tools may ask. */
export interface PackageRegistry extends Credentials {
  /** Registries for scopes of packages, by `@scope`. */
  scopes: ReadonlyMap<string, Credentials>;
}

export interface DependencyConfig {
  /** By the name of the kind: `npm`, `pypi`, … */
  registries: ReadonlyMap<string, PackageRegistry>;
  /** Where programs are, by their names; others are looked for in PATH. */
  tools: ReadonlyMap<string, string>;
  /** Given to tools besides what Fettle sets: proxies, certificates. */
  environment: Readonly<Record<string, string>>;
  /** Whether tools may be run that build packages to know what these depend on. */
  allowBuilds: boolean;
  timeoutMs: number;
  maxOutputBytes: number;
  /** Of the folder in which the tool works. */
  maxFolderBytes: number;
}

export interface McpServer {
  id: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  /** Those that playbooks may call. */
  tools: readonly string[];
  timeoutMs: number;
}

export interface WebhookTarget {
  id: string;
  url: string;
  secret?: string;
  headers: Readonly<Record<string, string>>;
  timeoutMs: number;
}

/** Everything that steps know from app-config. */
export interface StepsConfig {
  dependencies: DependencyConfig;
  /** Hosts whose tags actions may be pinned to, in the order in which they are asked. */
  actionHosts: readonly Credentials[];
  /** By their names in images, for example `docker.io`. */
  imageRegistries: ReadonlyMap<string, Credentials>;
  mcpServers: ReadonlyMap<string, McpServer>;
  webhooks: ReadonlyMap<string, WebhookTarget>;
}
